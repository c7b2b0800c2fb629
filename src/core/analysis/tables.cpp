#include "core/analysis/tables.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

namespace zonewright::analysis {
namespace {

/// Columns a terminal gives the text: 2 for the wide blocks of East Asian Width (UAX #11), 1 otherwise.
std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t c = lead < 0x80 ? lead : lead & (0xFF >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
        const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                          (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                          (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                          (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
        width += wide ? 2 : 1;
        i += length;
    }
    return width;
}

bool isNumber(const Cell& cell) {
    return std::holds_alternative<double>(cell) || std::holds_alternative<std::int64_t>(cell);
}

std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') out += c;
    }
    return out + "\"";
}

/// The whole number, shortest form that reads back the same.
std::string wholeText(const Cell& cell, Language language) {
    if (const auto* d = std::get_if<double>(&cell))
        return std::isfinite(*d) ? fmt::format("{}", *d) : std::string();
    if (const auto* i = std::get_if<std::int64_t>(&cell)) return std::to_string(*i);
    if (const auto* s = std::get_if<std::string>(&cell)) return *s;
    if (const auto* l = std::get_if<Localized>(&cell)) return l->in(language);
    return {};
}

}  // namespace

std::string cellText(const Cell& cell, const Column& column, Language language) {
    if (const auto* d = std::get_if<double>(&cell)) {
        if (!std::isfinite(*d)) return "-";
        std::string text = fmt::format("{:.{}f}", *d, column.decimals);
        if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);
        return text;
    }
    return wholeText(cell, language);
}

std::string heading(const Column& column, Language language) {
    if (column.unit.empty()) return column.title.in(language);
    return fmt::format("{} ({})", column.title.in(language), column.unit);
}

std::string toText(const Table& table, Language language) {
    std::vector<std::size_t> widths;
    for (const Column& column : table.columns) widths.push_back(displayWidth(heading(column, language)));
    std::vector<std::vector<std::string>> texts;
    for (const auto& row : table.rows) {
        std::vector<std::string>& out = texts.emplace_back();
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            out.push_back(cellText(row[i], table.columns[i], language));
            widths[i] = std::max(widths[i], displayWidth(out.back()));
        }
    }
    std::string all = table.title.in(language) + "\n";
    const auto padded = [&](const std::string& text, std::size_t column, bool right) {
        const std::string blanks(widths[column] - displayWidth(text), ' ');
        all += (column == 0 ? "" : "  ") +
               (right ? blanks + text : text + (column + 1 == widths.size() ? "" : blanks));
    };
    const auto rightAligned = [&](std::size_t column) {
        return std::any_of(table.rows.begin(), table.rows.end(),
                           [&](const auto& row) { return isNumber(row[column]); });
    };
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        padded(heading(table.columns[i], language), i, rightAligned(i));
    all += "\n";
    for (std::size_t r = 0; r < texts.size(); ++r) {
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            padded(texts[r][i], i, isNumber(table.rows[r][i]));
        all += "\n";
    }
    for (const Localized& note : table.notes) all += note.in(language) + "\n";
    return all;
}

nlohmann::ordered_json toJson(const Table& table) {
    auto out = nlohmann::ordered_json::array();
    for (const auto& row : table.rows) {
        auto& object = out.emplace_back(nlohmann::ordered_json::object());
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            auto& value = object[table.columns[i].id];
            if (const auto* d = std::get_if<double>(&row[i]))
                value = std::isfinite(*d) ? nlohmann::ordered_json(*d) : nullptr;
            else if (const auto* n = std::get_if<std::int64_t>(&row[i]))
                value = *n;
            else if (const auto* s = std::get_if<std::string>(&row[i]))
                value = *s;
            else if (const auto* l = std::get_if<Localized>(&row[i]))
                value = {{"zh", l->zh}, {"en", l->en}};
        }
    }
    return out;
}

std::filesystem::path besideFile(const std::filesystem::path& file, const std::string& word) {
    return std::filesystem::path(file).replace_filename(file.stem().string() + "-" + word + file.extension().string());
}

Table LongTable::whole() const {
    Table table = head;
    table.rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) table.rows.push_back(row(i));
    return table;
}

Result<void> writeCsv(const Table& table, const std::filesystem::path& file, const FileOptions& options) {
    const auto row = [&table](std::size_t i) { return table.rows[i]; };
    return writeCsv(LongTable{{table.id, table.title, table.columns, {}, {}}, table.rows.size(), row}, file, options);
}

Result<void> writeCsv(const LongTable& table, const std::filesystem::path& file, const FileOptions& options) {
    constexpr std::size_t kRows = 1024, kParts = 16;
    std::error_code none;
    if (!options.overwrite && std::filesystem::exists(file, none))
        return failure(ErrorCode::FileExists, "", file.string());
    std::ofstream out(file, std::ios::binary);
    out << "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < table.head.columns.size(); ++i)
        out << (i == 0 ? "" : ",") << csvField(heading(table.head.columns[i], options.language));
    out << "\r\n";
    for (std::size_t begin = 0; begin < table.count && out; begin += kRows * kParts) {
        std::array<std::string, kParts> parts;
        tbb::parallel_for(std::size_t{0}, kParts, [&](std::size_t part) {
            const std::size_t end = std::min(table.count, begin + (part + 1) * kRows);
            for (std::size_t i = begin + part * kRows; i < end; ++i) {
                const std::vector<Cell> row = table.row(i);
                for (std::size_t k = 0; k < row.size(); ++k) {
                    if (k > 0) parts[part] += ',';
                    parts[part] += csvField(wholeText(row[k], options.language));
                }
                parts[part] += "\r\n";
            }
        });
        for (const std::string& part : parts) out << part;
    }
    out.close();
    if (!out) return failure(ErrorCode::FileUnwritable, "", file.string());
    return {};
}

}  // namespace zonewright::analysis
