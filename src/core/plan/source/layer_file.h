#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/plan/features.h"

namespace zonewright::plan::source {

/// A layer that lies in no plan: its description and its rows, values aligned with `layer.fields`.
struct LayerRows {
    const catalogue::Layer* layer = nullptr;
    const std::vector<Feature>* features = nullptr;
};

struct LayerFileOptions {
    std::string crs;  ///< code or WKT of the coordinates
    bool overwrite = false;
};

/// Writes layers and tables into a GeoPackage of their own, without history or anything else of a plan.
///
/// Errors: FileExists without `overwrite`, FileUnwritable, DiskFull, SourceCrs.
/// Guarantees: the file appears whole or not at all.
[[nodiscard]] Result<void> writeGeoPackage(const std::filesystem::path& file, const std::vector<LayerRows>& layers,
                                           const LayerFileOptions& options);

}  // namespace zonewright::plan::source
