#include "core/network/graph.h"

#include <numeric>

namespace zonewright::network {

Graph::Graph(const Network& network, const Scenario& scenario, Sense sense) : mSense(sense) {
    const auto arcs = network.arcs();
    const auto start = [&](const Arc& arc) { return index(sense == Sense::From ? arc.tail : arc.head); };
    const auto isOpen = [&](const Arc& arc) { return scenario.isOpen(network.edge(arc.edge).project); };
    mFirst.assign(network.nodeCount() + 1, 0);
    for (const Arc& arc : arcs) {
        if (isOpen(arc)) ++mFirst[start(arc) + 1];
    }
    std::partial_sum(mFirst.begin(), mFirst.end(), mFirst.begin());
    mLinks.resize(mFirst.back());
    mArcs.resize(mFirst.back());
    std::vector<std::uint32_t> next(mFirst.begin(), mFirst.end() - 1);
    for (std::uint32_t a = 0; a < arcs.size(); ++a) {
        if (!isOpen(arcs[a])) continue;
        const std::uint32_t slot = next[start(arcs[a])]++;
        mLinks[slot] = {index(sense == Sense::From ? arcs[a].head : arcs[a].tail), arcs[a].time.value};
        mArcs[slot] = ArcId{a};
    }
}

}  // namespace zonewright::network
