#include "core/coverage/ring_check.h"

#include <algorithm>

#include "core/coverage/network.h"
#include "core/coverage/settle.h"

namespace zonewright::coverage {
namespace {

struct RingEdge {
    GridPoint a;
    GridPoint b;
    std::uint32_t ring;
    std::uint32_t index;
    std::uint32_t count;  ///< edges of the ring

    [[nodiscard]] bool isBeside(const RingEdge& o) const {
        return ring == o.ring && ((index + 1) % count == o.index || (o.index + 1) % count == index);
    }
};

std::optional<RingFault> meetingFault(const RingEdge& s, const RingEdge& t) {
    const Meeting m = meeting(s.a, s.b, t.a, t.b);
    if (m == Meeting::Apart) return std::nullopt;
    if (m == Meeting::Crossing)
        return RingFault{toPoint(crossingPoint(s.a, s.b, t.a, t.b)), "Self-intersection"};
    const bool parallel = turn(s.a, s.b, t.a) == 0 && turn(s.a, s.b, t.b) == 0;
    if (m == Meeting::Same || (m == Meeting::Touching && parallel))
        return RingFault{toPoint(t.a), "Self-intersection"};
    if (s.ring != t.ring || (m == Meeting::AtEnds && s.isBeside(t))) return std::nullopt;
    const GridPoint common = s.a == t.a || s.a == t.b || liesInside(s.a, t.a, t.b)   ? s.a
                             : s.b == t.a || s.b == t.b || liesInside(s.b, t.a, t.b) ? s.b
                             : liesInside(t.a, s.a, s.b)                             ? t.a
                                                                                     : t.b;
    return RingFault{toPoint(common), "Ring Self-intersection"};
}

std::optional<RingFault> edgesFault(const std::vector<RingEdge>& edges) {
    constexpr std::size_t few = 24;  // comparing all pairs is faster than sorting them
    std::optional<RingFault> fault;
    if (edges.size() <= few) {
        for (std::size_t i = 0; i < edges.size(); ++i) {
            for (std::size_t j = i + 1; j < edges.size(); ++j) {
                if (fault = meetingFault(edges[i], edges[j]); fault) return fault;
            }
        }
        return fault;
    }
    std::vector<GridBox> boxes;
    for (const RingEdge& e : edges) boxes.push_back(GridBox::of(e.a, e.b));
    const BoxTree tree(boxes);
    for (std::uint32_t i = 0; i < edges.size() && !fault; ++i) {
        tree.query(boxes[i], [&](std::uint32_t j) {
            if (j > i && !fault) fault = meetingFault(edges[i], edges[j]);
        });
    }
    return fault;
}

/// With rings that do not cross, the labels around the faces tell whether they are nested as shells and
/// holes.
std::optional<RingFault> nestingFault(const MultiPolygon& geometry, const GridZone& zone) {
    std::vector<ZoneEdge> sides;
    addZoneEdges(zone.rings, 0, sides);
    const auto settled = Settlement::of(matched(std::move(sides)).edges);
    if (!settled) return RingFault{settled.error().place, "Hole lies outside shell or parts overlap"};
    const auto polygons = settled->polygons(0, zone.rings);
    if (!polygons || polygons->polygons.size() != geometry.polygons.size()) {
        return RingFault{toPoint(zone.rings.front().points.front()), "Interior is disconnected"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<RingFault> ringFault(const MultiPolygon& geometry, const GridZone& zone) {
    std::size_t rings = 0;
    std::optional<RingFault> fault;
    for (const Polygon& polygon : geometry.polygons) {
        rings += std::max<std::size_t>(polygon.rings.size(), 1);
        for (const Ring& ring : polygon.rings) {
            for (const Point& p : ring) {
                if (!isPosition(p)) return RingFault{Point{}, "Invalid Coordinate"};
            }
        }
    }
    if (rings != zone.rings.size()) {
        for (const Polygon& polygon : geometry.polygons) {
            for (const Ring& ring : polygon.rings) {
                if (gridZone({{Polygon{{ring}}}}).rings.empty())
                    return RingFault{ring.empty() ? Point{} : ring.front(),
                                     "Too few points in geometry component"};
            }
        }
        return RingFault{Point{}, "Too few points in geometry component"};
    }
    std::vector<RingEdge> edges;
    for (std::uint32_t r = 0; r < zone.rings.size(); ++r) {
        const std::vector<GridPoint>& points = zone.rings[r].points;
        const auto count = static_cast<std::uint32_t>(points.size());
        for (std::uint32_t i = 0; i < count; ++i)
            edges.push_back({points[i], points[i + 1 == count ? 0 : i + 1], r, i, count});
    }
    if (fault = edgesFault(edges); fault) return fault;
    return zone.rings.size() > 1 ? nestingFault(geometry, zone) : std::nullopt;
}

}  // namespace zonewright::coverage
