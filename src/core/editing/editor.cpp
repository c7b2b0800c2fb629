#include "core/editing/editor.h"

#include <array>
#include <map>
#include <tuple>

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

/// Attributes of a zone that an edit makes: those of the zone its land came from, with a key of its own, and what the
/// caller gave.
Result<std::vector<plan::Value>> newAttributes(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const LayerChange& change,
                                               std::pair<Fid, const Values*> newZone) {
    const catalogue::Layer& layer = *change.layer;
    const plan::Table& table = change.around.table;
    std::vector<plan::Value> values(table.fields.size());
    for (const coverage::Flow& flow : change.applied.flows) {
        if (flow.to != newZone.first || !flow.from) continue;
        if (const plan::Feature* source = change.around.find(*flow.from)) values = source->values;
        break;
    }
    for (const auto& [name, text] : *newZone.second) {
        const auto column = table.indexOf(name);
        const catalogue::Field* field = layer.find(name);
        if (!column || field == nullptr) return failure(ErrorCode::UnknownField, name, layer.id);
        Result<plan::Value> value = parsedValue(catalogue, *field, text);
        if (!value) return tl::unexpected(value.error());
        values[*column] = std::move(*value);
    }
    if (const auto key = layer.keyField.empty() ? std::nullopt : table.indexOf(layer.keyField)) {
        const std::string wanted = plan::asText(values[*key]);
        const Result<std::string> free = freeKey(plan, layer, wanted.empty() ? layer.id : wanted);
        if (!free) return tl::unexpected(free.error());
        values[*key] = *free;
    }
    return values;
}

struct Written {
    Fid fid{};
    FeatureId id;
    std::string name;
};

std::string nameIn(const LayerChange& change, const std::vector<plan::Value>& values) {
    const auto column = change.layer->nameField.empty() ? std::nullopt : change.around.table.indexOf(change.layer->nameField);
    return column && *column < values.size() ? plan::asText(values[*column]) : std::string();
}

/// Writes one zone's change; without `write` only says what it would be.
Result<Written> put(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const LayerChange& change,
                    std::tuple<const coverage::ZoneChange&, const Values&, bool> what) {
    const auto& [zone, newZone, write] = what;
    if (!zone.before) {
        const Result<std::vector<plan::Value>> values = newAttributes(plan, catalogue, change, {zone.zone, &newZone});
        if (!values) return tl::unexpected(values.error());
        Written out{zone.zone, randomFeatureId(), nameIn(change, *values)};
        if (!write) return out;
        const Result<Fid> fid = plan::insertFeature(plan, change.around.table, {zone.zone, out.id, *zone.after, *values});
        if (!fid) return tl::unexpected(fid.error());
        out.fid = *fid;
        return out;
    }
    const plan::Feature* old = change.around.find(zone.zone);
    if (old == nullptr) return failure(ErrorCode::UnknownFeature, std::to_string(static_cast<std::int64_t>(zone.zone)), change.layer->id);
    Written out{zone.zone, old->id, nameIn(change, old->values)};
    if (!write) return out;
    const Result<void> done = zone.after ? plan::updateGeometry(plan, change.around.table, zone.zone, *zone.after)
                                         : plan::removeFeature(plan, change.around.table, zone.zone);
    if (!done) return tl::unexpected(done.error());
    return out;
}

Result<void> putLayer(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const LayerChange& change,
                      std::tuple<const Values&, bool, EditReport&> what) {
    const auto& [newZone, write, report] = what;
    const Result<Ellipsoid> ellipsoid = Ellipsoid::of(plan.crs());
    if (!ellipsoid) return tl::unexpected(ellipsoid.error());
    std::map<Fid, FeatureId> ids;
    for (const plan::Feature& feature : change.around.features) ids[feature.fid] = feature.id;
    for (std::size_t i = 0; i < change.applied.changes.size(); ++i) {
        const coverage::ZoneChange& zone = change.applied.changes[i];
        const Result<Written> written = put(plan, catalogue, change, {zone, newZone, write});
        if (!written) return tl::unexpected(written.error());
        const Result<EllipsoidalChange> curved = ellipsoidalChange(zone, *ellipsoid);
        if (!curved) return tl::unexpected(curved.error());
        const coverage::AreaChange area = i < change.applied.areas.size() ? change.applied.areas[i] : coverage::AreaChange{};
        ids[zone.zone] = written->id;
        report.changed.push_back({change.layer->id, written->id, written->fid, written->name, !zone.before, !zone.after, area.gained, area.lost,
                                  curved->gained, curved->lost});
    }
    for (const coverage::Flow& flow : change.applied.flows) {
        const auto idOf = [&](const std::optional<Fid>& fid) { return fid && ids.contains(*fid) ? ids[*fid] : FeatureId{}; };
        report.flows.push_back({change.layer->id, idOf(flow.from), idOf(flow.to), flow.area});
    }
    return {};
}

