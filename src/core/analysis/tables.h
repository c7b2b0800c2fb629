#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/localized.h"

/// Tables of results and the files they are handed on in; shared by all modules.
namespace zonewright::analysis {

/// A dot before cells that say a word.
struct CellMark {
    std::string text;  ///< of the cell; the Chinese one
    std::string colour;
};

struct Column {
    std::string id;  ///< key in JSON, column name in the plan
    Localized title;
    std::string unit;   ///< shown behind the title: "m2", "ha", "%"; empty for none
    int decimals = 2;   ///< of real numbers, for people; JSON and the plan keep them whole
    Localized formula;  ///< numerator, denominator and area method, for the note beside a ratio; may be empty
    std::string field{};  ///< of the table's source that the cells say; empty for what was worked out
    double scale = 1;     ///< a cell is this times the field's value
    std::vector<CellMark> marks{};
};

using Cell = std::variant<std::monostate, std::int64_t, double, std::string, Localized>;

/// A layer of the plan that some columns of a table come from, so that their cells may be changed there.
struct TableSource {
    std::string layer;
    std::vector<std::pair<std::string, std::string>> fixed;  ///< fields with the same value in every row
    std::string keyField;   ///< together with `fixed` it tells the rows of the layer apart
    std::string keyColumn;  ///< id of the column whose cells are the values of `keyField`
};

struct Table {
    std::string id;
    Localized title;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< each as long as `columns`
    std::vector<Localized> notes;         ///< below the table: definitions, methods, residuals
    bool sheetOnly = false;               ///< how a column of another table came about: a sheet of the workbook, no CSV of its own
    std::optional<TableSource> source{};  ///< of the columns that name a field
};

/// A table whose rows are made as they are written, where there may be too many to hold. `row` is called from several
/// threads at once.
struct LongTable {
    Table head;  ///< without rows
    std::size_t count = 0;
    std::function<std::vector<Cell>(std::size_t)> row;

    [[nodiscard]] Table whole() const;
};

/// "0.1234" with the column's decimals, text in the language, empty for no value.
[[nodiscard]] std::string cellText(const Cell& cell, const Column& column, Language language);
/// "总面积 (ha)".
[[nodiscard]] std::string heading(const Column& column, Language language);

/// Aligned for a terminal; wide characters count as two.
[[nodiscard]] std::string toText(const Table& table, Language language);
/// [{column id: value}, ...]; localized texts as {zh, en}.
[[nodiscard]] nlohmann::ordered_json toJson(const Table& table);

/// A CSV holds one table, a picture one chart: what comes with it stands beside it as NAME-WORD of the same kind.
[[nodiscard]] std::filesystem::path besideFile(const std::filesystem::path& file, const std::string& word);

/// UTF-8 with byte-order mark, so that spreadsheet programs read Chinese; RFC 4180. Numbers are written
/// whole. Errors: FileExists without `overwrite`, FileUnwritable.
struct FileOptions {
    Language language = Language::Chinese;
    bool overwrite = false;
};
[[nodiscard]] Result<void> writeCsv(const Table& table, const std::filesystem::path& file,
                                    const FileOptions& options);
[[nodiscard]] Result<void> writeCsv(const LongTable& table, const std::filesystem::path& file, const FileOptions& options);

/// One sheet a table with a frozen heading row, number formats, and notes and formulas below. The same tables
/// give the same bytes. Errors: FileExists without `overwrite`, FileUnwritable.
[[nodiscard]] Result<void> writeXlsx(std::span<const Table> tables, const std::filesystem::path& file,
                                     const FileOptions& options);

}  // namespace zonewright::analysis
