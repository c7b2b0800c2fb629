#include "desktop/session/source_cell.h"

#include <algorithm>

#include <QString>

#include <fmt/format.h>

#include "core/base/uuid.h"
#include "core/editing/editor.h"
#include "core/plan/change_set.h"
#include "core/plan/features.h"

namespace zonewright::desktop {
namespace {

/// What the field takes: the number in its own unit, without the noise of the division; anything else as it is, to be refused.
std::string fieldText(const analysis::Column& column, const std::string& text) {
    QString typed = QString::fromStdString(text).trimmed();
    typed.remove(QLatin1Char(','));
    typed.replace(QStringLiteral("，"), QString());
    if (typed.endsWith(QLatin1Char('%'))) typed.chop(1);
    bool ok = false;
    const double value = typed.toDouble(&ok);
    if (!ok || column.scale == 1) return typed.toStdString();
    return fmt::format("{:.12g}", value / column.scale);
}

Result<std::optional<Fid>> rowOf(const plan::Plan& plan, const plan::Table& layer, const std::vector<std::pair<std::string, std::string>>& wanted) {
    plan::Query query;
    query.geometry = false;
    for (const auto& [field, value] : wanted) query.fields.push_back(field);
    std::optional<Fid> found;
    const auto read = plan::forEachFeature(plan, layer, query, [&](plan::Feature&& feature) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (plan::asText(feature.values[i]) != wanted[i].second) return true;
        }
        found = feature.fid;
        return false;
    });
    if (!read) return tl::unexpected(read.error());
    return found;
}

/// The column that tells what a row of the source is about; past the end for none.
std::size_t keyColumn(const analysis::Table& table) {
    return static_cast<std::size_t>(std::ranges::find(table.columns, table.source->keyColumn, &analysis::Column::id) - table.columns.begin());
}

std::string keyOf(const analysis::Table& table, std::size_t row) {
    const std::size_t at = keyColumn(table);
    return analysis::cellText(table.rows[row][at], table.columns[at], Language::Chinese);
}

}  // namespace

bool hasSource(const analysis::Table& table, std::size_t column) { return table.source && column < table.columns.size() && !table.columns[column].field.empty(); }

Result<SourceCells> sourceCells(const plan::Plan& plan, const analysis::Table& table) {
    SourceCells out;
    if (!table.source || keyColumn(table) == table.columns.size()) return out;
    const analysis::TableSource& source = *table.source;
    const auto layer = plan::tableOf(plan, source.layer);
    if (!layer) return tl::unexpected(layer.error());
    std::vector<std::size_t> columns;
    plan::Query query;
    query.geometry = false;
    query.fields = {source.keyField};
    for (const auto& [field, value] : source.fixed) query.fields.push_back(field);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (!hasSource(table, c)) continue;
        columns.push_back(c);
        query.fields.push_back(table.columns[c].field);
    }
    std::map<std::string, std::size_t> rows;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        rows.emplace(keyOf(table, r), r);
        for (const std::size_t c : columns) out[{r, c}] = {};
    }
    const auto read = plan::forEachFeature(plan, *layer, query, [&](plan::Feature&& feature) {
        for (std::size_t i = 0; i < source.fixed.size(); ++i) {
            if (plan::asText(feature.values[1 + i]) != source.fixed[i].second) return true;
        }
        const auto row = rows.find(plan::asText(feature.values[0]));
        if (row == rows.end()) return true;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto value = plan::asNumber(feature.values[1 + source.fixed.size() + i]);
            if (value) out[{row->second, columns[i]}] = *value * table.columns[columns[i]].scale;
        }
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return out;
}

Result<std::int64_t> writeSourceCell(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const analysis::Table& table, const SourceCell& cell) {
    const analysis::TableSource& source = *table.source;
    const analysis::Column& column = table.columns[cell.column];
    if (keyColumn(table) == table.columns.size() || cell.row >= table.rows.size()) return failure(ErrorCode::BadArgument, "no such row", table.id);
    auto wanted = source.fixed;
    wanted.emplace_back(source.keyField, keyOf(table, cell.row));
    const auto layer = plan::tableOf(plan, source.layer);
    if (!layer) return tl::unexpected(layer.error());
    auto changes = plan::ChangeSet::begin(plan, {.tool = "set", .title = fmt::format("{}：{} = {}", wanted.back().second, column.title.zh, cell.text), .kind = "edit", .target = 0});
    if (!changes) return tl::unexpected(changes.error());
    auto row = rowOf(plan, *layer, wanted);
    if (!row) return tl::unexpected(row.error());
    if (!*row) {
        plan::Feature made;
        made.id = randomFeatureId();
        made.values.resize(layer->fields.size());
        for (const auto& [field, text] : wanted) {
            if (const auto at = layer->indexOf(field)) made.values[*at] = text;
        }
        const auto added = plan::insertFeature(plan, *layer, made);
        if (!added) return tl::unexpected(added.error());
        row = *added;
    }
    const auto set = editing::setValuesWithin(plan, catalogue, {source.layer, std::to_string(static_cast<std::int64_t>(**row))}, {{column.field, fieldText(column, cell.text)}});
    if (!set) return tl::unexpected(set.error());
    if (auto done = changes->commit(); !done) return tl::unexpected(done.error());
    return changes->id();
}

}  // namespace zonewright::desktop
