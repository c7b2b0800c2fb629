#include "core/editing/linked_layers.h"

#include <map>
#include <set>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkt.h"

namespace zonewright::editing {
namespace {

using coverage::Outcome;
using coverage::ZoneChange;

tl::unexpected<coverage::Refusal> refused(const Error& error, Point place = {}) {
    coverage::Refusal out;
    static_cast<Error&>(out) = error;
    out.place = place;
    return tl::unexpected(std::move(out));
}

tl::unexpected<coverage::Refusal> linkRefuses(const catalogue::Layer& layer, const std::string& why, Point place) {
    return refused({ErrorCode::LinkedLayerRefuses, layer.id + ": " + why, fmt::format("{:.3f} {:.3f}", place.x, place.y)}, place);
}

bool isVertexEdit(const coverage::Edit& edit) {
    return std::holds_alternative<coverage::MoveVertex>(edit) || std::holds_alternative<coverage::MoveEdge>(edit) ||
           std::holds_alternative<coverage::InsertVertex>(edit) || std::holds_alternative<coverage::DeleteVertex>(edit);
}

/// Vertices that the linked layer must have before the edit can be repeated there.
std::vector<Point> anchors(const coverage::Edit& edit) {
    if (const auto* e = std::get_if<coverage::MoveVertex>(&edit)) return {e->from};
    if (const auto* e = std::get_if<coverage::MoveEdge>(&edit)) return {e->a, e->b};
    return {};
}

/// Changes of single steps put together: first `before`, last `after`, a zone that ends as it began left out.
std::vector<ZoneChange> joined(const std::vector<std::vector<ZoneChange>>& steps) {
    std::map<Fid, ZoneChange> all;
    for (const auto& step : steps) {
        for (const ZoneChange& change : step) {
            const auto [place, isFirst] = all.try_emplace(change.zone, change);
            if (!isFirst) place->second.after = change.after;
        }
    }
    std::vector<ZoneChange> out;
    for (auto& [fid, change] : all) {
        if (change.before != change.after) out.push_back(std::move(change));
    }
    return out;
}

Box boxOfChanges(const std::vector<ZoneChange>& changes) {
    Box box;
    for (const ZoneChange& change : changes) {
        if (change.before) box.add(boxOf(*change.before));
        if (change.after) box.add(boxOf(*change.after));
    }
    return box;
}

/// The same vertex edit in a linked layer; nothing when the layer has no boundary there.
Outcome<std::optional<LayerChange>> repeated(const plan::Plan& plan, const catalogue::Layer& layer, const coverage::Edit& edit) {
    Result<Neighbourhood> around = neighbourhoodOf(plan, layer, edit, {true});
    if (!around) return refused(around.error());
    coverage::Coverage work = around->coverage;
    std::vector<std::vector<ZoneChange>> steps;
    coverage::Applied sum;
    const auto run = [&](const coverage::Edit& step) -> Outcome<bool> {
        Outcome<coverage::Applied> done = coverage::apply(work, step);
        if (!done && done.error().code == ErrorCode::BadArgument) return false;  // nothing there, or nothing to change
        if (!done) return tl::unexpected(done.error());
        steps.push_back(done->changes);
        sum.flows.insert(sum.flows.end(), done->flows.begin(), done->flows.end());
        sum.areas = done->areas;
        return true;
    };
    Outcome<bool> done = run(edit);
    if (!done) return tl::unexpected(done.error());
    if (!*done && !anchors(edit).empty()) {
        for (const Point anchor : anchors(edit)) {
            if (const Outcome<bool> put = run(coverage::InsertVertex{anchor}); !put) return tl::unexpected(put.error());
        }
        if (done = run(edit); !done) return tl::unexpected(done.error());
    }
    if (!*done) return std::nullopt;
    sum.changes = joined(steps);
    if (sum.areas.size() != sum.changes.size()) sum.areas.resize(sum.changes.size());
    return LayerChange{&layer, std::move(*around), std::move(sum)};
}

/// Zones of the fine level with the coarse zone that each lies in.
struct Hierarchy {
    std::vector<coverage::Zone> fine;
    std::map<Fid, Fid> owner;
};

std::optional<Fid> zoneAround(const std::vector<coverage::Zone>& zones, Point p) {
    const Box at{p.x, p.y, p.x, p.y};
    for (const coverage::Zone& zone : zones) {
        if (!boxOf(zone.geometry).intersects(at)) continue;
        if (const Result<bool> inside = geos::intersects(p, zone.geometry); inside && *inside) return zone.fid;
    }
    return std::nullopt;
}

std::vector<coverage::Zone> zonesOf(const coverage::Coverage& coverage) {
    std::vector<coverage::Zone> zones;
    for (const Fid fid : coverage.fids()) zones.push_back({fid, *coverage.find(fid)});
    return zones;
}

/// The state of `zones` after `changes`.
std::vector<coverage::Zone> changed(const std::vector<coverage::Zone>& zones, const std::vector<ZoneChange>& changes) {
    std::map<Fid, MultiPolygon> state;
    for (const coverage::Zone& zone : zones) state[zone.fid] = zone.geometry;
    for (const ZoneChange& change : changes) {
        if (change.after) state[change.zone] = *change.after;
        else state.erase(change.zone);
    }
    std::vector<coverage::Zone> out;
    for (auto& [fid, geometry] : state) out.push_back({fid, std::move(geometry)});
    return out;
}

/// One outline around zones that share boundaries, with all their vertices on it.
Outcome<MultiPolygon> outline(std::vector<coverage::Zone> zones) {
    if (zones.size() == 1) return zones.front().geometry;
    coverage::Merge merge;
    for (const coverage::Zone& zone : zones) merge.zones.push_back(zone.fid);
    merge.keep = merge.zones.front();
    Result<coverage::Coverage> made = coverage::Coverage::of(std::move(zones), {coverage::Kind::Disjoint, true, Fid{0}});
    if (!made) return refused(made.error());
    const Outcome<coverage::Applied> merged = coverage::tryOut(*made, merge);
    if (!merged) return tl::unexpected(merged.error());
    for (const ZoneChange& change : merged->changes) {
        if (change.zone == merge.keep && change.after) return *change.after;
    }
    return refused({ErrorCode::Internal, "merge left nothing", ""});
}

/// Same vertices, hence the same outline: only where the rings begin may differ.
bool sameVertices(const MultiPolygon& a, const MultiPolygon& b) {
    const auto vertices = [](const MultiPolygon& g) {
        std::vector<Point> points;
        for (const Polygon& polygon : g.polygons) {
            for (const Ring& ring : polygon.rings) points.insert(points.end(), ring.begin(), ring.end() - 1);
        }
        std::sort(points.begin(), points.end());
        return points;
    };
    return vertices(a) == vertices(b);
}

/// Changes of the coarse zones in `owners` so that each is the outline of its fine zones.
Outcome<std::vector<ZoneChange>> formedAnew(const std::vector<coverage::Zone>& coarse, const Hierarchy& after, const std::set<Fid>& owners) {
    std::vector<ZoneChange> changes;
    for (const Fid owner : owners) {
        std::vector<coverage::Zone> members;
        for (const coverage::Zone& zone : after.fine) {
            const auto found = after.owner.find(zone.fid);
            if (found != after.owner.end() && found->second == owner) members.push_back(zone);
        }
        const auto before = std::find_if(coarse.begin(), coarse.end(), [&](const coverage::Zone& z) { return z.fid == owner; });
        std::optional<MultiPolygon> old;
        if (before != coarse.end()) old = before->geometry;
        if (members.empty()) {
            if (old) changes.push_back({owner, old, std::nullopt});
            continue;
        }
        Outcome<MultiPolygon> made = outline(std::move(members));
        if (!made) return tl::unexpected(made.error());
        if (old && sameVertices(*old, *made)) continue;
        changes.push_back({owner, old, std::move(*made)});
    }
    return changes;
}

/// The hierarchy of `fine` under `coarse`; a fine zone outside every coarse zone has no owner.
Result<Hierarchy> hierarchyOf(std::vector<coverage::Zone> fine, const std::vector<coverage::Zone>& coarse) {
    Hierarchy out;
    for (const coverage::Zone& zone : fine) {
        const Result<Point> inside = geos::pointInside(zone.geometry);
        if (!inside) return tl::unexpected(inside.error());
        if (const auto owner = zoneAround(coarse, *inside)) out.owner[zone.fid] = *owner;
    }
    out.fine = std::move(fine);
    return out;
}

/// All zones of a layer that meet the box, widened until every coarse zone it meets lies in it whole.
Outcome<Neighbourhood> zonesUnder(const plan::Plan& plan, const catalogue::Layer& layer, Box box) {
    Result<Neighbourhood> around = neighbourhoodAround(plan, layer, box, {true});
    if (!around) return refused(around.error());
    return std::move(*around);
}

Box boxOfZones(const std::vector<coverage::Zone>& zones) {
    Box box;
    for (const coverage::Zone& zone : zones) box.add(boxOf(zone.geometry));
    return box;
}

coverage::Applied appliedFrom(std::vector<ZoneChange> changes) {
    coverage::Applied applied;
    for (const ZoneChange& change : changes) {
        const double before = change.before ? planarArea(*change.before).value : 0;
        const double after = change.after ? planarArea(*change.after).value : 0;
        applied.areas.push_back({change.zone, SquareMetres(std::max(0.0, after - before)), SquareMetres(std::max(0.0, before - after))});
    }
    applied.changes = std::move(changes);
    return applied;
}

/// After an edit of the fine level: the coarse zones whose fine zones changed.
Outcome<std::optional<LayerChange>> coarseFollows(const plan::Plan& plan, const catalogue::Layer& coarseLayer, const LayerChange& edited) {
    Outcome<Neighbourhood> coarse = zonesUnder(plan, coarseLayer, boxOfChanges(edited.applied.changes));
    if (!coarse) return tl::unexpected(coarse.error());
    const std::vector<coverage::Zone> coarseZones = zonesOf(coarse->coverage);
    Outcome<Neighbourhood> fine = zonesUnder(plan, *edited.layer, boxOfZones(coarseZones));
    if (!fine) return tl::unexpected(fine.error());
    Result<Hierarchy> before = hierarchyOf(zonesOf(fine->coverage), coarseZones);
    if (!before) return refused(before.error());
    Hierarchy after{changed(before->fine, edited.applied.changes), before->owner};
    for (const coverage::Flow& flow : edited.applied.flows) {  // a new zone belongs where its land came from
        if (flow.from && flow.to && !after.owner.contains(*flow.to) && before->owner.contains(*flow.from)) {
            after.owner[*flow.to] = before->owner.at(*flow.from);
        }
    }
    std::set<Fid> owners;
    for (const ZoneChange& change : edited.applied.changes) {
        if (const auto found = after.owner.find(change.zone); found != after.owner.end()) owners.insert(found->second);
    }
    Outcome<std::vector<ZoneChange>> changes = formedAnew(coarseZones, after, owners);
    if (!changes) return tl::unexpected(changes.error());
    if (changes->empty()) return std::nullopt;
    return LayerChange{&coarseLayer, std::move(*coarse), appliedFrom(std::move(*changes))};
}

/// The fine zone of the gaining coarse zone that shares the longest boundary with `piece`.
std::optional<Fid> receiver(const MultiPolygon& piece, const std::vector<coverage::Zone>& candidates) {
    MultiLineString boundary;
    for (const Polygon& polygon : piece.polygons) boundary.lines.insert(boundary.lines.end(), polygon.rings.begin(), polygon.rings.end());
    const Box box = boxOf(piece);
    std::optional<Fid> best;
    double longest = 0;
    for (const coverage::Zone& zone : candidates) {
        if (!boxOf(zone.geometry).intersects(box)) continue;
        const Result<MultiLineString> shared = geos::clipped(boundary, zone.geometry);
        if (!shared || planarLength(*shared).value <= longest) continue;
        longest = planarLength(*shared).value;
        best = zone.fid;
    }
    return best;
}

/// Land no wider than the grid's rounding: a line that ends on a boundary puts its vertex up to 1 mm beside it.
bool isRounding(const MultiPolygon& piece) {
    constexpr double kWidth = 0.002;
    double perimeter = 0;
    for (const Polygon& polygon : piece.polygons) {
        for (const Ring& ring : polygon.rings) perimeter += planarLength(ring).value;
    }
    return 2 * planarArea(piece).value <= kWidth * perimeter;
}

/// After an edit of the coarse level: land that changed hands goes to fine zones of the gaining coarse zone; then the
/// coarse zones take the outlines of their fine zones (`edited` is put right for that).
Outcome<std::optional<LayerChange>> fineFollows(const plan::Plan& plan, const catalogue::Layer& fineLayer, LayerChange& edited) {
    Outcome<Neighbourhood> fine = zonesUnder(plan, fineLayer, boxOfChanges(edited.applied.changes));
    if (!fine) return tl::unexpected(fine.error());
    const std::vector<coverage::Zone> coarseBefore = zonesOf(edited.around.coverage);
    const std::vector<coverage::Zone> coarseAfter = changed(coarseBefore, edited.applied.changes);
    coverage::Coverage work = fine->coverage;
    std::vector<std::vector<ZoneChange>> steps;
    for (const Fid fid : fine->coverage.fids()) {
        const MultiPolygon zone = *fine->coverage.find(fid);
        // Where the zone's land lies afterwards, by coarse zone.
        std::map<Fid, MultiPolygon> pieces;
        Fid home{};
        double largest = -1;
        for (const coverage::Zone& owner : coarseAfter) {
            if (!boxOf(owner.geometry).intersects(boxOf(zone))) continue;
            Result<MultiPolygon> piece = geos::intersection(zone, owner.geometry);
            if (!piece) return refused(piece.error());
            const double area = planarArea(*piece).value;
            if (isRounding(*piece)) continue;
            if (area > largest) largest = area, home = owner.fid;
            pieces[owner.fid] = std::move(*piece);
        }
        pieces.erase(home);
        for (const auto& [owner, piece] : pieces) {
            const auto& land = std::find_if(coarseAfter.begin(), coarseAfter.end(), [&](const auto& z) { return z.fid == owner; })->geometry;
            std::vector<coverage::Zone> candidates;
            for (const coverage::Zone& other : zonesOf(work)) {
                if (other.fid == fid) continue;
                const Result<MultiPolygon> inside = geos::intersection(other.geometry, land);
                if (inside && planarArea(*inside).value * 2 > planarArea(other.geometry).value) candidates.push_back(other);
            }
            const Result<Point> place = geos::pointInside(piece);
            const auto to = receiver(piece, candidates);
            if (!to) return linkRefuses(fineLayer, "no zone there takes the land", place.value_or(Point{}));
            Outcome<coverage::Applied> done = coverage::apply(work, coverage::Transfer{fid, *to, land});
            if (!done && done.error().code == ErrorCode::BadArgument) continue;  // nothing of it on the grid
            if (!done) return tl::unexpected(done.error());
            steps.push_back(done->changes);
        }
    }
    std::vector<ZoneChange> fineChanges = joined(steps);
    Result<Hierarchy> after = hierarchyOf(zonesOf(work), coarseAfter);
    if (!after) return refused(after.error());
    std::set<Fid> owners;
    for (const ZoneChange& change : edited.applied.changes) owners.insert(change.zone);
    // Only coarse zones whose fine zones are all loaded can be formed anew; a changed zone's box was loaded whole.
    Outcome<std::vector<ZoneChange>> put = formedAnew(coarseAfter, *after, owners);
    if (!put) return tl::unexpected(put.error());
    for (const ZoneChange& change : *put) {
        for (ZoneChange& original : edited.applied.changes) {
            if (original.zone == change.zone) original.after = change.after;
        }
    }
    if (fineChanges.empty()) return std::nullopt;
    return LayerChange{&fineLayer, std::move(*fine), appliedFrom(std::move(fineChanges))};
}

Result<std::int64_t> zoneCount(const plan::Plan& plan, const std::string& layer) {
    const auto count = plan.database().value("SELECT count(*) FROM " + plan::sqlName(layer));
    if (!count) return tl::unexpected(count.error());
    return std::atoll(count->value_or("0").c_str());
}

}  // namespace

Outcome<std::vector<LayerChange>> withLinkedLayers(const plan::Plan& plan, const catalogue::Catalogue& catalogue, LayerChange edited,
                                                   const coverage::Edit& edit) {
    std::vector<LayerChange> all;
    const catalogue::Layer& layer = *edited.layer;
    std::vector<catalogue::Link> links = layer.links;
    if (edited.around.coverage.options().outerMayMove && !layer.topology.of.empty()) {
        links.push_back({layer.topology.of, catalogue::LinkedEdit::Move});
    }
    std::vector<LayerChange> followers;
    for (const catalogue::Link& link : links) {
        const catalogue::Layer* linked = catalogue.find(link.layer);
        const Result<bool> there = plan.hasLayer(link.layer);
        if (!there) return refused(there.error());
        if (linked == nullptr || !*there) continue;
        const Result<std::int64_t> others = zoneCount(plan, link.layer);
        if (!others) return refused(others.error());
        if (*others == 0) continue;
        const Result<std::int64_t> own = zoneCount(plan, layer.id);
        if (!own) return refused(own.error());
        Outcome<std::optional<LayerChange>> follows = isVertexEdit(edit)   ? repeated(plan, *linked, edit)
                                                      : *others <= *own ? coarseFollows(plan, *linked, edited)
                                                                        : fineFollows(plan, *linked, edited);
        if (!follows) return tl::unexpected(follows.error());
        if (!*follows) continue;
        if (link.onEdit == catalogue::LinkedEdit::Refuse) {
            const Box box = boxOfChanges((*follows)->applied.changes);
            return linkRefuses(*linked, "its boundary would move", {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2});
        }
        followers.push_back(std::move(**follows));
    }
    all.push_back(std::move(edited));
    for (LayerChange& follower : followers) all.push_back(std::move(follower));
    return all;
}

}  // namespace zonewright::editing
