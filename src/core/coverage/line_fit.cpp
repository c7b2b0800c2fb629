#include "core/coverage/line_fit.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace zonewright::coverage {
namespace {

constexpr std::int64_t kReach = 1;  // mm

Wide squaredDistance(GridPoint p, GridPoint q) {
    return static_cast<Wide>(p.x - q.x) * (p.x - q.x) + static_cast<Wide>(p.y - q.y) * (p.y - q.y);
}

struct Meet {
    std::optional<GridPoint> vertex;
    std::optional<std::uint32_t> edge;  ///< passes within reach but not through the point
};

Meet meetAt(const Network& network, GridPoint p) {
    Meet out;
    bool exact = false;
    double least = 0;
    network.edgesNear(GridBox::of(p, p).grownBy(kReach), [&](std::uint32_t i) {
        const NetworkEdge& e = network.edges()[i];
        for (const GridPoint end : {e.a, e.b}) {
            const Wide d = squaredDistance(p, end);
            if (d > kReach * kReach) continue;
            if (!out.vertex || d < squaredDistance(p, *out.vertex) ||
                (d == squaredDistance(p, *out.vertex) && end < *out.vertex))
                out.vertex = end;
        }
        exact = exact || liesInside(p, e.a, e.b);
        if (!within(p, e.a, e.b, kReach)) return;
        const double length =
            std::hypot(static_cast<double>(e.b.x - e.a.x), static_cast<double>(e.b.y - e.a.y));
        const double distance = std::abs(static_cast<double>(cross(e.a, e.b, p))) / length;
        if (!out.edge || distance < least || (distance == least && i < *out.edge)) {
            out.edge = i;
            least = distance;
        }
    });
    if (exact || out.vertex) out.edge.reset();
    if (exact && out.vertex && *out.vertex != p) out.vertex.reset();
    return out;
}

}  // namespace

FittedLines fitted(const Network& network, const std::vector<GridLine>& lines) {
    FittedLines out;
    for (const GridLine& line : lines) {
        GridLine moved;
        for (const GridPoint& p : line) {
            const Meet meet = meetAt(network, p);
            const GridPoint q = meet.vertex.value_or(p);
            if (meet.edge) out.bends.emplace_back(*meet.edge, p);
            if (moved.empty() || moved.back() != q) moved.push_back(q);
        }
        std::size_t count = 0;
        for (std::size_t i = 0; i + 1 < moved.size(); ++i) {
            NodingInput segment{moved[i], moved[i + 1], {}};
            network.edgesNear(GridBox::of(segment.a, segment.b).grownBy(kReach), [&](std::uint32_t e) {
                for (const GridPoint end : {network.edges()[e].a, network.edges()[e].b}) {
                    if (end != segment.a && end != segment.b && within(end, segment.a, segment.b, kReach))
                        segment.via.push_back(end);
                }
            });
            out.segments.push_back(std::move(segment));
            ++count;
        }
        out.segmentsOfLine.push_back(count);
    }
    return out;
}

}  // namespace zonewright::coverage
