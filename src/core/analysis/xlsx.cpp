#include <fmt/format.h>
#include <xlsxwriter.h>

#include <set>

#include "core/analysis/tables.h"

namespace zonewright::analysis {
namespace {

/// Excel allows 31 characters in a sheet's name and none of []:*?/\ ; names must differ.
std::string sheetName(const std::string& title, std::set<std::string>& taken) {
    std::string name;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < title.size() && characters < 27; ++characters) {
        const auto lead = static_cast<unsigned char>(title[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const std::string character = title.substr(i, length);
        name += character.find_first_of("[]:*?/\\'") == std::string::npos ? character : "-";
        i += length;
    }
    std::string unique = name;
    for (int n = 2; !taken.insert(unique).second; ++n) unique = fmt::format("{} {}", name, n);
    return unique;
}

struct Formats {
    lxw_workbook* book = nullptr;
    lxw_format* heading = nullptr;
    lxw_format* title = nullptr;
    lxw_format* note = nullptr;
    std::map<int, lxw_format*> numbers;  ///< by decimals

    lxw_format* number(int decimals) {
        lxw_format*& format = numbers[decimals];
        if (format == nullptr) {
            format = workbook_add_format(book);
            format_set_num_format(
                format, decimals == 0
                            ? "#,##0"
                            : ("#,##0." + std::string(static_cast<std::size_t>(decimals), '0')).c_str());
        }
        return format;
    }
};

Formats formatsOf(lxw_workbook* book) {
    Formats f;
    f.book = book;
    f.title = workbook_add_format(book);
    format_set_bold(f.title);
    format_set_font_size(f.title, 14);
    f.heading = workbook_add_format(book);
    format_set_bold(f.heading);
    format_set_text_wrap(f.heading);
    format_set_bottom(f.heading, LXW_BORDER_THIN);
    format_set_align(f.heading, LXW_ALIGN_VERTICAL_CENTER);
    f.note = workbook_add_format(book);
    format_set_italic(f.note);
    format_set_font_color(f.note, 0x606060);
    return f;
}

void writeCell(lxw_worksheet* sheet, std::pair<lxw_row_t, lxw_col_t> at, const Cell& cell, lxw_format* number,
               Language language) {
    if (const auto* d = std::get_if<double>(&cell)) {
        if (std::isfinite(*d)) worksheet_write_number(sheet, at.first, at.second, *d, number);
    } else if (const auto* i = std::get_if<std::int64_t>(&cell)) {
        worksheet_write_number(sheet, at.first, at.second, static_cast<double>(*i), nullptr);
    } else if (const auto* s = std::get_if<std::string>(&cell)) {
        worksheet_write_string(sheet, at.first, at.second, s->c_str(), nullptr);
    } else if (const auto* l = std::get_if<Localized>(&cell)) {
        worksheet_write_string(sheet, at.first, at.second, l->in(language).c_str(), nullptr);
    }
}

void writeSheet(lxw_worksheet* sheet, const Table& table, Formats& formats, Language language) {
    lxw_row_t row = 0;
    worksheet_write_string(sheet, row, 0, table.title.in(language).c_str(), formats.title);
    row += 2;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i),
                               heading(table.columns[i], language).c_str(), formats.heading);
    }
    worksheet_freeze_panes(sheet, row + 1, 1);
    worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(std::max<std::size_t>(table.columns.size(), 1) - 1),
                         15, nullptr);
    ++row;
    for (const auto& cells : table.rows) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            writeCell(sheet, {row, static_cast<lxw_col_t>(i)}, cells[i],
                      formats.number(table.columns[i].decimals), language);
        }
        ++row;
    }
    ++row;
    for (const Column& column : table.columns) {
        const std::string& formula = column.formula.in(language);
        if (formula.empty()) continue;
        worksheet_write_string(sheet, row++, 0,
                               fmt::format("{} = {}", column.title.in(language), formula).c_str(),
                               formats.note);
    }
    for (const Localized& note : table.notes)
        worksheet_write_string(sheet, row++, 0, note.in(language).c_str(), formats.note);
}

}  // namespace

Result<void> writeXlsx(std::span<const Table> tables, const std::filesystem::path& file,
                       const FileOptions& options) {
    std::error_code none;
    if (!options.overwrite && std::filesystem::exists(file, none))
        return failure(ErrorCode::FileExists, "", file.string());
    lxw_workbook* book = workbook_new(file.c_str());
    if (book == nullptr) return failure(ErrorCode::FileUnwritable, "", file.string());
    // A fixed date of creation: the same result is the same file.
    lxw_doc_properties properties{};
    properties.created = 946684800;  // 2000-01-01T00:00:00Z
    workbook_set_properties(book, &properties);
    Formats formats = formatsOf(book);
    std::set<std::string> taken;
    for (const Table& table : tables) {
        lxw_worksheet* sheet =
            workbook_add_worksheet(book, sheetName(table.title.in(options.language), taken).c_str());
        if (sheet == nullptr) {
            workbook_close(book);
            return failure(ErrorCode::FileUnwritable, "too many or unusable sheets", file.string());
        }
        writeSheet(sheet, table, formats, options.language);
    }
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR) {
        return failure(ErrorCode::FileUnwritable, lxw_strerror(error), file.string());
    }
    return {};
}

}  // namespace zonewright::analysis
