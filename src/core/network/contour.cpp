#include "core/network/contour.h"

#include <algorithm>
#include <numeric>

#include "core/geometry/measure.h"

namespace zonewright::network {
namespace {

constexpr std::uint32_t kNoRing = ~std::uint32_t{0};

bool isUpwards(std::uint64_t side) { return (side & 1) != 0; }
std::uint64_t rowOf(std::uint64_t side) { return side >> 32; }

std::size_t positionOf(const std::vector<ContourStep>& sorted, std::uint64_t side) {
    return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), side, [](const ContourStep& s, std::uint64_t v) { return s.from < v; }) - sorted.begin());
}

/// Three points in a line need no middle one.
void addVertex(Ring& ring, Point p) {
    while (ring.size() >= 2) {
        const Point a = ring[ring.size() - 2];
        const Point b = ring.back();
        if ((b.x - a.x) * (p.y - b.y) != (b.y - a.y) * (p.x - b.x)) break;
        ring.pop_back();
    }
    ring.push_back(p);
}

std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t r) {
    while (parent[r] != r) r = parent[r] = parent[parent[r]];
    return r;
}

/// Along a row of the lattice the inside runs from one crossing to the next: the rings of both bound one polygon.
std::vector<std::uint32_t> ringsOfOnePolygon(const std::vector<ContourStep>& sorted, const std::vector<std::uint32_t>& ringOf, std::size_t rings) {
    std::vector<std::uint32_t> parent(rings);
    std::iota(parent.begin(), parent.end(), 0U);
    std::uint32_t open = kNoRing;
    std::uint64_t row = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (isUpwards(sorted[i].from)) continue;
        if (open == kNoRing || rowOf(sorted[i].from) != row) {
            open = ringOf[i];
            row = rowOf(sorted[i].from);
            continue;
        }
        parent[root(parent, ringOf[i])] = root(parent, open);
        open = kNoRing;
    }
    for (std::uint32_t r = 0; r < rings; ++r) parent[r] = root(parent, r);
    return parent;
}

}  // namespace

MultiPolygon polygonsOf(std::vector<ContourStep> steps) {
    std::sort(steps.begin(), steps.end(), [](const ContourStep& a, const ContourStep& b) { return a.from < b.from; });
    std::vector<std::uint32_t> ringOf(steps.size(), kNoRing);
    std::vector<Ring> rings;
    for (std::size_t first = 0; first < steps.size(); ++first) {
        if (ringOf[first] != kNoRing) continue;
        const auto number = static_cast<std::uint32_t>(rings.size());
        Ring ring;
        for (std::size_t i = first; ringOf[i] == kNoRing; i = positionOf(steps, steps[i].to)) {
            ringOf[i] = number;
            addVertex(ring, steps[i].start);
        }
        addVertex(ring, ring.front());
        rings.push_back(std::move(ring));
    }

    const std::vector<std::uint32_t> group = ringsOfOnePolygon(steps, ringOf, rings.size());
    MultiPolygon out;
    std::vector<std::uint32_t> polygonOf(rings.size(), kNoRing);
    for (std::uint32_t r = 0; r < rings.size(); ++r) {
        if (signedArea(rings[r]).value <= 0) continue;
        polygonOf[group[r]] = static_cast<std::uint32_t>(out.polygons.size());
        out.polygons.push_back({{std::move(rings[r])}});
        rings[r].clear();
    }
    for (std::uint32_t r = 0; r < rings.size(); ++r) {
        if (!rings[r].empty()) out.polygons[polygonOf[group[r]]].rings.push_back(std::move(rings[r]));
    }
    return out;
}

}  // namespace zonewright::network
