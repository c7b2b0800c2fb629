#include "core/editing/neighbourhood.h"

#include <fmt/format.h>

namespace zonewright::editing {
namespace {

/// Positions and zones that an edit names.
struct Seeds {
    Box box;
    std::vector<Fid> fids;

    void operator()(const coverage::MoveVertex& e) { add(e.from), add(e.to); }
    void operator()(const coverage::MoveEdge& e) {
        add(e.a), add(e.b), add(e.aTo);
        add({e.b.x + e.aTo.x - e.a.x, e.b.y + e.aTo.y - e.a.y});
    }
    void operator()(const coverage::InsertVertex& e) { add(e.at); }
    void operator()(const coverage::DeleteVertex& e) { add(e.at); }
    void operator()(const coverage::Reshape& e) {
        box.add(boxOf(e.line));
        if (e.zone) fids.push_back(*e.zone);
    }
    void operator()(const coverage::SplitByLine& e) { fids.push_back(e.zone); }
    void operator()(const coverage::SplitByAreas& e) { fids.push_back(e.zone); }
    void operator()(const coverage::Merge& e) { fids = e.zones; }
    void operator()(const coverage::Transfer& e) { fids = {e.from, e.to}; }
    void operator()(const coverage::TransferPart& e) {
        add(e.inside);
        fids.push_back(e.to);
    }
    void operator()(const coverage::NewZone& e) { box.add(boxOf(e.area)); }
    void operator()(const coverage::FillGap& e) {
        add(e.inside);
        if (e.to) fids.push_back(*e.to);
    }
    void operator()(const coverage::RemoveZone& e) { fids.push_back(e.zone); }
    void operator()(const coverage::Replace& e) {
        for (const coverage::ZoneChange& change : e.zones) fids.push_back(change.zone);
    }
    void add(Point p) { box.add(p); }
};

constexpr double kGridStep = 0.001;

plan::Query near(const Box& box) {
    plan::Query query;
    query.box = box.grownBy(2 * kGridStep);
    return query;
}

/// New zones get numbers that the file has never used, so that history stays unambiguous.
Result<Fid> firstNewFid(const plan::Plan& plan, const plan::Table& table) {
    const auto used = plan.database().value(fmt::format(
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = {0}), 0), coalesce((SELECT max(fid) FROM {1}), 0))",
        plan::sqlText(table.layer), plan::sqlName(table.layer)));
    if (!used) return tl::unexpected(used.error());
    return Fid{std::atoll(used->value_or("0").c_str()) + 1};
}

Result<Neighbourhood> load(const plan::Plan& plan, const catalogue::Layer& layer, Box box, NeighbourhoodOptions options) {
    const Result<plan::Table> table = plan::tableOf(plan, layer.id);
    if (!table) return tl::unexpected(table.error());
    std::vector<plan::Feature> features;
    if (!box.empty()) {
        const auto read = plan::forEachFeature(plan, *table, near(box), [&](plan::Feature&& feature) {
            if (std::holds_alternative<MultiPolygon>(feature.geometry)) features.push_back(std::move(feature));
            return true;
        });
        if (!read) return tl::unexpected(read.error());
    }
    std::vector<coverage::Zone> zones;
    zones.reserve(features.size());
    for (const plan::Feature& feature : features) zones.push_back({feature.fid, std::get<MultiPolygon>(feature.geometry)});
    const Result<Fid> next = firstNewFid(plan, *table);
    if (!next) return tl::unexpected(next.error());
    const bool partition = layer.topology.kind == catalogue::TopologyKind::Partition;
    Result<coverage::Coverage> made = coverage::Coverage::of(
        std::move(zones), {partition ? coverage::Kind::Partition : coverage::Kind::Disjoint, options.outerMayMove, *next});
    if (!made) return tl::unexpected(made.error());
    return Neighbourhood{*table, std::move(features), std::move(*made)};
}

}  // namespace

const plan::Feature* Neighbourhood::find(Fid fid) const {
    const auto found = std::lower_bound(features.begin(), features.end(), fid, [](const plan::Feature& f, Fid id) { return f.fid < id; });
    return found != features.end() && found->fid == fid ? &*found : nullptr;
}

Result<Neighbourhood> neighbourhoodOf(const plan::Plan& plan, const catalogue::Layer& layer, const coverage::Edit& edit,
                                      NeighbourhoodOptions options) {
    if (layer.geometry != catalogue::GeometryKind::MultiPolygon) {
        return failure(ErrorCode::BadArgument, layer.id + " is not a polygon layer", plan.file().string());
    }
    Seeds seeds;
    std::visit(seeds, edit);
    const Result<plan::Table> table = plan::tableOf(plan, layer.id);
    if (!table) return tl::unexpected(table.error());
    Box reach = seeds.box;
    for (const Fid fid : seeds.fids) {
        const Result<plan::Feature> named = plan::findFeature(plan, layer.id, std::to_string(static_cast<std::int64_t>(fid)));
        if (!named) return tl::unexpected(named.error());
        reach.add(boxOf(named->geometry));
    }
    if (!seeds.box.empty()) {
        const auto read = plan::forEachFeature(plan, *table, near(seeds.box), [&](plan::Feature&& feature) {
            reach.add(boxOf(feature.geometry));
            return true;
        });
        if (!read) return tl::unexpected(read.error());
    }
    return load(plan, layer, reach, options);
}

Result<Neighbourhood> neighbourhoodAround(const plan::Plan& plan, const catalogue::Layer& layer, Box box, NeighbourhoodOptions options) {
    return load(plan, layer, box, options);
}

}  // namespace zonewright::editing
