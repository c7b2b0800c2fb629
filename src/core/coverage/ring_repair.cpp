#include "core/coverage/ring_repair.h"

#include "core/geometry/grid.h"

namespace zonewright::coverage {
namespace {

bool folds(GridPoint a, GridPoint b, GridPoint c) {
    if (a == b || b == c) return true;
    if (orientation(a, b, c) != 0) return false;
    // straight on is no spike; back over itself is
    const auto along = static_cast<double>(b.x - a.x) * static_cast<double>(c.x - b.x) +
                       static_cast<double>(b.y - a.y) * static_cast<double>(c.y - b.y);
    return along < 0;
}

/// Positions in `ring` that stay, the closing point left out.
Ring cleaned(const Ring& ring) {
    Ring out(ring.begin(), ring.end());
    if (out.size() > 1 && toGrid(out.front()) == toGrid(out.back())) out.pop_back();
    bool changed = true;
    while (changed && out.size() >= 3) {
        changed = false;
        for (std::size_t i = 0; i < out.size() && out.size() >= 3;) {
            const GridPoint before = toGrid(out[i == 0 ? out.size() - 1 : i - 1]);
            const GridPoint here = toGrid(out[i]);
            const GridPoint after = toGrid(out[i + 1 == out.size() ? 0 : i + 1]);
            if (!folds(before, here, after)) {
                ++i;
                continue;
            }
            // Of a repeated pair the later one goes, so that a ring keeps its start.
            const std::size_t victim = here == after && i + 1 < out.size() ? i + 1 : i;
            out.erase(out.begin() + static_cast<std::ptrdiff_t>(victim));
            changed = true;
            if (i > 0) --i;
        }
    }
    if (out.size() < 3) return {};
    out.push_back(out.front());
    return out;
}

}  // namespace

MultiPolygon withoutIdleVertices(const MultiPolygon& geometry) {
    MultiPolygon out;
    for (const Polygon& polygon : geometry.polygons) {
        Polygon kept;
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            Ring ring = cleaned(polygon.rings[i]);
            if (ring.empty() && i == 0) break;
            if (!ring.empty()) kept.rings.push_back(std::move(ring));
        }
        if (!kept.rings.empty()) out.polygons.push_back(std::move(kept));
    }
    return out;
}

}  // namespace zonewright::coverage
