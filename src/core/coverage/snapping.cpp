#include "core/coverage/snapping.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/coverage/outcome.h"

namespace zonewright::coverage {
namespace {

struct Candidate {
    SnapKind kind;
    double distance;  ///< mm
    std::uint32_t layer;
    Fid feature;
    GridPoint place;

    [[nodiscard]] auto order() const { return std::tie(kind, distance, layer, feature, place); }
};

double distanceBetween(Point p, GridPoint q) {
    return std::hypot(p.x * kGridPerMetre - static_cast<double>(q.x),
                      p.y * kGridPerMetre - static_cast<double>(q.y));
}

/// The grid point nearest to the foot of the perpendicular, kept within the segment's ends.
GridPoint footOn(Point p, GridPoint a, GridPoint b) {
    const double dx = static_cast<double>(b.x - a.x);
    const double dy = static_cast<double>(b.y - a.y);
    const double px = p.x * kGridPerMetre - static_cast<double>(a.x);
    const double py = p.y * kGridPerMetre - static_cast<double>(a.y);
    const double t = std::clamp((px * dx + py * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    return {a.x + std::llround(t * dx), a.y + std::llround(t * dy)};
}

void addPoints(const std::vector<Point>& points, std::vector<std::pair<GridPoint, GridPoint>>& out) {
    std::optional<GridPoint> last;
    for (const Point& p : points) {
        if (!isPosition(p)) {
            last.reset();
            continue;
        }
        const GridPoint g = toGrid(p);
        if (last && *last != g) out.emplace_back(*last, g);
        last = g;
    }
}

std::vector<std::pair<GridPoint, GridPoint>> segmentsOf(const Geometry& geometry) {
    std::vector<std::pair<GridPoint, GridPoint>> out;
    const auto addPoint = [&](const Point& p) {
        if (isPosition(p)) out.emplace_back(toGrid(p), toGrid(p));
    };
    if (const auto* point = std::get_if<Point>(&geometry)) addPoint(*point);
    if (const auto* points = std::get_if<MultiPoint>(&geometry))
        std::for_each(points->points.begin(), points->points.end(), addPoint);
    if (const auto* line = std::get_if<LineString>(&geometry)) addPoints(*line, out);
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) {
        for (const LineString& line : lines->lines) addPoints(line, out);
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : polygons->polygons) {
            for (const Ring& ring : polygon.rings) addPoints(ring, out);
        }
    }
    return out;
}

}  // namespace

Snapper::Snapper(std::span<const SnapLayer> layers) {
    std::vector<GridBox> boxes;
    for (const SnapLayer& layer : layers) {
        for (const auto& [feature, geometry] : layer.features) {
            for (const auto& [a, b] : segmentsOf(geometry)) {
                mSegments.push_back({a, b, static_cast<std::uint32_t>(mLayers.size()), feature});
                boxes.push_back(GridBox::of(a, b));
            }
        }
        mLayers.push_back(layer.id);
    }
    mTree = BoxTree(boxes);
}

std::vector<Snap> Snapper::candidates(Point position, Metres tolerance) const {
    if (!isPosition(position) || !(tolerance.value >= 0)) return {};
    const double reach = std::min(tolerance.value * kGridPerMetre, 1e9);
    const GridPoint centre = toGrid(position);
    std::vector<std::uint32_t> near;
    mTree.query(GridBox::of(centre, centre).grownBy(static_cast<std::int64_t>(reach) + 1),
                [&](std::uint32_t i) { near.push_back(i); });
    std::sort(near.begin(), near.end());
    std::vector<Candidate> found;
    const auto consider = [&](SnapKind kind, const Segment& s, GridPoint place) {
        const double distance = distanceBetween(position, place);
        if (distance <= reach) found.push_back({kind, distance, s.layer, s.feature, place});
    };
    std::vector<std::uint32_t> close;  // segments that come within reach; only these can cross there
    for (const std::uint32_t i : near) {
        const Segment& s = mSegments[i];
        consider(SnapKind::Vertex, s, s.a);
        if (s.a == s.b) continue;
        consider(SnapKind::Vertex, s, s.b);
        const GridPoint foot = footOn(position, s.a, s.b);
        if (distanceBetween(position, foot) <= reach + 1) close.push_back(i);
        if (foot != s.a && foot != s.b) consider(SnapKind::Edge, s, foot);
    }
    for (std::size_t i = 0; i < close.size(); ++i) {
        for (std::size_t j = i + 1; j < close.size(); ++j) {
            const Segment& s = mSegments[close[i]];
            const Segment& t = mSegments[close[j]];
            if (meeting(s.a, s.b, t.a, t.b) == Meeting::Crossing)
                consider(SnapKind::Intersection, s, crossingPoint(s.a, s.b, t.a, t.b));
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Candidate& a, const Candidate& b) { return a.order() < b.order(); });
    const auto same = [](const Candidate& a, const Candidate& b) {
        return a.kind == b.kind && a.place == b.place && a.layer == b.layer && a.feature == b.feature;
    };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
    std::vector<Snap> out;
    for (const Candidate& c : found)
        out.push_back(
            {c.kind, toPoint(c.place), Metres(c.distance / kGridPerMetre), mLayers[c.layer], c.feature});
    return out;
}

std::optional<Snap> Snapper::best(Point position, Metres tolerance) const {
    std::vector<Snap> all = candidates(position, tolerance);
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

LineString Snapper::snapped(const LineString& line, Metres tolerance) const {
    LineString out;
    for (const Point& p : line) {
        const std::optional<Snap> snap = best(p, tolerance);
        out.push_back(snap ? snap->place : p);
    }
    return out;
}

}  // namespace zonewright::coverage
