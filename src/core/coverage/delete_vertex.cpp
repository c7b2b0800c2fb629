#include "core/coverage/balance.h"
#include "core/coverage/boundary_change.h"
#include "core/coverage/operations.h"
#include "core/coverage/rewriting.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const DeleteVertex& edit) {
    if (!isPosition(edit.at)) return refusal(ErrorCode::BadArgument, "this is no position", edit.at);
    const GridPoint p = toGrid(edit.at);
    Network network(coverage, coverage.slotsNear(GridBox::of(p, p)));
    std::vector<std::uint32_t> star = network.edgesAt(p);
    if (star.empty()) return refusal(ErrorCode::BadArgument, "no boundary vertex is here", p);
    if (star.size() != 2) return refusal(ErrorCode::BadArgument, "more than two boundary edges meet here", p);
    const NetworkEdge first = network.edges()[star[0]];
    const GridPoint n1 = first.other(p);
    const GridPoint n2 = network.edges()[star[1]].other(p);
    const bool straight = liesInside(p, n1, n2);
    if (first.isOpen()) {
        if (coverage.options().kind == Kind::Partition && !coverage.options().outerMayMove && !straight) {
            return refusal(ErrorCode::WouldLeaveGap, "the outer boundary would move", p);
        }
        GridBox box = GridBox::of(n1, n2);
        box.add(p);
        network = Network(coverage, coverage.slotsNear(box));
        star = network.edgesAt(p);
        if (star.size() != 2)
            return refusal(ErrorCode::BadArgument, "more than two boundary edges meet here", p);
    }
    const BoundaryChange change(network, star);
    const std::vector<NetworkEdge> added{directed(n1, n2, first.leftFrom(n1), first.rightFrom(n1))};
    const BoundaryChange::Finding finding = change.check(added);
    if (finding.verdict != BoundaryChange::Verdict::Legal) {
        const bool collapses = network.edgeBetween(n1, n2).has_value();
        return refusal(collapses ? ErrorCode::WouldCollapse : finding.code,
                       "the straightened boundary would meet another", finding.place);
    }
    std::vector<Label> zones;
    for (const Label zone : {first.left, first.right}) {
        if (zone != kUnzoned) zones.push_back(zone);
    }
    return rewritten(
               network, zones, [&](std::vector<GridPoint>& points) { std::erase(points, p); }, p)
        .map([](std::vector<ZoneChange>&& changes) { return balanced(std::move(changes)); });
}

}  // namespace zonewright::coverage
