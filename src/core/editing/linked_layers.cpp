#include "core/editing/linked_layers.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "core/coverage/balance.h"
#include "core/geometry/geos.h"
#include "core/geometry/grid.h"
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
    const auto run = [&](const coverage::Edit& step) -> Outcome<bool> {
        Outcome<coverage::Applied> done = coverage::apply(work, step);
        if (!done && done.error().code == ErrorCode::BadArgument) return false;  // nothing there, or nothing to change
        if (!done) return tl::unexpected(done.error());
        steps.push_back(std::move(done->changes));
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
    return LayerChange{&layer, std::move(*around), coverage::balanced(joined(steps))};
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
    return LayerChange{&coarseLayer, std::move(*coarse), coverage::balanced(std::move(*changes))};
}

/// True when the course lies on the straight way between its ends: a layer that does not follow keeps its shape.
bool isStraight(const LineString& course) {
    const auto grid = [](Point p) { return toGrid(p); };
    return std::all_of(course.begin(), course.end(), [&](Point p) { return orientation(grid(course.front()), grid(course.back()), grid(p)) == 0; });
}

Outcome<void> follow(coverage::Coverage& work, std::pair<const catalogue::Layer&, const LineString&> what, std::vector<std::vector<ZoneChange>>& steps) {
    const auto& [layer, course] = what;
    Outcome<coverage::Applied> done = coverage::followCourse(work, course);
    if (done) steps.push_back(std::move(done->changes));
    else if (!isStraight(course)) return linkRefuses(layer, done.error().detail, course.front());
    return {};
}

/// A layer whose edges take new courses: where a line ends on the outer boundary of one partition, the edge there bends by
/// up to 1 mm, and its parent and its sisters bend with it.
Outcome<std::optional<LayerChange>> bent(const plan::Plan& plan, const catalogue::Layer& layer, const std::vector<LineString>& courses) {
    Box box;
    for (const LineString& course : courses) box.add(boxOf(course));
    Result<Neighbourhood> around = neighbourhoodAround(plan, layer, box, {true});
    if (!around) return refused(around.error());
    coverage::Coverage work = around->coverage;
    std::vector<std::vector<ZoneChange>> steps;
    for (const LineString& course : courses) {
        if (auto done = follow(work, {layer, course}, steps); !done) return tl::unexpected(done.error());
    }
    std::vector<ZoneChange> changes = joined(steps);
    if (changes.empty()) return std::nullopt;
    return LayerChange{&layer, std::move(*around), coverage::balanced(std::move(changes))};
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
    std::vector<LineString> bends;  // of the outer boundary, by the steps here
    for (const LineString& course : edited.applied.outerCourses) {
        if (auto done = follow(work, {fineLayer, course}, steps); !done) return tl::unexpected(done.error());
    }
    for (const Fid fid : fine->coverage.fids()) {
        const MultiPolygon zone = *work.find(fid);
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
            if (!edited.around.coverage.find(owner)) {  // a coarse zone that the edit makes: what is cut off stays by itself
                Outcome<coverage::Applied> made = coverage::apply(work, coverage::NewZone{piece});
                if (!made) return tl::unexpected(made.error());
                bends.insert(bends.end(), made->outerCourses.begin(), made->outerCourses.end());
                steps.push_back(std::move(made->changes));
                continue;
            }
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
            bends.insert(bends.end(), done->outerCourses.begin(), done->outerCourses.end());
            steps.push_back(done->changes);
        }
    }
    edited.applied.outerCourses.insert(edited.applied.outerCourses.end(), bends.begin(), bends.end());
    std::vector<ZoneChange> fineChanges = joined(steps);
    Result<Hierarchy> after = hierarchyOf(zonesOf(work), coarseAfter);
    if (!after) return refused(after.error());
    std::set<Fid> owners;
    for (const ZoneChange& change : edited.applied.changes) owners.insert(change.zone);
    // Only coarse zones whose fine zones are all loaded can be formed anew; a changed zone's box was loaded whole.
    Outcome<std::vector<ZoneChange>> put = formedAnew(coarseAfter, *after, owners);
    if (!put) return tl::unexpected(put.error());
    if (!put->empty()) {
        std::vector<ZoneChange> changes = std::move(edited.applied.changes);
        for (const ZoneChange& change : *put) {
            for (ZoneChange& original : changes) {
                if (original.zone == change.zone) original.after = change.after;
            }
        }
        std::vector<LineString> courses = std::move(edited.applied.outerCourses);
        edited.applied = coverage::balanced(std::move(changes));
        edited.applied.outerCourses = std::move(courses);
    }
    if (fineChanges.empty()) return std::nullopt;
    return LayerChange{&fineLayer, std::move(*fine), coverage::balanced(std::move(fineChanges))};
}

