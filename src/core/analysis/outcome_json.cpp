#include "core/analysis/outcome_json.h"

#include <cmath>

namespace zonewright::analysis::detail {
namespace {

using Json = nlohmann::ordered_json;

Json both(const Localized& text) { return {{"zh", text.zh}, {"en", text.en}}; }

Localized localized(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_object()) return {};
    return {found->value("zh", ""), found->value("en", "")};
}

Json both(const std::vector<Localized>& texts) {
    Json out = Json::array();
    for (const Localized& text : texts) out.push_back(both(text));
    return out;
}

std::vector<Localized> localizedList(const Json& json, const char* key) {
    std::vector<Localized> out;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array()) return out;
    for (const Json& text : *found) out.push_back({text.value("zh", ""), text.value("en", "")});
    return out;
}

Json columnJson(const Column& column) {
    Json out{{"id", column.id}, {"title", both(column.title)}, {"unit", column.unit}, {"decimals", column.decimals}, {"formula", both(column.formula)}};
    if (!column.field.empty()) {
        out["field"] = column.field;
        out["scale"] = column.scale;
    }
    for (const CellMark& mark : column.marks) out["marks"][mark.text] = mark.colour;
    return out;
}

Column columnFrom(const Json& json) {
    Column column{.id = json.value("id", ""),
                  .title = localized(json, "title"),
                  .unit = json.value("unit", ""),
                  .decimals = json.value("decimals", 2),
                  .formula = localized(json, "formula"),
                  .field = json.value("field", ""),
                  .scale = json.value("scale", 1.0)};
    const Json marks = json.value("marks", Json::object());
    for (const auto& [text, colour] : marks.items()) column.marks.push_back({text, colour.is_string() ? colour.get<std::string>() : ""});
    return column;
}

Cell cellFrom(const Json& json) {
    if (json.is_number_float()) return json.get<double>();
    if (json.is_number_integer()) return json.get<std::int64_t>();
    if (json.is_string()) return json.get<std::string>();
    if (json.is_object()) return Localized{json.value("zh", ""), json.value("en", "")};
    return {};
}

Json tableJson(const Table& table) {
    Json out{{"id", table.id}, {"title", both(table.title)}, {"columns", Json::array()}, {"rows", toJson(table)}, {"notes", both(table.notes)}};
    for (const Column& column : table.columns) out["columns"].push_back(columnJson(column));
    if (table.sheetOnly) out["sheet_only"] = true;
    if (table.source) {
        const TableSource& source = *table.source;
        out["source"] = {{"layer", source.layer}, {"key_field", source.keyField}, {"key_column", source.keyColumn}, {"fixed", Json::object()}};
        for (const auto& [field, value] : source.fixed) out["source"]["fixed"][field] = value;
    }
    return out;
}

Table tableFrom(const std::string& id, const Json& json) {
    Table table{id, localized(json, "title"), {}, {}, localizedList(json, "notes"), json.value("sheet_only", false), {}};
    const auto rows = json.find("rows");
    const auto columns = json.find("columns");
    if (columns != json.end()) {
        for (const Json& column : *columns) table.columns.push_back(columnFrom(column));
    } else if (rows != json.end() && !rows->empty()) {
        for (const auto& [key, cell] : rows->front().items()) table.columns.push_back({.id = key, .title = {key, key}, .unit = "", .decimals = 2, .formula = {}});
    }
    if (rows != json.end()) {
        for (const Json& row : *rows) {
            std::vector<Cell>& cells = table.rows.emplace_back();
            for (const Column& column : table.columns) {
                const auto cell = row.find(column.id);
                cells.push_back(cell == row.end() ? Cell() : cellFrom(*cell));
            }
        }
    }
    if (const auto source = json.find("source"); source != json.end()) {
        table.source = TableSource{source->value("layer", ""), {}, source->value("key_field", ""), source->value("key_column", "")};
        if (const auto fixed = source->find("fixed"); fixed != source->end()) {
            for (const auto& [field, value] : fixed->items()) table.source->fixed.emplace_back(field, value.is_string() ? value.get<std::string>() : "");
        }
    }
    return table;
}

