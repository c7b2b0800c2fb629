#include "validity.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include <tbb/parallel_for.h>

#include "core/geometry/geos.h"
#include "predicates.h"

namespace zonewright::intensity {
namespace {

struct Edge {
    Point a;
    Point b;
    double minX, maxX, minY, maxY;
    std::uint32_t number;
};

/// True when a, b and c make a turn that rounding cannot have made up; its sign in `left`.
bool surelyTurns(Point a, Point b, Point c, bool& left) {
    const double l = (b.x - a.x) * (c.y - a.y);
    const double r = (b.y - a.y) * (c.x - a.x);
    left = l > r;
    return std::abs(l - r) > 3.3306690738754716e-16 * (std::abs(l) + std::abs(r));
}

/// True when the edges surely have no point in common.
bool surelyApart(const Edge& e, const Edge& f) {
    if (e.maxY < f.minY || f.maxY < e.minY || e.maxX < f.minX || f.maxX < e.minX) return true;
    bool la = false;
    bool lb = false;
    if (surelyTurns(e.a, e.b, f.a, la) && surelyTurns(e.a, e.b, f.b, lb) && la == lb) return true;
    return surelyTurns(f.a, f.b, e.a, la) && surelyTurns(f.a, f.b, e.b, lb) && la == lb;
}

/// Two edges that follow one another meet in their common vertex alone unless the second folds back on the
/// first.
bool surelyNoFold(Point a, Point b, Point c) {
    bool left = false;
    if (surelyTurns(a, b, c, left)) return true;
    return (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) > 0;
}

bool isSurelySimple(std::span<const Point> ring, std::vector<Edge>& edges) {
    const std::size_t n = ring.size();
    edges.clear();
    for (std::size_t i = 0; i < n; ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1 < n ? i + 1 : 0];
        if (!surelyNoFold(a, b, ring[(i + 2) % n])) return false;
        edges.push_back({a, b, std::min(a.x, b.x), std::max(a.x, b.x), std::min(a.y, b.y), std::max(a.y, b.y),
                         static_cast<std::uint32_t>(i)});
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& e, const Edge& f) { return e.minX < f.minX; });
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n && edges[j].minX <= edges[i].maxX; ++j) {
            const std::uint32_t apart = edges[i].number > edges[j].number ? edges[i].number - edges[j].number
                                                                          : edges[j].number - edges[i].number;
            if (apart == 1 || apart == n - 1) continue;
            if (!surelyApart(edges[i], edges[j])) return false;
        }
    }
    return true;
}

std::optional<InvalidPolygon> examined(const analysis::PolygonSet& set, std::uint32_t feature,
                                       std::vector<Edge>& scratch) {
    const auto [first, last] = set.ringsOf(feature);
    if (first == last) return std::nullopt;
    if (last - first == 1 && isSurelySimple(set.ring(first), scratch)) return std::nullopt;
    const auto invalid = geos::invalidity(set.polygons(feature));
    if (!invalid) return InvalidPolygon{feature, invalid.error().detail, set.ring(first).front()};
    if (!*invalid) return std::nullopt;
    return InvalidPolygon{feature, (*invalid)->reason, (*invalid)->place};
}

}  // namespace

std::vector<InvalidPolygon> invalidPolygons(const analysis::PolygonSet& set) {
    constexpr std::size_t kChunk = 2048;
    std::vector<std::vector<InvalidPolygon>> chunks((set.size() + kChunk - 1) / kChunk);
    tbb::parallel_for(std::size_t{0}, chunks.size(), [&](std::size_t c) {
        std::vector<Edge> scratch;
        for (std::size_t f = c * kChunk; f < std::min((c + 1) * kChunk, set.size()); ++f) {
            if (auto invalid = examined(set, static_cast<std::uint32_t>(f), scratch))
                chunks[c].push_back(std::move(*invalid));
        }
    });
    std::vector<InvalidPolygon> out;
    for (auto& chunk : chunks) std::move(chunk.begin(), chunk.end(), std::back_inserter(out));
    return out;
}

}  // namespace zonewright::intensity
