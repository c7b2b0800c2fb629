#include "core/coverage/nearest.h"

#include <cmath>
#include <tuple>

namespace zonewright::coverage {
namespace {

GridBox boxAround(GridPoint p, Metres reach) {
    return GridBox::of(p, p).grownBy(static_cast<std::int64_t>(std::ceil(reach.value * kGridPerMetre)));
}

double distanceOf(GridPoint a, GridPoint b) {
    return std::hypot(static_cast<double>(b.x - a.x), static_cast<double>(b.y - a.y)) / kGridPerMetre;
}

GridPoint footOn(const NetworkEdge& edge, GridPoint p) {
    const double dx = static_cast<double>(edge.b.x - edge.a.x);
    const double dy = static_cast<double>(edge.b.y - edge.a.y);
    const double along = static_cast<double>(p.x - edge.a.x) * dx + static_cast<double>(p.y - edge.a.y) * dy;
    const double t = std::clamp(along / (dx * dx + dy * dy), 0.0, 1.0);
    return {edge.a.x + std::llround(t * dx), edge.a.y + std::llround(t * dy)};
}

}  // namespace

std::optional<Point> nearestVertex(const Network& network, Point position, Metres reach) {
    if (!isPosition(position)) return std::nullopt;
    const GridPoint p = toGrid(position);
    std::optional<std::pair<double, GridPoint>> best;
    network.edgesNear(boxAround(p, reach), [&](std::uint32_t i) {
        for (const GridPoint end : {network.edges()[i].a, network.edges()[i].b}) {
            const std::pair candidate(distanceOf(p, end), end);
            if (candidate.first <= reach.value && (!best || candidate < *best)) best = candidate;
        }
    });
    if (!best) return std::nullopt;
    return toPoint(best->second);
}

std::optional<NearEdge> nearestEdge(const Network& network, Point position, Metres reach) {
    if (!isPosition(position)) return std::nullopt;
    const GridPoint p = toGrid(position);
    std::optional<std::tuple<double, std::uint32_t, GridPoint>> best;
    network.edgesNear(boxAround(p, reach), [&](std::uint32_t i) {
        const GridPoint foot = footOn(network.edges()[i], p);
        const std::tuple candidate(distanceOf(p, foot), i, foot);
        if (std::get<0>(candidate) <= reach.value && (!best || candidate < *best)) best = candidate;
    });
    if (!best) return std::nullopt;
    const NetworkEdge& edge = network.edges()[std::get<1>(*best)];
    return NearEdge{toPoint(edge.a), toPoint(edge.b), toPoint(std::get<2>(*best))};
}

std::optional<Fid> zoneAt(const Coverage& coverage, Point position) {
    if (!isPosition(position)) return std::nullopt;
    const GridPoint p = toGrid(position);
    for (const Coverage::Slot slot : coverage.slotsNear(GridBox::of(p, p))) {
        int crossings = 0;
        for (const GridRing& ring : coverage.gridAt(slot).rings) {
            for (std::size_t i = 0; i < ring.points.size(); ++i) {
                crossings += rayCrossing(p, ring.points[i], ring.points[i + 1 == ring.points.size() ? 0 : i + 1]) != 0 ? 1 : 0;
            }
        }
        if (crossings % 2 == 1) return coverage.fidAt(slot);
    }
    return std::nullopt;
}

}  // namespace zonewright::coverage
