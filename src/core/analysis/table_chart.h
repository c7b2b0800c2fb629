#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/chart.h"
#include "core/analysis/tables.h"

/// Any table of a result as bars, one measure at a time, and which rows are about what.
namespace zonewright::analysis {

[[nodiscard]] std::optional<double> numberOf(const Cell& cell);

/// What a row is about: its name, or the first column of texts.
[[nodiscard]] std::size_t labelColumn(const Table& table);
/// All texts of a row in both languages, its label first: one of them is a value of the feature that it is about.
[[nodiscard]] std::vector<std::string> textsOf(const Table& table, std::size_t row);
/// The first row that has one of these texts.
[[nodiscard]] std::optional<std::size_t> rowAbout(const Table& table, const std::vector<std::string>& texts);

/// Columns with numbers in them.
[[nodiscard]] std::vector<std::size_t> measuresOf(const Table& table);
/// The one to show first: the first ratio (share, density, "per ..."), or the first real number; nothing without measures.
[[nodiscard]] std::optional<std::size_t> usualMeasure(const Table& table);

struct TableBars {
    BarChart chart;
    std::vector<std::size_t> rows;  ///< aligned with the bars
};
/// The measure of every named row, in their order, `most` at the most; rows without a name are sums, which would dwarf what
/// they sum. Rows about the same thing are told apart by what stands in the next columns. Notes are the column's formula
/// and the table's notes.
[[nodiscard]] TableBars barsOf(const Table& table, std::size_t measure, std::size_t most = 40);

}  // namespace zonewright::analysis