Json drawingJson(const BarChart& chart) {
    Json out{{"kind", "bars"}, {"title", both(chart.title)}, {"unit", both(chart.unit)}, {"decimals", chart.decimals}, {"notes", both(chart.notes)}};
    Json& bars = out["bars"] = Json::array();
    for (const Bar& bar : chart.bars) {
        Json one{{"label", both(bar.label)}, {"value", bar.value}, {"colour", bar.colour}};
        if (bar.limit) one["limit"] = *bar.limit;
        bars.push_back(std::move(one));
    }
    Json& keys = out["keys"] = Json::array();
    for (const ChartKey& key : chart.keys) keys.push_back({{"text", both(key.text)}, {"colour", key.colour}});
    return out;
}

Json axisJson(const ChartAxis& axis) { return {{"title", both(axis.title)}, {"unit", both(axis.unit)}, {"decimals", axis.decimals}}; }

Json drawingJson(const LineChart& chart) {
    Json out{{"kind", "lines"}, {"title", both(chart.title)}, {"x", axisJson(chart.x)}, {"y", axisJson(chart.y)}, {"notes", both(chart.notes)}};
    if (chart.mark) out["mark"] = *chart.mark;
    Json& lines = out["lines"] = Json::array();
    for (const Line& line : chart.lines) lines.push_back({{"label", both(line.label)}, {"colour", line.colour}, {"dashed", line.dashed}, {"points", line.points}});
    return out;
}

/// No value is kept as null.
double realOf(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : std::nan("");
}

std::optional<double> maybeReal(const Json& json, const char* key) {
    const double value = realOf(json, key);
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

ChartAxis axisFrom(const Json& json) { return {localized(json, "title"), localized(json, "unit"), json.value("decimals", 0)}; }

Drawing drawingFrom(const Json& json) {
    if (json.value("kind", "") == "lines") {
        LineChart chart{localized(json, "title"), axisFrom(json.value("x", Json::object())), axisFrom(json.value("y", Json::object())), {}, maybeReal(json, "mark"), localizedList(json, "notes")};
        for (const Json& line : json.value("lines", Json::array())) {
            Line one{localized(line, "label"), line.value("colour", ""), line.value("dashed", false), {}};
            for (const Json& point : line.value("points", Json::array())) {
                if (point.size() == 2 && point[0].is_number() && point[1].is_number()) one.points.emplace_back(point[0].get<double>(), point[1].get<double>());
            }
            chart.lines.push_back(std::move(one));
        }
        return chart;
    }
    BarChart chart{localized(json, "title"), localized(json, "unit"), json.value("decimals", 2), {}, {}, localizedList(json, "notes")};
    for (const Json& bar : json.value("bars", Json::array())) chart.bars.push_back({localized(bar, "label"), realOf(bar, "value"), bar.value("colour", ""), maybeReal(bar, "limit")});
    for (const Json& key : json.value("keys", Json::array())) chart.keys.push_back({localized(key, "text"), key.value("colour", "")});
    return chart;
}

}  // namespace

Json tablesJson(const std::vector<Table>& tables) {
    Json out = Json::array();
    for (const Table& table : tables) out.push_back(tableJson(table));
    return out;
}

std::vector<Table> tablesFrom(const Json& json) {
    std::vector<Table> out;
    // Keys of an object are ids, those of an array numbers.
    for (const auto& [key, table] : json.items()) out.push_back(tableFrom(table.value("id", key), table));
    return out;
}

Json chartsJson(const std::vector<Chart>& charts) {
    Json out = Json::object();
    for (const Chart& chart : charts) out[chart.id] = std::visit([](const auto& drawing) { return drawingJson(drawing); }, chart.drawing);
    return out;
}

std::vector<Chart> chartsFrom(const Json& json) {
    std::vector<Chart> out;
    for (const auto& [id, drawing] : json.items()) out.push_back({id, drawingFrom(drawing)});
    return out;
}

Json noticesJson(const std::vector<Notice>& notices) {
    Json out = Json::array();
    for (const Notice& notice : notices)
        out.push_back({{"weight", notice.weight == Notice::Weight::Warning ? "warning" : "information"}, {"zh", notice.text.zh}, {"en", notice.text.en}});
    return out;
}

std::vector<Notice> noticesFrom(const Json& json) {
    std::vector<Notice> out;
    for (const Json& notice : json)
        out.push_back({notice.value("weight", "") == "warning" ? Notice::Weight::Warning : Notice::Weight::Information, {notice.value("zh", ""), notice.value("en", "")}});
    return out;
}

}  // namespace zonewright::analysis::detail
