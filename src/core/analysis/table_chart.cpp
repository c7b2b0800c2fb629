#include "core/analysis/table_chart.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace zonewright::analysis {
namespace {

bool isText(const Cell& cell) { return std::holds_alternative<Localized>(cell) || std::holds_alternative<std::string>(cell); }

Localized wordsOf(const Cell& cell, const Column& column) { return {cellText(cell, column, Language::Chinese), cellText(cell, column, Language::English)}; }

bool isRatio(const Column& column) { return column.unit == "%" || !column.formula.zh.empty() || column.unit.find('/') != std::string::npos; }

}  // namespace

std::optional<double> numberOf(const Cell& cell) {
    if (const auto* real = std::get_if<double>(&cell)) return *real;
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    return std::nullopt;
}

std::size_t labelColumn(const Table& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].id == "name") return i;
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (std::any_of(table.rows.begin(), table.rows.end(), [i](const auto& row) { return isText(row[i]); })) return i;
    }
    return 0;
}

std::vector<std::string> textsOf(const Table& table, std::size_t row) {
    std::vector<std::string> out;
    const auto add = [&](const Cell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && !text->empty()) out.push_back(*text);
        if (const auto* words = std::get_if<Localized>(&cell); words != nullptr && !words->zh.empty()) out.insert(out.end(), {words->zh, words->en});
    };
    const auto& cells = table.rows[row];
    if (cells.empty()) return out;
    add(cells[labelColumn(table)]);
    for (const Cell& cell : cells) add(cell);
    return out;
}

std::optional<std::size_t> rowAbout(const Table& table, const std::vector<std::string>& texts) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const auto own = textsOf(table, row);
        if (std::any_of(own.begin(), own.end(), [&](const std::string& one) { return std::find(texts.begin(), texts.end(), one) != texts.end(); })) return row;
    }
    return std::nullopt;
}

std::vector<std::size_t> measuresOf(const Table& table) {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (std::any_of(table.rows.begin(), table.rows.end(), [c](const auto& row) { return numberOf(row[c]).has_value(); })) out.push_back(c);
    }
    return out;
}

std::optional<std::size_t> usualMeasure(const Table& table) {
    const std::vector<std::size_t> measures = measuresOf(table);
    for (const std::size_t c : measures) {
        if (isRatio(table.columns[c])) return c;
    }
    for (const std::size_t c : measures) {
        if (std::any_of(table.rows.begin(), table.rows.end(), [c](const auto& row) { return std::holds_alternative<double>(row[c]); })) return c;
    }
    return measures.empty() ? std::nullopt : std::optional(measures.front());
}

TableBars barsOf(const Table& table, std::size_t measure, std::size_t most) {
    const Column& column = table.columns[measure];
    const std::size_t label = labelColumn(table);
    TableBars out;
    BarChart& chart = out.chart;
    chart.title = column.title;
    if (table.title.zh != column.title.zh) chart.title = {table.title.zh + "：" + column.title.zh, table.title.en + ": " + column.title.en};
    chart.unit = {column.unit, column.unit};
    chart.decimals = column.decimals;
    std::size_t named = 0;
    std::set<std::string> labels;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto& row = table.rows[r];
        const auto value = numberOf(row[measure]);
        Bar bar{wordsOf(row[label], table.columns[label]), value.value_or(0)};
        if (!value || bar.label.zh.empty()) continue;
        if (++named > most) continue;
        for (std::size_t next = 0; labels.count(bar.label.zh) != 0 && next < table.columns.size(); ++next) {
            if (next == label || next == measure) continue;
            const Localized more = wordsOf(row[next], table.columns[next]);
            bar.label = {bar.label.zh + " · " + more.zh, bar.label.en + " · " + more.en};
        }
        labels.insert(bar.label.zh);
        chart.bars.push_back(std::move(bar));
        out.rows.push_back(r);
    }
    if (named > most) chart.notes.push_back({fmt::format("前 {} 项，共 {} 项", most, named), fmt::format("the first {} of {}", most, named)});
    if (!column.formula.zh.empty()) chart.notes.push_back({column.title.zh + " = " + column.formula.zh, column.title.en + " = " + column.formula.en});
    chart.notes.insert(chart.notes.end(), table.notes.begin(), table.notes.end());
    return out;
}

}  // namespace zonewright::analysis
