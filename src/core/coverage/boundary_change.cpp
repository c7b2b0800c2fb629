#include "core/coverage/boundary_change.h"

#include <algorithm>

namespace zonewright::coverage {

using Verdict = BoundaryChange::Verdict;
using Finding = BoundaryChange::Finding;

BoundaryChange::BoundaryChange(const Network& network, std::vector<std::uint32_t> removed)
    : mNetwork(&network), mRemoved(std::move(removed)) {
    for (const std::uint32_t i : mRemoved) {
        const NetworkEdge& edge = network.edges()[i];
        mRemovedBox.add(GridBox::of(edge.a, edge.b));
        for (const Label zone : {edge.left, edge.right}) {
            if (zone != kUnzoned) mZones.push_back(zone);
        }
        for (const GridPoint end : {edge.a, edge.b}) mSites.emplace(end, std::vector<Spoke>{});
    }
    std::sort(mZones.begin(), mZones.end());
    mZones.erase(std::unique(mZones.begin(), mZones.end()), mZones.end());
    for (auto& [site, spokes] : mSites) {
        for (const std::uint32_t i : network.edgesAt(site)) {
            const NetworkEdge& edge = network.edges()[i];
            if (!isRemoved(i))
                spokes.push_back({edge.other(site), edge.leftFrom(site), edge.rightFrom(site)});
        }
    }
    for (const Label zone : network.zones()) {
        for (const GridRing& ring : network.rings(zone)) {
            const bool met = std::any_of(ring.points.begin(), ring.points.end(), [&](const GridPoint& p) {
                return mRemovedBox.contains(p) && mSites.contains(p);
            });
            if (!met) mIslands.push_back(ring.points.front());
        }
    }
    std::sort(mIslands.begin(), mIslands.end());
    mIslands.erase(std::unique(mIslands.begin(), mIslands.end()), mIslands.end());
}

bool BoundaryChange::isRemoved(std::uint32_t edge) const {
    return std::binary_search(mRemoved.begin(), mRemoved.end(), edge);
}

std::vector<NetworkEdge> BoundaryChange::exchanged(std::span<const NetworkEdge> added) const {
    std::vector<NetworkEdge> out;
    for (std::uint32_t i = 0; i < mNetwork->edges().size(); ++i) {
        if (!isRemoved(i)) out.push_back(mNetwork->edges()[i]);
    }
    for (const NetworkEdge& edge : added) {
        if (edge.a != edge.b) out.push_back(edge);
    }
    return out;
}

Finding BoundaryChange::check(std::span<const NetworkEdge> added) const {
    Finding worst;
    const auto take = [&](const Finding& finding) {
        if (finding.verdict > worst.verdict) worst = finding;
        return worst.verdict == Verdict::Illegal;
    };
    for (const NetworkEdge& edge : added) {
        if (take(againstOld(edge))) return worst;
    }
    if (take(amongNew(added)) || worst.verdict == Verdict::Touches) return worst;
    if (take(aroundEnds(added))) return worst;
    take(islands(added));
    return worst;
}

Finding BoundaryChange::againstOld(const NetworkEdge& edge) const {
    if (edge.a == edge.b) return {Verdict::Touches, ErrorCode::WouldCollapse, edge.a};
    Finding out;
    mNetwork->edgesNear(GridBox::of(edge.a, edge.b), [&](std::uint32_t i) {
        if (out.verdict == Verdict::Illegal || isRemoved(i)) return;
        const NetworkEdge& old = mNetwork->edges()[i];
        switch (meeting(edge.a, edge.b, old.a, old.b)) {
            case Meeting::Apart:
                return;
            case Meeting::Crossing:
                out = {Verdict::Illegal, ErrorCode::WouldCross, crossingPoint(edge.a, edge.b, old.a, old.b)};
                return;
            case Meeting::AtEnds: {
                const GridPoint common = edge.a == old.a || edge.a == old.b ? edge.a : edge.b;
                if (mSites.contains(common)) return;
                out = {Verdict::Touches, ErrorCode::WouldCross, common};
                return;
            }
            case Meeting::Same:
            case Meeting::Touching:
                out = {Verdict::Touches, ErrorCode::WouldCross, old.a};
                return;
        }
    });
    return out;
}

Finding BoundaryChange::amongNew(std::span<const NetworkEdge> added) const {
    Finding out;
    for (std::size_t i = 0; i < added.size(); ++i) {
        for (std::size_t j = i + 1; j < added.size(); ++j) {
            if (added[i].a == added[i].b || added[j].a == added[j].b) continue;
            const Meeting m = meeting(added[i].a, added[i].b, added[j].a, added[j].b);
            if (m == Meeting::Crossing)
                return {Verdict::Illegal, ErrorCode::WouldCross,
                        crossingPoint(added[i].a, added[i].b, added[j].a, added[j].b)};
            if (m == Meeting::Same || m == Meeting::Touching)
                out = {Verdict::Touches, ErrorCode::WouldCross, added[j].a};
        }
    }
    return out;
}

Finding BoundaryChange::aroundEnds(std::span<const NetworkEdge> added) const {
    std::vector<GridPoint> ends;
    for (const NetworkEdge& edge : added) {
        ends.push_back(edge.a);
        ends.push_back(edge.b);
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    std::vector<Spoke> spokes;
    for (const GridPoint end : ends) {
        spokes.clear();
        if (const auto site = mSites.find(end); site != mSites.end()) spokes = site->second;
        for (const NetworkEdge& edge : added) {
            if (edge.a == end || edge.b == end)
                spokes.push_back({edge.other(end), edge.leftFrom(end), edge.rightFrom(end)});
        }
        std::sort(spokes.begin(), spokes.end(),
                  [&](const Spoke& s, const Spoke& t) { return comesBefore(end, s.end, t.end); });
        for (std::size_t i = 0; i < spokes.size(); ++i) {
            if (spokes[i].left != spokes[(i + 1) % spokes.size()].right)
                return {Verdict::Illegal, ErrorCode::WouldOverlap, end};
        }
    }
    return {};
}

Finding BoundaryChange::islands(std::span<const NetworkEdge> added) const {
    GridBox box = mRemovedBox;
    for (const NetworkEdge& edge : added) box.add(GridBox::of(edge.a, edge.b));
    for (auto island = std::lower_bound(mIslands.begin(), mIslands.end(), GridPoint{box.minX, box.minY});
         island != mIslands.end() && island->x <= box.maxX; ++island) {
        if (!box.contains(*island)) continue;
        for (const Label zone : mZones) {
            int winding = 0;
            const auto count = [&](const NetworkEdge& edge, int sign) {
                const int c = rayCrossing(*island, edge.a, edge.b);
                if (edge.left == zone) winding += sign * c;
                if (edge.right == zone) winding -= sign * c;
            };
            for (const NetworkEdge& edge : added) count(edge, 1);
            for (const std::uint32_t i : mRemoved) count(mNetwork->edges()[i], -1);
            if (winding != 0) return {Verdict::Illegal, ErrorCode::WouldOverlap, *island};
        }
    }
    return {};
}

}  // namespace zonewright::coverage
