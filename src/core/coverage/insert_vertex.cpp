#include <cmath>

#include "core/coverage/balance.h"
#include "core/coverage/boundary_change.h"
#include "core/coverage/operations.h"
#include "core/coverage/rewriting.h"

namespace zonewright::coverage {
namespace {

constexpr std::int64_t kReach = 1;  // mm

/// The edge that passes nearest to p, exactly through it if there is one.
std::optional<std::uint32_t> nearestEdge(const Network& network, GridPoint p) {
    std::optional<std::uint32_t> best;
    double least = 0;
    network.edgesNear(GridBox::of(p, p).grownBy(kReach), [&](std::uint32_t i) {
        const NetworkEdge& e = network.edges()[i];
        if (!within(p, e.a, e.b, kReach)) return;
        const double length =
            std::hypot(static_cast<double>(e.b.x - e.a.x), static_cast<double>(e.b.y - e.a.y));
        const double distance = std::abs(static_cast<double>(cross(e.a, e.b, p))) / length;
        if (!best || distance < least || (distance == least && i < *best)) {
            best = i;
            least = distance;
        }
    });
    return best;
}

void insertBetween(std::vector<GridPoint>& points, const NetworkEdge& edge, GridPoint p) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        const GridPoint from = points[i];
        const GridPoint to = points[i + 1 == points.size() ? 0 : i + 1];
        if (std::min(from, to) != edge.a || std::max(from, to) != edge.b) continue;
        points.insert(points.begin() + static_cast<std::ptrdiff_t>(i) + 1, p);
        return;
    }
}

}  // namespace

Outcome<Applied> tryOut(const Coverage& coverage, const InsertVertex& edit) {
    if (!isPosition(edit.at)) return refusal(ErrorCode::BadArgument, "this is no position", edit.at);
    const GridPoint p = toGrid(edit.at);
    const Network network(coverage, coverage.slotsNear(GridBox::of(p, p).grownBy(kReach)));
    if (!network.edgesAt(p).empty()) return refusal(ErrorCode::BadArgument, "here is a vertex already", p);
    const std::optional<std::uint32_t> index = nearestEdge(network, p);
    if (!index) return refusal(ErrorCode::BadArgument, "no boundary edge passes here", p);
    const NetworkEdge edge = network.edges()[*index];

    const BoundaryChange change(network, {*index});
    const std::vector<NetworkEdge> added{directed(edge.a, p, edge.left, edge.right),
                                         directed(p, edge.b, edge.left, edge.right)};
    const BoundaryChange::Finding finding = change.check(added);
    if (finding.verdict != BoundaryChange::Verdict::Legal)
        return refusal(finding.code, "the bent edge would meet another", finding.place);

    std::vector<Label> zones;
    for (const Label zone : {edge.left, edge.right}) {
        if (zone != kUnzoned) zones.push_back(zone);
    }
    auto changes = rewritten(
        network, zones, [&](std::vector<GridPoint>& points) { insertBetween(points, edge, p); }, p);
    if (!changes) return tl::unexpected(changes.error());
    Applied applied = balanced(std::move(*changes));
    if (edge.isOpen()) applied.outerCourses.push_back({toPoint(edge.a), toPoint(p), toPoint(edge.b)});
    return applied;
}

}  // namespace zonewright::coverage
