#include "core/analysis/siting/measures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/row_view.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "core/geometry/overlay.h"

namespace zonewright::analysis::siting {

namespace {

constexpr double kMeeting = 1e-6;  ///< a thousandth of the plan's grid

bool holdsAny(const Linework& outer, const Linework& inner) {
    return std::any_of(inner.representatives().begin(), inner.representatives().end(), [&](Point p) { return outer.surrounds(p); });
}

}  // namespace

std::optional<Metres> Position::distance() const {
    if (standing != Standing::Apart) return Metres(0);
    return nearness ? std::optional(nearness->distance) : std::nullopt;
}

Position positionOf(const Pair& pair, Metres farthest) {
    Position position;
    const Linework& site = *pair.siteLines;
    const Linework& constraint = *pair.constraintLines;
    position.nearness = site.nearest(constraint, farthest);
    if (position.nearness && position.nearness->distance.value < kMeeting) {
        position.standing = Standing::Unclear;
        return position;
    }
    // The lines keep clear of one another, so that one point of a ring speaks for all of it.
    const bool holdsConstraint = holdsAny(site, constraint);
    const auto& places = site.representatives();
    const auto inside = std::count_if(places.begin(), places.end(), [&](Point p) { return constraint.surrounds(p); });
    if (inside == 0 && !holdsConstraint) position.standing = Standing::Apart;
    else if (static_cast<std::size_t>(inside) == places.size() && !holdsConstraint) position.standing = Standing::Inside;
    else position.standing = Standing::Unclear;
    return position;
}

}  // namespace zonewright::analysis::siting

namespace zonewright::analysis::siting::detail {

Measure missed(const Position& position) {
    return {.hit = false, .certain = false, .distance = position.distance().value_or(Metres(std::numeric_limits<double>::infinity())), .geometry = {}};
}

MultiPolygon partNear(const MultiPolygon& polygons, const Linework& lines, const Box& box) {
    // Off the round numbers, so that no vertex comes to lie on the window's edge.
    std::optional<MultiPolygon> part = lines.within(box.grownBy(1.0137));
    return part ? std::move(*part) : polygons;
}

Result<bool> reachesDeeper(const Geometry& part, const Linework& lines, const MultiPolygon& polygons, Metres depth) {
    if (depth.value <= 0) return !boxOf(part).empty();
    const auto isDeep = [&](Point p) { return lines.surrounds(p) && !lines.nearest(Linework(p), depth); };
    bool deep = false;
    forEachPoint(part, [&](const Point& p) { deep = deep || isDeep(p); });
    if (deep) return true;
    if (const Result<Point> middle = geos::pointInside(part); middle && isDeep(*middle)) return true;
    return reachesDeeper(part, partNear(polygons, lines, boxOf(part).grownBy(2 * depth.value)), depth);
}

bool isPolygonal(const Geometry& geometry) { return std::holds_alternative<MultiPolygon>(geometry); }

bool isLinear(const Geometry& geometry) {
    return std::holds_alternative<LineString>(geometry) || std::holds_alternative<MultiLineString>(geometry);
}

MultiLineString linesOf(const Geometry& geometry) { return {analysis::linesOf(geometry)}; }

namespace {

void addRuns(MultiLineString& out, const std::vector<Point>& line, const Box& box) {
    bool open = false;
    for (std::size_t i = 1; i < line.size(); ++i) {
        Box segment;
        segment.add(line[i - 1]);
        segment.add(line[i]);
        if (!segment.intersects(box)) {
            open = false;
            continue;
        }
        if (!open) out.lines.push_back({line[i - 1]});
        out.lines.back().push_back(line[i]);
        open = true;
    }
}

double perimeter(const MultiPolygon& polygons) {
    double sum = 0;
    for (const Polygon& polygon : polygons.polygons) {
        for (const Ring& ring : polygon.rings) sum += planarLength(ring).value;
    }
    return sum;
}

/// A closed line whose buffer closes up inside leaves an inverted ring in it (GEOS 3.11); two open lines do not.
void openRings(MultiLineString& lines) {
    const std::size_t count = lines.lines.size();
    for (std::size_t i = 0; i < count; ++i) {
        LineString& line = lines.lines[i];
        if (line.size() < 4 || line.front() != line.back()) continue;
        const auto middle = line.begin() + static_cast<std::ptrdiff_t>(line.size() / 2);
        LineString second(middle, line.end());
        line.erase(middle + 1, line.end());
        lines.lines.push_back(std::move(second));
    }
}

}  // namespace

MultiLineString lineworkNear(const Geometry& geometry, const Box& box) {
    MultiLineString out;
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : polygons->polygons) {
            for (const Ring& ring : polygon.rings) addRuns(out, ring, box);
        }
    } else {
        for (const LineString& line : linesOf(geometry).lines) addRuns(out, line, box);
    }
    openRings(out);
    return out;
}

bool isMoreThanTouching(const MultiPolygon& overlap) {
    constexpr double kGrid = 0.001;
    return 2 * planarArea(overlap).value > kGrid * perimeter(overlap);
}

Result<Geometry> partInside(const Geometry& site, const MultiPolygon& polygons) {
    if (const auto* area = std::get_if<MultiPolygon>(&site)) {
        if (auto part = crossingIntersection(*area, polygons)) return Geometry(std::move(*part));
        return geos::intersection(*area, polygons).map([](MultiPolygon p) { return Geometry(std::move(p)); });
    }
    if (isLinear(site)) {
        return geos::clipped(linesOf(site), polygons).map([](MultiLineString l) { return Geometry(std::move(l)); });
    }
    MultiPoint inside;
    std::optional<Error> fault;
    forEachPoint(site, [&](const Point& p) {
        const Result<bool> in = geos::interiorsMeet(p, polygons);
        if (!in) fault = in.error();
        else if (*in) inside.points.push_back(p);
    });
    if (fault) return tl::unexpected(*fault);
    return Geometry(std::move(inside));
}

Result<bool> reachesDeeper(const Geometry& part, const MultiPolygon& polygons, Metres depth) {
    const Box box = boxOf(part);
    if (box.empty()) return false;
    if (depth.value <= 0) return true;
    const Box near = box.grownBy(depth.value);
    const MultiLineString edge = lineworkNear(polygons, near);
    if (edge.lines.empty()) return true;  // no boundary near: the part, which lies inside, lies deep inside
    const Result<MultiPolygon> band = geos::buffer(edge, depth);
    if (!band) return tl::unexpected(band.error());
    const Result<MultiPolygon> here = geos::intersection(polygons, polygonOf(near));
    if (!here) return tl::unexpected(here.error());
    const Result<MultiPolygon> core = geos::difference(*here, *band);
    if (!core) return tl::unexpected(core.error());
    if (core->polygons.empty()) return false;
    return geos::intersects(part, *core);
}

}  // namespace zonewright::analysis::siting::detail
