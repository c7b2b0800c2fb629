#pragma once

#include <algorithm>
#include <limits>
#include <variant>
#include <vector>

namespace zonewright {

/// A position in a CRS that its owner names; x is easting (or longitude), y northing (or latitude), whatever the
/// authority's axis order says.
struct Point {
    double x = 0;
    double y = 0;
    auto operator<=>(const Point&) const = default;
};

/// Closed: the last point repeats the first.
using Ring = std::vector<Point>;
using LineString = std::vector<Point>;

struct MultiLineString {
    std::vector<LineString> lines;
    bool operator==(const MultiLineString&) const = default;
};

/// rings[0] is the shell, the others are its holes.
struct Polygon {
    std::vector<Ring> rings;
    bool operator==(const Polygon&) const = default;
};

struct MultiPolygon {
    std::vector<Polygon> polygons;
    bool operator==(const MultiPolygon&) const = default;
};

struct MultiPoint {
    std::vector<Point> points;
    bool operator==(const MultiPoint&) const = default;
};

/// Any geometry of a feature; `std::monostate` is "no geometry". Single polygons are kept as MultiPolygon.
using Geometry = std::variant<std::monostate, Point, MultiPoint, LineString, MultiLineString, MultiPolygon>;

struct Box {
    double minX = std::numeric_limits<double>::infinity();
    double minY = std::numeric_limits<double>::infinity();
    double maxX = -std::numeric_limits<double>::infinity();
    double maxY = -std::numeric_limits<double>::infinity();

    [[nodiscard]] bool empty() const { return !(minX <= maxX && minY <= maxY); }
    [[nodiscard]] bool intersects(const Box& o) const {
        return minX <= o.maxX && o.minX <= maxX && minY <= o.maxY && o.minY <= maxY;
    }
    [[nodiscard]] bool contains(const Box& o) const {
        return minX <= o.minX && minY <= o.minY && maxX >= o.maxX && maxY >= o.maxY;
    }
    void add(Point p) {
        minX = std::min(minX, p.x);
        minY = std::min(minY, p.y);
        maxX = std::max(maxX, p.x);
        maxY = std::max(maxY, p.y);
    }
    void add(const Box& o) {
        minX = std::min(minX, o.minX);
        minY = std::min(minY, o.minY);
        maxX = std::max(maxX, o.maxX);
        maxY = std::max(maxY, o.maxY);
    }
    [[nodiscard]] Box grownBy(double distance) const {
        return {minX - distance, minY - distance, maxX + distance, maxY + distance};
    }
    bool operator==(const Box&) const = default;
};

/// Calls `visit(Point&)` (or `const Point&`) for every vertex in stored order.
template <typename G, typename Visit>
void forEachPoint(G& geometry, Visit&& visit) {
    using Plain = std::remove_const_t<G>;
    if constexpr (std::is_same_v<Plain, Point>) {
        visit(geometry);
    } else if constexpr (std::is_same_v<Plain, MultiPoint>) {
        for (auto& p : geometry.points) visit(p);
    } else if constexpr (std::is_same_v<Plain, LineString>) {
        for (auto& p : geometry) visit(p);
    } else if constexpr (std::is_same_v<Plain, MultiLineString>) {
        for (auto& line : geometry.lines) forEachPoint(line, visit);
    } else if constexpr (std::is_same_v<Plain, Polygon>) {
        for (auto& ring : geometry.rings) forEachPoint(ring, visit);
    } else if constexpr (std::is_same_v<Plain, MultiPolygon>) {
        for (auto& polygon : geometry.polygons) forEachPoint(polygon, visit);
    } else if constexpr (std::is_same_v<Plain, Geometry>) {
        std::visit([&](auto& g) { forEachPoint(g, visit); }, geometry);
    }
}

template <typename G>
[[nodiscard]] Box boxOf(const G& geometry) {
    Box box;
    forEachPoint(geometry, [&](const Point& p) { box.add(p); });
    return box;
}

/// Requires: a box that is not empty.
[[nodiscard]] inline MultiPolygon polygonOf(const Box& b) {
    return {{Polygon{{Ring{{b.minX, b.minY}, {b.maxX, b.minY}, {b.maxX, b.maxY}, {b.minX, b.maxY}, {b.minX, b.minY}}}}}};
}

/// The place of a segment that is nearest to a point.
struct OnSegment {
    Point point;
    double along = 0;          ///< share of the segment before it, 0 to 1
    double squaredLength = 0;  ///< of the segment
};
[[nodiscard]] inline OnSegment nearestOnSegment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    const double t = squared > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0) : 0.0;
    return {{a.x + t * dx, a.y + t * dy}, t, squared};
}

}  // namespace zonewright
