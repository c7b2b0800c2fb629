#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/localized.h"
#include "core/base/progress.h"
#include "core/plan/plan.h"

namespace zonewright::plan::source {

struct ExportOptions {
    std::string layer;
    std::filesystem::path file;  ///< its extension names the format
    std::string crs;             ///< empty: the plan's, or WGS 84 where the format's standard asks for it
    bool overwrite = false;
};

struct ExportResult {
    std::string format;  ///< GDAL's short driver name
    std::string crs;
    std::int64_t features = 0;
    std::vector<Localized> warnings;  ///< what the format could not hold as it is
};

/// Writes one layer of a plan into a file of its own: .gpkg .geojson .geojsonl .fgb .shp (UTF-8 with .cpg) .kml .kmz .dxf
/// .csv (UTF-8 with byte order mark) .xlsx. Every column and the feature ids go along where the format has room for them;
/// tables get coordinates as X and Y, or as WKT. GeoJSON is in WGS 84 (RFC 7946, section 4) unless `crs` names another,
/// which then stands in the file's `crs` member and reads back without loss on the plan's grid.
///
/// Errors: UnknownLayer; BadArgument for an unknown extension or a CRS the format cannot be in; SourceCrs; FileExists without `overwrite`; FileUnwritable;
/// DiskFull; Cancelled.
/// Guarantees: the file appears whole or not at all.
[[nodiscard]] Result<ExportResult> exportLayer(const Plan& plan, const ExportOptions& options, Progress& progress);

}  // namespace zonewright::plan::source
