#include "core/plan/source/validity.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace zonewright::plan::source {
namespace {

/// Sign of the turn a -> b -> c, or 0 when rounding could have changed it.
/// Source: Shewchuk 1997, Adaptive precision floating-point arithmetic and fast robust predicates, error bound A.
int certainTurn(Point a, Point b, Point c) {
    constexpr double kBound = 4e-16;
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    const double turn = left - right;
    const double error = kBound * (std::abs(left) + std::abs(right));
    return turn > error ? 1 : (turn < -error ? -1 : 0);
}

bool certainlyApart(Point a, Point b, Point c, Point d) {
    const int c1 = certainTurn(a, b, c);
    if (c1 != 0 && c1 == certainTurn(a, b, d)) return true;
    const int a1 = certainTurn(c, d, a);
    return a1 != 0 && a1 == certainTurn(c, d, b);
}

/// Edges a-b and b-c meet in b only.
bool meetsOnceOnly(Point a, Point b, Point c) {
    if (certainTurn(a, b, c) != 0) return true;
    return (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) > 0;
}

struct Edge {
    double minX;
    double maxX;
    double minY;
    double maxY;
    std::size_t index;
};

bool usable(Point p) {
    constexpr double kFarthest = 1e9;
    return std::abs(p.x) <= kFarthest && std::abs(p.y) <= kFarthest;  // false for NaN too
}

std::optional<geos::Invalidity> lineFault(const LineString& line) {
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] != line[0]) return std::nullopt;
    }
    return geos::Invalidity{"Too few points in line", line.empty() ? Point{} : line.front()};
}

constexpr std::array<std::array<std::string_view, 3>, 17> kReasons{{{"Self-intersection", "self_intersection", "自相交"},
                                                                    {"Ring Self-intersection", "ring_self_intersection", "环自相接"},
                                                                    {"Too few points in ring", "too_few_points", "环的点数不足"},
                                                                    {"Too few points in geometry component", "too_few_points", "点数不足"},
                                                                    {"Too few points in line", "too_few_points", "线的点数不足"},
                                                                    {"Ring is not closed", "unclosed_ring", "环未闭合"},
                                                                    {"Hole lies outside shell", "hole_outside_shell", "洞在外环之外"},
                                                                    {"Holes are nested", "nested_holes", "洞中有洞"},
                                                                    {"Nested shells", "nested_shells", "外环相套"},
                                                                    {"Duplicate Rings", "duplicate_rings", "环重复"},
                                                                    {"Interior is disconnected", "disconnected_interior", "内部不连通"},
                                                                    {"Invalid Coordinate", "not_finite", "坐标无效"},
                                                                    {"Coordinate out of range", "out_of_range", "坐标超出范围"},
                                                                    {"Empty geometry", "empty_geometry", "几何为空"},
                                                                    {"No geometry", "no_geometry", "没有几何"},
                                                                    {"coordinate is not a finite number", "not_finite", "坐标不是有限数"},
                                                                    {"truncated", "unreadable", "几何数据残缺"}}};

}  // namespace

bool isCertainlySimple(const Ring& ring) {
    if (ring.size() < 4 || ring.front() != ring.back()) return false;
    const std::size_t n = ring.size() - 1;
    thread_local std::vector<Edge> edges;
    edges.clear();
    for (std::size_t i = 0; i < n; ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1];
        if (a == b || !meetsOnceOnly(a, b, ring[i + 2 <= n ? i + 2 : 1])) return false;
        edges.push_back({std::min(a.x, b.x), std::max(a.x, b.x), std::min(a.y, b.y), std::max(a.y, b.y), i});
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.minX < b.minX; });
    std::size_t budget = 64 * n + 4096;  // shapes that defeat the sweep are left to GEOS
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n && edges[j].minX <= edges[i].maxX; ++j) {
            if (budget-- == 0) return false;
            if (edges[i].minY > edges[j].maxY || edges[j].minY > edges[i].maxY) continue;
            const std::size_t p = edges[i].index;
            const std::size_t q = edges[j].index;
            if (p + 1 == q || q + 1 == p || (p == 0 && q == n - 1) || (q == 0 && p == n - 1)) continue;
            if (!certainlyApart(ring[p], ring[p + 1], ring[q], ring[q + 1])) return false;
        }
    }
    return true;
}

Result<std::optional<geos::Invalidity>> faultOf(const Geometry& geometry) {
    std::optional<geos::Invalidity> fault;
    forEachPoint(geometry, [&](const Point& p) {
        if (!fault && !usable(p)) {
            const bool finite = std::isfinite(p.x) && std::isfinite(p.y);
            fault = geos::Invalidity{finite ? "Coordinate out of range" : "Invalid Coordinate", p};
        }
    });
    if (fault) return fault;
    if (const auto* line = std::get_if<LineString>(&geometry)) return lineFault(*line);
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) {
        for (const LineString& line : lines->lines) {
            if (auto found = lineFault(line)) return found;
        }
        return fault;
    }
    const auto* polygons = std::get_if<MultiPolygon>(&geometry);
    if (polygons == nullptr) return fault;
    const bool oneRing = polygons->polygons.size() == 1 && polygons->polygons.front().rings.size() == 1;
    if (oneRing && isCertainlySimple(polygons->polygons.front().rings.front())) return fault;
    return geos::invalidity(geometry);
}

std::string faultKind(std::string_view reason) {
    for (const auto& row : kReasons) {
        if (row[0] == reason) return std::string(row[1]);
    }
    return "unreadable";
}

std::string faultInChinese(std::string_view reason) {
    for (const auto& row : kReasons) {
        if (row[0] == reason) return std::string(row[2]);
    }
    return std::string(reason);
}

}  // namespace zonewright::plan::source
