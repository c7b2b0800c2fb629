#include "core/geometry/grid.h"

#include <cmath>

namespace zonewright {
namespace {

void dropRepeats(std::vector<Point>& points) {
    points.erase(std::unique(points.begin(), points.end()), points.end());
}

void snapInPlace(std::monostate&) {}
void snapInPlace(Point& p) { p = snapped(p); }
void snapInPlace(MultiPoint& g) {
    for (Point& p : g.points) p = snapped(p);
}
void snapInPlace(LineString& line) {
    for (Point& p : line) p = snapped(p);
    dropRepeats(line);
}
void snapInPlace(MultiLineString& g) {
    for (LineString& line : g.lines) snapInPlace(line);
    std::erase_if(g.lines, [](const LineString& line) { return line.size() < 2; });
}
void snapInPlace(MultiPolygon& g) {
    for (Polygon& polygon : g.polygons) {
        for (Ring& ring : polygon.rings) snapInPlace(ring);
        if (!polygon.rings.empty() && polygon.rings.front().size() < 4) polygon.rings.clear();
        std::erase_if(polygon.rings, [](const Ring& ring) { return ring.size() < 4; });
    }
    std::erase_if(g.polygons, [](const Polygon& polygon) { return polygon.rings.empty(); });
}

}  // namespace

GridPoint toGrid(Point p) { return {std::llround(p.x * kGridPerMetre), std::llround(p.y * kGridPerMetre)}; }

Point toPoint(GridPoint p) {
    return {static_cast<double>(p.x) / kGridPerMetre, static_cast<double>(p.y) / kGridPerMetre};
}

Point snapped(Point p) { return toPoint(toGrid(p)); }

bool isOnGrid(Point p) { return snapped(p) == p; }

Geometry snapped(Geometry geometry) {
    std::visit([](auto& g) { snapInPlace(g); }, geometry);
    return geometry;
}

__int128 twiceAreaOnGrid(const std::vector<GridPoint>& ring) {
    if (ring.size() < 3) return 0;
    const GridPoint origin = ring.front();
    __int128 sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const GridPoint& a = ring[i];
        const GridPoint& b = ring[(i + 1) % ring.size()];
        sum += static_cast<__int128>(a.x - origin.x) * (b.y - origin.y) - static_cast<__int128>(b.x - origin.x) * (a.y - origin.y);
    }
    return sum;
}

int orientation(GridPoint a, GridPoint b, GridPoint c) {
    const __int128 turn = static_cast<__int128>(b.x - a.x) * (c.y - a.y) - static_cast<__int128>(b.y - a.y) * (c.x - a.x);
    return turn > 0 ? 1 : (turn < 0 ? -1 : 0);
}

}  // namespace zonewright
