#include "core/network/reach.h"

#include <algorithm>

#include "core/network/sweep_kernels.h"

namespace zonewright::network {

ReachCounter::ReachCounter(const Network& network, const Graph& graph, const Hierarchy& hierarchy) {
    mArcs.first.reserve(graph.nodeCount() + 1);
    for (const NodeId node : hierarchy.nodesBySlot()) {
        for (const ArcId id : graph.arcsOf(index(node))) {
            const Arc& arc = network.arc(id);
            const double length = network.edge(arc.edge).length.value;
            mArcs.time.push_back(static_cast<std::int32_t>(arc.time.value));
            mArcs.length.push_back(length);
            mArcs.pace.push_back(length / std::max(1U, arc.time.value));
        }
        mArcs.first.push_back(static_cast<std::uint32_t>(mArcs.time.size()));
    }
}

Reach ReachCounter::of(const Sweep& sweep, Milliseconds limit) const {
    Reach reach;
    double whole = 0;
    double length = 0;
    const std::span<const std::uint32_t> times = sweep.timesBySlot();
    for (std::size_t slot = 0; slot < times.size(); ++slot) {
        if (times[slot] > limit.value) continue;
        ++reach.nodes;
        reach.sumOfTimes += times[slot];
        const auto left = static_cast<std::int32_t>(limit.value - times[slot]);
        for (std::uint32_t i = mArcs.first[slot]; i < mArcs.first[slot + 1]; ++i) {
            whole += mArcs.time[i] <= left ? mArcs.length[i] : 0;
            length += mArcs.time[i] <= left ? mArcs.length[i] : left * mArcs.pace[i];
        }
    }
    reach.whole = Metres(whole);
    reach.length = Metres(length);
    return reach;
}

std::array<Reach, kLanes> ReachCounter::of(const WideSweep& sweep, Milliseconds limit) const { return countReach(mArcs, sweep, limit); }

}  // namespace zonewright::network
