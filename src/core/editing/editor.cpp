#include "core/editing/editor.h"

#include <array>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "core/base/uuid.h"
#include "core/editing/linked_layers.h"

namespace zonewright::editing {
namespace {

using coverage::Outcome;

tl::unexpected<coverage::Refusal> refused(const Error& error) {
    coverage::Refusal out;
    static_cast<Error&>(out) = error;
    return tl::unexpected(std::move(out));
}

/// The zone that a new one got most of its land from.
const plan::Feature* sourceOf(const LayerChange& change, Fid newZone) {
    const coverage::Flow* largest = nullptr;
    for (const coverage::Flow& flow : change.applied.flows) {
        if (flow.to != newZone || !flow.from) continue;
        if (largest == nullptr || flow.area > largest->area) largest = &flow;
    }
    return largest != nullptr ? change.around.find(*largest->from) : nullptr;
}

/// Attributes of a zone that an edit makes: those of the zone most of its land came from, with a key of its own, and
/// what the caller gave. `keys` are those that the same edit has given away already.
Result<std::vector<plan::Value>> newAttributes(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const LayerChange& change,
                                               std::tuple<Fid, const Values&, std::set<std::string>&> what) {
    const auto& [fid, given, keys] = what;
    const catalogue::Layer& layer = *change.layer;
    const plan::Table& table = change.around.table;
    std::vector<plan::Value> values(table.fields.size());
    if (const plan::Feature* source = sourceOf(change, fid)) values = source->values;
    for (const auto& [name, text] : given) {
        const auto column = table.indexOf(name);
        const catalogue::Field* field = layer.find(name);
        if (!column || field == nullptr) return failure(ErrorCode::UnknownField, name, layer.id);
        Result<plan::Value> value = parsedValue(catalogue, *field, text);
        if (!value) return tl::unexpected(value.error());
        values[*column] = std::move(*value);
    }
    if (const auto key = layer.keyField.empty() ? std::nullopt : table.indexOf(layer.keyField)) {
        const std::string wanted = plan::asText(values[*key]);
        const Result<std::string> free = freeKey(plan, layer, wanted.empty() ? layer.id : wanted, keys);
        if (!free) return tl::unexpected(free.error());
        values[*key] = *free;
        keys.insert(*free);
    }
    return values;
}

std::string nameIn(const LayerChange& change, const std::vector<plan::Value>& values) {
    const auto column = change.layer->nameField.empty() ? std::nullopt : change.around.table.indexOf(change.layer->nameField);
    return column && *column < values.size() ? plan::asText(values[*column]) : std::string();
}

/// A row that an edit writes; the attributes are those of a new zone.
struct Row {
    const plan::Table* table = nullptr;
    const coverage::ZoneChange* zone = nullptr;
    FeatureId id;
    std::vector<plan::Value> values;
};

/// An edit worked out, nothing of it written yet.
struct Prepared {
    std::vector<LayerChange> changes;  ///< what `rows` point into
    std::vector<Row> rows;             ///< aligned with report.changed
    EditReport report;
};

Result<void> prepareLayer(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const LayerChange& change,
                          std::pair<const Values&, Prepared&> what) {
    const auto& [newZone, out] = what;
    const Result<Ellipsoid> ellipsoid = Ellipsoid::of(plan.crs());
    if (!ellipsoid) return tl::unexpected(ellipsoid.error());
    std::map<Fid, FeatureId> ids;
    for (const plan::Feature& feature : change.around.features) ids[feature.fid] = feature.id;
    std::set<std::string> keys;
    for (std::size_t i = 0; i < change.applied.changes.size(); ++i) {
        const coverage::ZoneChange& zone = change.applied.changes[i];
        Row row{&change.around.table, &zone, {}, {}};
        std::string name;
        if (zone.before) {
            const plan::Feature* old = change.around.find(zone.zone);
            if (old == nullptr) return failure(ErrorCode::UnknownFeature, std::to_string(static_cast<std::int64_t>(zone.zone)), change.layer->id);
            row.id = old->id;
            name = nameIn(change, old->values);
        } else {
            Result<std::vector<plan::Value>> values = newAttributes(plan, catalogue, change, {zone.zone, newZone, keys});
            if (!values) return tl::unexpected(values.error());
            row.id = randomFeatureId();
            row.values = std::move(*values);
            name = nameIn(change, row.values);
        }
        const Result<EllipsoidalChange> curved = ellipsoidalChange(zone, *ellipsoid);
        if (!curved) return tl::unexpected(curved.error());
        const coverage::AreaChange area = i < change.applied.areas.size() ? change.applied.areas[i] : coverage::AreaChange{};
        ids[zone.zone] = row.id;
        out.report.changed.push_back({change.layer->id, row.id, zone.zone, std::move(name), !zone.before, !zone.after, area.gained, area.lost,
                                      curved->gained, curved->lost});
        out.rows.push_back(std::move(row));
    }
    for (const coverage::Flow& flow : change.applied.flows) {
        const auto idOf = [&](const std::optional<Fid>& fid) { return fid && ids.contains(*fid) ? ids[*fid] : FeatureId{}; };
        out.report.flows.push_back({change.layer->id, idOf(flow.from), idOf(flow.to), flow.area});
    }
    return {};
}

/// What the history calls an edit; a plan's titles are Chinese, as its layers' are.
std::string_view wordFor(const coverage::Edit& edit) {
    constexpr std::array<std::string_view, 14> kWords{"移动顶点", "移动边", "插入顶点", "删除顶点", "重画边界", "分割", "按面积分割",
                                                      "合并", "划转", "划转部分", "新建", "填补缝隙", "移除", "替换"};
    static_assert(kWords.size() == std::variant_size_v<coverage::Edit>);
    return kWords.at(edit.index());
}

std::string titleOf(const catalogue::Layer& layer, const coverage::Edit& edit, const EditReport& report) {
    std::string names;
    std::size_t shown = 0;
    for (const ChangedFeature& feature : report.changed) {
        if (feature.layer != layer.id || feature.name.empty() || shown == 3) continue;
        names += (shown++ == 0 ? "" : "、") + feature.name;
    }
    return fmt::format("{} {}{}{}", layer.title.zh, wordFor(edit), names.empty() ? "" : "：", names);
}

Outcome<Prepared> prepared(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const std::pair<std::string, coverage::Edit>& layerEdit,
                           const EditOptions& options) {
    const Result<const catalogue::Layer*> layer = catalogue.layer(layerEdit.first);
    if (!layer) return refused(layer.error());
    Result<Neighbourhood> around = neighbourhoodOf(plan, **layer, layerEdit.second, {options.outerMayMove});
    if (!around) return refused(around.error());
    Outcome<coverage::Applied> applied = coverage::tryOut(around->coverage, layerEdit.second);
    if (!applied) return tl::unexpected(applied.error());
    if (applied->changes.empty()) return refused({ErrorCode::BadArgument, "nothing would change", (*layer)->id});
    Outcome<std::vector<LayerChange>> changes =
        withLinkedLayers(plan, catalogue, {*layer, std::move(*around), std::move(*applied)}, layerEdit.second);
    if (!changes) return tl::unexpected(changes.error());
    Prepared out{std::move(*changes), {}, {}};
    for (const LayerChange& change : out.changes) {
        const bool isEdited = &change == &out.changes.front();  // the caller's attributes are those of the edited layer
        if (auto done = prepareLayer(plan, catalogue, change, {isEdited ? options.newZone : Values{}, out}); !done) return refused(done.error());
    }
    return out;
}

Result<void> write(const plan::Plan& plan, Prepared& prepared) {
    for (std::size_t i = 0; i < prepared.rows.size(); ++i) {
        const Row& row = prepared.rows[i];
        const coverage::ZoneChange& zone = *row.zone;
        if (!zone.before) {
            const Result<Fid> fid = plan::insertFeature(plan, *row.table, {zone.zone, row.id, *zone.after, row.values});
            if (!fid) return tl::unexpected(fid.error());
            prepared.report.changed[i].fid = *fid;
            continue;
        }
        const Result<void> done = zone.after ? plan::updateGeometry(plan, *row.table, zone.zone, *zone.after)
                                             : plan::removeFeature(plan, *row.table, zone.zone);
        if (!done) return done;
    }
    return {};
}

/// Values of one feature, read and checked, nothing of it written yet.
struct PreparedValues {
    plan::Table table;
    std::vector<std::pair<std::string, plan::Value>> values;
    EditReport report;
};

Result<PreparedValues> preparedValues(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                      const std::pair<std::string, std::string>& layerFeature, const Values& values) {
    const Result<const catalogue::Layer*> layer = catalogue.layer(layerFeature.first);
    if (!layer) return tl::unexpected(layer.error());
    Result<plan::Table> table = plan::tableOf(plan, layerFeature.first);
    if (!table) return tl::unexpected(table.error());
    const Result<plan::Feature> feature = plan::findFeature(plan, layerFeature.first, layerFeature.second);
    if (!feature) return tl::unexpected(feature.error());
    const auto nameColumn = (*layer)->nameField.empty() ? std::nullopt : table->indexOf((*layer)->nameField);
    PreparedValues out;
    out.report.changed.push_back({layerFeature.first, feature->id, feature->fid, nameColumn ? plan::asText(feature->values[*nameColumn]) : "",
                                  false, false, {}, {}, {}, {}});
    for (const auto& [name, text] : values) {
        const catalogue::Field* field = (*layer)->find(name);
        if (field == nullptr || !table->indexOf(name)) return failure(ErrorCode::UnknownField, name, layerFeature.first);
        Result<plan::Value> value = parsedValue(catalogue, *field, text);
        if (!value) return tl::unexpected(value.error());
        if (name == (*layer)->keyField && feature->values[*table->indexOf(name)] != *value) {
            const Result<std::string> free = freeKey(plan, **layer, text, {});
            if (!free) return tl::unexpected(free.error());
            if (*free != text) return failure(ErrorCode::BadArgument, fmt::format("{} = '{}': another feature has this key", name, text), layerFeature.first);
        }
        if (feature->values[*table->indexOf(name)] != *value) out.values.emplace_back(name, std::move(*value));
    }
    if (out.values.empty()) return failure(ErrorCode::BadArgument, "nothing would change", fmt::format("{} {}", layerFeature.first, layerFeature.second));
    out.table = std::move(*table);
    return out;
}

Result<void> write(const plan::Plan& plan, const PreparedValues& prepared) {
    for (const auto& change : prepared.values) {
        if (auto done = plan::updateValue(plan, prepared.table, prepared.report.changed.front().fid, change); !done) return done;
    }
    return {};
}

}  // namespace

std::string_view nameOf(const coverage::Edit& edit) {
    constexpr std::array<std::string_view, 14> kNames{"move-vertex", "move-edge", "insert-vertex", "delete-vertex", "reshape",
                                                      "split", "split-areas", "merge", "transfer", "transfer-part",
                                                      "new", "fill-gap", "remove", "replace"};
    static_assert(kNames.size() == std::variant_size_v<coverage::Edit>);
    return kNames.at(edit.index());
}

Outcome<EditReport> editWithin(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                               std::pair<std::string, coverage::Edit> layerEdit, const EditOptions& options) {
    Outcome<Prepared> made = prepared(plan, catalogue, layerEdit, options);
    if (!made) return tl::unexpected(made.error());
    if (options.dryRun) return std::move(made->report);
    if (auto done = write(plan, *made); !done) return refused(done.error());
    return std::move(made->report);
}

Outcome<EditReport> edit(const plan::Plan& plan, const catalogue::Catalogue& catalogue, std::pair<std::string, coverage::Edit> layerEdit,
                         const EditOptions& options) {
    Outcome<Prepared> made = prepared(plan, catalogue, layerEdit, options);
    if (!made) return tl::unexpected(made.error());
    if (options.dryRun) return std::move(made->report);
    const std::string title = options.title.empty() ? titleOf(*made->changes.front().layer, layerEdit.second, made->report) : options.title;
    Result<plan::ChangeSet> change = plan::ChangeSet::begin(plan, {std::string(nameOf(layerEdit.second)), title, "edit", 0});
    if (!change) return refused(change.error());
    if (auto done = write(plan, *made); !done) return refused(done.error());
    if (auto done = change->commit(); !done) return refused(done.error());
    made->report.changeSet = change->id();
    return std::move(made->report);
}

Result<EditReport> setValuesWithin(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                   std::pair<std::string, std::string> layerFeature, const Values& values) {
    Result<PreparedValues> made = preparedValues(plan, catalogue, layerFeature, values);
    if (!made) return tl::unexpected(made.error());
    if (auto done = write(plan, *made); !done) return tl::unexpected(done.error());
    return std::move(made->report);
}

Result<EditReport> setValues(const plan::Plan& plan, const catalogue::Catalogue& catalogue, std::pair<std::string, std::string> layerFeature,
                             const Values& values, const SetOptions& options) {
    Result<PreparedValues> made = preparedValues(plan, catalogue, layerFeature, values);
    if (!made) return tl::unexpected(made.error());
    if (options.dryRun) return std::move(made->report);
    std::string title = options.title;
    if (title.empty()) {
        const ChangedFeature& feature = made->report.changed.front();
        title = fmt::format("{} 属性：{}", (*catalogue.layer(layerFeature.first))->title.zh, feature.name.empty() ? layerFeature.second : feature.name);
        for (const auto& [name, text] : values) title += fmt::format(" {}={}", name, text);
    }
    Result<plan::ChangeSet> change = plan::ChangeSet::begin(plan, {"set", std::move(title), "edit", 0});
    if (!change) return tl::unexpected(change.error());
    if (auto done = write(plan, *made); !done) return tl::unexpected(done.error());
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    made->report.changeSet = change->id();
    return std::move(made->report);
}

}  // namespace zonewright::editing
