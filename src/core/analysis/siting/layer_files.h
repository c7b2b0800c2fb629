#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "core/analysis/siting/findings.h"
#include "core/analysis/tables.h"
#include "core/geometry/crs.h"

namespace zonewright::analysis::siting {

/// The report as a file, by its suffix:
/// - .csv: the findings, and NAME-checked.csv, in which clear and unchecked rules stand too, so that silence is never taken
///   for a pass
/// - .xlsx: a sheet of findings, one of all that was checked, one of the rules
/// - .gpkg: the layer "siting_findings" with the geometry of the conflicts and the table "siting_checked"
/// - .geojson: that layer, with coordinates in the plan's CRS (named in the file, as GDAL and QGIS read it), and
///   NAME-checked.csv
/// A layer that exists is replaced, by a complete one only. Errors: FileExists for tables without `overwrite`,
/// FileUnwritable with GDAL's reason.
[[nodiscard]] Result<void> writeReportFile(const Report& report, const Crs& crs, const std::filesystem::path& file, const FileOptions& options);

/// Any table with a geometry a row, as a layer named by the table's id: .gpkg or .geojson. Requires: geometries aligned with
/// the rows; without them it becomes a table.
struct TableLayer {
    const Table& table;
    std::optional<std::span<const Geometry>> geometries;
};
[[nodiscard]] Result<void> writeLayerFile(const TableLayer& layer, const Crs& crs, const std::filesystem::path& file);

}  // namespace zonewright::analysis::siting