/// The rings' corners; a vertex on the straight way between its neighbours is none.
std::vector<GridPoint> corners(const MultiPolygon& geometry) {
    std::vector<GridPoint> out;
    for (const Polygon& polygon : geometry.polygons) {
        for (const Ring& ring : polygon.rings) {
            std::vector<GridPoint> kept;
            const std::size_t count = ring.empty() ? 0 : ring.size() - 1;
            const auto isStraightAt = [](GridPoint a, GridPoint b, GridPoint c) { return orientation(a, b, c) == 0; };
            for (std::size_t i = 0; i < count; ++i) {
                const GridPoint p = toGrid(ring[i]);
                while (kept.size() > 1 && isStraightAt(kept[kept.size() - 2], kept.back(), p)) kept.pop_back();
                kept.push_back(p);
            }
            while (kept.size() > 3 && isStraightAt(kept[kept.size() - 2], kept.back(), kept.front())) kept.pop_back();
            while (kept.size() > 3 && isStraightAt(kept.back(), kept.front(), kept[1])) kept.erase(kept.begin());
            out.insert(out.end(), kept.begin(), kept.end());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// True when, with `fineChanges`, every coarse zone that `edited` changes still is the union of its fine zones.
Outcome<bool> staysNested(const plan::Plan& plan, const catalogue::Layer& fineLayer, const LayerChange& edited,
                          const std::vector<ZoneChange>& fineChanges) {
    Outcome<Neighbourhood> fine = zonesUnder(plan, fineLayer, boxOfChanges(edited.applied.changes));
    if (!fine) return tl::unexpected(fine.error());
    const std::vector<coverage::Zone> before = zonesOf(edited.around.coverage);
    const Result<Hierarchy> nested = hierarchyOf(zonesOf(fine->coverage), before);
    if (!nested) return refused(nested.error());
    const std::vector<coverage::Zone> fineAfter = changed(nested->fine, fineChanges);
    for (const ZoneChange& change : edited.applied.changes) {
        std::vector<coverage::Zone> members;
        for (const coverage::Zone& zone : fineAfter) {
            const auto owner = nested->owner.find(zone.fid);
            if (owner != nested->owner.end() && owner->second == change.zone) members.push_back(zone);
        }
        if (members.empty() || !change.after) return false;
        const Outcome<MultiPolygon> made = outline(std::move(members));
        if (!made || corners(*made) != corners(*change.after)) return false;
    }
    return true;
}

/// After a vertex edit of the coarse level: the same edit in the fine level, so that a boundary of fine zones that ends
/// there comes along. Where that would not fit (the vertex is an end there, or an edge has more vertices) land changes
/// hands instead.
Outcome<std::optional<LayerChange>> fineRepeats(const plan::Plan& plan, const catalogue::Layer& fineLayer, LayerChange& edited,
                                                const coverage::Edit& edit) {
    Outcome<std::optional<LayerChange>> same = repeated(plan, fineLayer, edit);
    if (same) {
        const Outcome<bool> fits = staysNested(plan, fineLayer, edited, *same ? (*same)->applied.changes : std::vector<ZoneChange>{});
        if (!fits) return tl::unexpected(fits.error());
        if (*fits) return same;
    }
    Outcome<std::optional<LayerChange>> exchanged = fineFollows(plan, fineLayer, edited);
    return exchanged || same ? std::move(exchanged) : std::move(same);
}

Result<std::int64_t> zoneCount(const plan::Plan& plan, const std::string& layer) {
    // The count that the file keeps for readers; counting rows takes longer the more there are.
    auto count = plan.database().value("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = " + plan::sqlText(layer));
    if (!count || !*count) count = plan.database().value("SELECT count(*) FROM " + plan::sqlName(layer));
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
        Outcome<std::optional<LayerChange>> follows = *others <= *own     ? coarseFollows(plan, *linked, edited)
                                                      : isVertexEdit(edit) ? fineRepeats(plan, *linked, edited, edit)
                                                                           : fineFollows(plan, *linked, edited);
        if (!follows) return tl::unexpected(follows.error());
        if (!*follows) continue;
        if (link.onEdit == catalogue::LinkedEdit::Refuse) {
            const Box box = boxOfChanges((*follows)->applied.changes);
            return linkRefuses(*linked, "its boundary would move", {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2});
        }
        followers.push_back(std::move(**follows));
    }
    if (!edited.applied.outerCourses.empty() && !layer.topology.of.empty() && !edited.around.coverage.options().outerMayMove) {
        for (const catalogue::Layer& other : catalogue.layers) {
            const bool isParent = other.id == layer.topology.of;
            const bool isSister = other.topology.kind == catalogue::TopologyKind::Partition && other.topology.of == layer.topology.of;
            const bool follows = std::any_of(followers.begin(), followers.end(), [&](const LayerChange& f) { return f.layer == &other; });
            const Result<bool> there = plan.hasLayer(other.id);
            if (!there) return refused(there.error());
            if ((!isParent && !isSister) || follows || &other == &layer || !*there) continue;
            Outcome<std::optional<LayerChange>> follower = bent(plan, other, edited.applied.outerCourses);
            if (!follower) return tl::unexpected(follower.error());
            if (*follower) followers.push_back(std::move(**follower));
        }
    }
    all.push_back(std::move(edited));
    for (LayerChange& follower : followers) all.push_back(std::move(follower));
    return all;
}

}  // namespace zonewright::editing
