#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/analysis/tables.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/plan.h"

namespace zonewright::desktop {

/// A cell of a result's table that is to say something else.
struct SourceCell {
    std::size_t row = 0;
    std::size_t column = 0;
    std::string text;  ///< as the table shows it, in the column's unit; empty for no value
};

/// Whether what a cell says stands in a layer of the plan, and may be changed there.
[[nodiscard]] bool hasSource(const analysis::Table& table, std::size_t column);

/// What the cells that come from a layer say by now, by row and column of the table.
using SourceCells = std::map<std::pair<std::size_t, std::size_t>, analysis::Cell>;
[[nodiscard]] Result<SourceCells> sourceCells(const plan::Plan& plan, const analysis::Table& table);

/// Writes the cell where it stands in the plan, in one change-set: into the row of the table's source that is about the same
/// as the table's row, which is made when there is none.
///
/// Returns: the change-set. Errors: BadArgument for a value that the field does not take; UnknownLayer; PlanReadOnly.
/// Requires: `hasSource(table, cell.column)`.
[[nodiscard]] Result<std::int64_t> writeSourceCell(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const analysis::Table& table, const SourceCell& cell);

}  // namespace zonewright::desktop
