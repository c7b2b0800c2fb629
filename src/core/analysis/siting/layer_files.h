#pragma once

#include <filesystem>
#include <span>

#include "core/analysis/siting/findings.h"
#include "core/analysis/tables.h"
#include "core/geometry/crs.h"

namespace zonewright::analysis::siting {

/// The findings with their conflict geometry as a layer "siting_findings": .gpkg, or .geojson with coordinates in the
/// plan's CRS (named in the file, as GDAL and QGIS read it); a .gpkg has the table "siting_checked" beside it, in which
/// clear and unchecked rules stand too. An existing file is replaced, by a complete one only.
/// Errors: FileUnwritable with GDAL's reason.
[[nodiscard]] Result<void> writeLayerFile(const Report& report, const Crs& crs, const std::filesystem::path& file);

/// Any table with a geometry a row, as a layer named by the table's id. Requires: geometries aligned with the rows.
struct TableLayer {
    const Table& table;
    std::span<const Geometry> geometries;
};
[[nodiscard]] Result<void> writeLayerFile(const TableLayer& layer, const Crs& crs, const std::filesystem::path& file);

}  // namespace zonewright::analysis::siting
