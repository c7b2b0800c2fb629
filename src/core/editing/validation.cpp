#include "core/editing/validation.h"

#include "core/geometry/geos.h"
#include "core/plan/change_set.h"
#include "core/plan/features.h"

namespace zonewright::editing {
namespace {

struct LoadedLayer {
    const catalogue::Layer* layer = nullptr;
    std::vector<coverage::Zone> zones;
    std::unordered_map<std::int64_t, FeatureId> ids;
    coverage::Validation checks;
};

/// The geometry of a partition's parent: all its features as one.
Result<std::optional<MultiPolygon>> parentOf(const plan::Plan& plan, const catalogue::Layer& layer) {
    if (layer.topology.of.empty()) return std::nullopt;
    const Result<std::vector<plan::Feature>> parents = plan::readFeatures(plan, layer.topology.of);
    if (!parents) return tl::unexpected(parents.error());
    MultiPolygon all;
    for (const plan::Feature& parent : *parents) {
        if (const auto* polygons = std::get_if<MultiPolygon>(&parent.geometry)) {
            all.polygons.insert(all.polygons.end(), polygons->polygons.begin(), polygons->polygons.end());
        }
    }
    if (all.polygons.empty()) return std::nullopt;
    return all;
}

Result<LoadedLayer> load(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const std::string& id) {
    const Result<plan::Table> table = plan::tableOf(plan, id);
    if (!table) return tl::unexpected(table.error());
    LoadedLayer out;
    out.layer = catalogue.find(id);
    plan::Query query;
    if (!table->fields.empty()) query.fields = {table->fields.front().name};
    const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
        auto* polygons = std::get_if<MultiPolygon>(&feature.geometry);
        if (polygons == nullptr) return true;
        out.ids[static_cast<std::int64_t>(feature.fid)] = std::move(feature.id);
        out.zones.push_back({feature.fid, std::move(*polygons)});
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    const bool partition = out.layer != nullptr && out.layer->topology.kind == catalogue::TopologyKind::Partition;
    out.checks.kind = partition ? coverage::Kind::Partition : coverage::Kind::Disjoint;
    if (partition) {
        Result<std::optional<MultiPolygon>> parent = parentOf(plan, *out.layer);
        if (!parent) return tl::unexpected(parent.error());
        out.checks.parent = std::move(*parent);
    }
    return out;
}

LayerFault named(const LoadedLayer& loaded, const std::string& layer, coverage::Fault fault) {
    LayerFault out{layer, {}, std::move(fault)};
    for (const Fid fid : out.fault.features) out.features.push_back(loaded.ids.at(static_cast<std::int64_t>(fid)));
    return out;
}

/// Layers without topology answer for their own rings only.
bool concerns(const LoadedLayer& loaded, const coverage::Fault& fault) {
    if (loaded.layer != nullptr && loaded.layer->topology.kind != catalogue::TopologyKind::None) return true;
    return fault.kind == coverage::FaultKind::InvalidRing || fault.kind == coverage::FaultKind::DuplicateVertex;
}

std::vector<coverage::Fault> faultsOf(const LoadedLayer& loaded) {
    if (loaded.zones.empty()) return {};  // a layer not filled in yet; not one gap as large as its parent
    if (loaded.layer != nullptr && loaded.layer->topology.kind != catalogue::TopologyKind::None) {
        return coverage::validate(loaded.zones, loaded.checks);
    }
    // Each feature by itself: overlaps of such a layer are no faults and would only be looked for in vain.
    std::vector<coverage::Fault> out;
    for (const coverage::Zone& zone : loaded.zones) {
        for (coverage::Fault& fault : coverage::validate({&zone, 1}, loaded.checks)) {
            if (concerns(loaded, fault)) out.push_back(std::move(fault));
        }
    }
    return out;
}

}  // namespace

Result<LayerValidation> validateLayer(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const std::string& layer) {
    const Result<LoadedLayer> loaded = load(plan, catalogue, layer);
    if (!loaded) return tl::unexpected(loaded.error());
    LayerValidation out;
    out.checked = static_cast<std::int64_t>(loaded->zones.size());
    for (coverage::Fault& fault : faultsOf(*loaded)) out.faults.push_back(named(*loaded, layer, std::move(fault)));
    return out;
}

Result<RepairReport> repairLayer(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const std::string& layer,
                                 RepairOptions options) {
    const Result<LoadedLayer> loaded = load(plan, catalogue, layer);
    if (!loaded) return tl::unexpected(loaded.error());
    if (loaded->layer == nullptr || loaded->layer->topology.kind == catalogue::TopologyKind::None) {
        return failure(ErrorCode::BadArgument, layer + " has no topology to repair", plan.file().string());
    }
    coverage::Repair repair = coverage::repair(loaded->zones, {loaded->checks, options.maxGap});
    RepairReport out;
    out.changed = static_cast<std::int64_t>(repair.changes.size());
    for (coverage::Fault& fault : repair.repaired) out.repaired.push_back(named(*loaded, layer, std::move(fault)));
    for (coverage::Unrepaired& left : repair.left) out.left.push_back({named(*loaded, layer, std::move(left.fault)), std::move(left.reason)});
    if (options.dryRun || repair.changes.empty()) return out;
    const Result<plan::Table> table = plan::tableOf(plan, layer);
    if (!table) return tl::unexpected(table.error());
    Result<plan::ChangeSet> change = plan::ChangeSet::begin(plan, {"repair", loaded->layer->title.zh + " repair", "edit", 0});
    if (!change) return tl::unexpected(change.error());
    for (const coverage::ZoneChange& zone : repair.changes) {
        const auto done = zone.after ? plan::updateGeometry(plan, *table, zone.zone, *zone.after) : plan::removeFeature(plan, *table, zone.zone);
        if (!done) return tl::unexpected(done.error());
    }
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    out.changeSet = change->id();
    return out;
}

}  // namespace zonewright::editing