std::string titleOf(const catalogue::Layer& layer, const coverage::Edit& edit, const EditReport& report) {
    std::string names;
    std::size_t shown = 0;
    for (const ChangedFeature& feature : report.changed) {
        if (feature.layer != layer.id || feature.name.empty() || shown == 3) continue;
        names += (shown++ == 0 ? "" : "、") + feature.name;
    }
    return fmt::format("{} {}{}{}", layer.title.zh, nameOf(edit), names.empty() ? "" : "：", names);
}

Outcome<std::vector<LayerChange>> workedOut(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                            const std::pair<std::string, coverage::Edit>& layerEdit, const EditOptions& options) {
    const Result<const catalogue::Layer*> layer = catalogue.layer(layerEdit.first);
    if (!layer) return refused(layer.error());
    Result<Neighbourhood> around = neighbourhoodOf(plan, **layer, layerEdit.second, {options.outerMayMove});
    if (!around) return refused(around.error());
    Outcome<coverage::Applied> applied = coverage::tryOut(around->coverage, layerEdit.second);
    if (!applied) return tl::unexpected(applied.error());
    return withLinkedLayers(plan, catalogue, {*layer, std::move(*around), std::move(*applied)}, layerEdit.second);
}

Outcome<EditReport> written(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const std::vector<LayerChange>& changes,
                            const EditOptions& options) {
    EditReport report;
    for (const LayerChange& change : changes) {
        if (auto done = putLayer(plan, catalogue, change, {options.newZone, !options.dryRun, report}); !done) return refused(done.error());
    }
    return report;
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
    const Outcome<std::vector<LayerChange>> changes = workedOut(plan, catalogue, layerEdit, options);
    if (!changes) return tl::unexpected(changes.error());
    return written(plan, catalogue, *changes, options);
}

Outcome<EditReport> edit(const plan::Plan& plan, const catalogue::Catalogue& catalogue, std::pair<std::string, coverage::Edit> layerEdit,
                         const EditOptions& options) {
    const Outcome<std::vector<LayerChange>> changes = workedOut(plan, catalogue, layerEdit, options);
    if (!changes) return tl::unexpected(changes.error());
    EditOptions preview = options;
    preview.dryRun = true;
    Outcome<EditReport> report = written(plan, catalogue, *changes, preview);
    if (!report || options.dryRun) return report;
    const std::string title = options.title.empty() ? titleOf(*changes->front().layer, layerEdit.second, *report) : options.title;
    Result<plan::ChangeSet> change = plan::ChangeSet::begin(plan, {std::string(nameOf(layerEdit.second)), title, "edit", 0});
    if (!change) return refused(change.error());
    report = written(plan, catalogue, *changes, options);
    if (!report) return report;
    if (auto done = change->commit(); !done) return refused(done.error());
    report->changeSet = change->id();
    return report;
}

Result<EditReport> setValuesWithin(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                   std::pair<std::string, std::string> layerFeature, const Values& values) {
    const Result<const catalogue::Layer*> layer = catalogue.layer(layerFeature.first);
    if (!layer) return tl::unexpected(layer.error());
    const Result<plan::Table> table = plan::tableOf(plan, layerFeature.first);
    if (!table) return tl::unexpected(table.error());
    const Result<plan::Feature> feature = plan::findFeature(plan, layerFeature.first, layerFeature.second);
    if (!feature) return tl::unexpected(feature.error());
    std::vector<std::pair<std::string, plan::Value>> parsed;
    for (const auto& [name, text] : values) {
        const catalogue::Field* field = (*layer)->find(name);
        if (field == nullptr || !table->indexOf(name)) return failure(ErrorCode::UnknownField, name, layerFeature.first);
        Result<plan::Value> value = parsedValue(catalogue, *field, text);
        if (!value) return tl::unexpected(value.error());
        parsed.emplace_back(name, std::move(*value));
    }
    for (const auto& change : parsed) {
        if (auto done = plan::updateValue(plan, *table, feature->fid, change); !done) return tl::unexpected(done.error());
    }
    const auto nameColumn = (*layer)->nameField.empty() ? std::nullopt : table->indexOf((*layer)->nameField);
    EditReport report;
    report.changed.push_back({layerFeature.first, feature->id, feature->fid, nameColumn ? plan::asText(feature->values[*nameColumn]) : "",
                              false, false, {}, {}, {}, {}});
    return report;
}

Result<EditReport> setValues(const plan::Plan& plan, const catalogue::Catalogue& catalogue, std::pair<std::string, std::string> layerFeature,
                             const Values& values) {
    const Result<const catalogue::Layer*> layer = catalogue.layer(layerFeature.first);
    if (!layer) return tl::unexpected(layer.error());
    std::string title = (*layer)->title.zh + " set：" + layerFeature.second;
    Result<plan::ChangeSet> change = plan::ChangeSet::begin(plan, {"set", std::move(title), "edit", 0});
    if (!change) return tl::unexpected(change.error());
    Result<EditReport> report = setValuesWithin(plan, catalogue, std::move(layerFeature), values);
    if (!report) return report;
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    report->changeSet = change->id();
    return report;
}

}  // namespace zonewright::editing
