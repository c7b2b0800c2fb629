#include "core/analysis/siting/kept_rows.h"

#include "core/base/uuid.h"
#include "core/plan/features.h"

namespace zonewright::analysis::siting {
namespace {

Result<void> makeTable(plan::Plan& plan, const TextTable& table) {
    const Result<bool> there = plan.hasLayer(table.id);
    if (!there) return tl::unexpected(there.error());
    if (*there) return {};
    catalogue::Layer layer;
    layer.id = table.id;
    layer.title = table.title;
    layer.group = "analysis";
    for (const auto& [name, title] : table.fields) {
        catalogue::Field field;
        field.name = name;
        field.title = title;
        layer.fields.push_back(std::move(field));
    }
    return plan::addLayer(plan, layer);
}

}  // namespace

Result<std::vector<TextRow>> readRows(const plan::Plan& plan, const TextTable& table) {
    std::vector<TextRow> out;
    const Result<bool> there = plan.hasLayer(table.id);
    if (!there) return tl::unexpected(there.error());
    if (!*there) return out;
    plan::Query query;
    query.geometry = false;
    for (const auto& [name, title] : table.fields) query.fields.push_back(name);
    const auto rows = plan::readFeatures(plan, table.id, query);
    if (!rows) return tl::unexpected(rows.error());
    for (const plan::Feature& row : *rows) {
        TextRow texts;
        for (const plan::Value& value : row.values) texts.push_back(plan::asText(value));
        out.push_back(std::move(texts));
    }
    return out;
}

Result<void> addRow(plan::Plan& plan, const TextTable& table, const TextRow& row, const plan::ChangeSetInfo& info) {
    if (const Result<void> made = makeTable(plan, table); !made) return made;
    const auto columns = plan::tableOf(plan, table.id);
    if (!columns) return tl::unexpected(columns.error());
    auto changes = plan::ChangeSet::begin(plan, info);
    if (!changes) return tl::unexpected(changes.error());
    plan::Feature feature;
    feature.id = randomFeatureId();
    feature.values.resize(columns->fields.size());
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        const auto at = columns->indexOf(table.fields[i].first);
        if (at && !row[i].empty()) feature.values[*at] = row[i];
    }
    const auto inserted = plan::insertFeature(plan, *columns, feature);
    if (!inserted) return tl::unexpected(inserted.error());
    return changes->commit();
}

}  // namespace zonewright::analysis::siting
