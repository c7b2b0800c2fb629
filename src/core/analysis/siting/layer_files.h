#pragma once

#include <filesystem>

#include "core/analysis/siting/findings.h"
#include "core/geometry/crs.h"

namespace zonewright::analysis::siting {

/// The findings with their conflict geometry as a layer "siting_findings": .gpkg, or .geojson with coordinates in the
/// plan's CRS (named in the file, as GDAL and QGIS read it). An existing file is replaced, by a complete one only.
/// Errors: FileUnwritable with GDAL's reason.
[[nodiscard]] Result<void> writeLayerFile(const Report& report, const Crs& crs, const std::filesystem::path& file);

}  // namespace zonewright::analysis::siting
