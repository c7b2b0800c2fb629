#include "core/network/shortest_times.h"

#include <gtest/gtest.h>

#include "support/network_town.h"

namespace zonewright::network {
namespace {

TEST(ShortestTimes, EqualBellmanFordOnRandomTownsBothWays) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const Network network = town::networkOf(town::randomRoads(seed, 10));
        for (const Sense sense : {Sense::From, Sense::To}) {
            const Scenario scenario = seed % 2 == 0 ? Scenario::all(network) : Scenario::none(network);
            const Graph graph(network, scenario, sense);
            ShortestTimes search(graph);
            for (std::uint32_t v = 0; v < 5; ++v) {
                const std::vector<Seed> seeds{{NodeId{v * 7}, {v * 1000}}, {NodeId{50}, {2500}}};
                search.run(seeds);
                const std::vector<Milliseconds> expected = town::plainTimes(network, scenario, seeds, sense);
                ASSERT_TRUE(std::equal(expected.begin(), expected.end(), search.times().begin())) << "seed " << seed;
            }
        }
    }
}

TEST(ShortestTimes, NothingBeyondTheLimitIsReached) {
    const Network network = town::networkOf(town::randomRoads(5, 12));
    const Graph graph(network, Scenario::all(network));
    ShortestTimes search(graph);
    const std::vector<Seed> seeds{{NodeId{70}, {0}}};
    const std::vector<Milliseconds> all = town::plainTimes(network, Scenario::all(network), seeds);
    search.run(seeds, {30000});
    std::size_t within = 0;
    for (std::uint32_t v = 0; v < network.nodeCount(); ++v) {
        EXPECT_EQ(search.timeTo(NodeId{v}), all[v] <= Milliseconds{30000} ? all[v] : kUnreachable);
        within += all[v] <= Milliseconds{30000} ? 1 : 0;
    }
    EXPECT_EQ(search.reached().size(), within);
    EXPECT_TRUE(std::is_sorted(search.reached().begin(), search.reached().end(), [&](NodeId a, NodeId b) { return search.timeTo(a) < search.timeTo(b); }));
}

TEST(ShortestTimes, PathsAddUpToTheTime) {
    const Network network = town::networkOf(town::randomRoads(9, 12));
    for (const Sense sense : {Sense::From, Sense::To}) {
        const Graph graph(network, Scenario::all(network), sense);
        ShortestTimes search(graph);
        search.run(std::vector<Seed>{{NodeId{3}, {500}}});
        for (std::uint32_t v = 0; v < network.nodeCount(); ++v) {
            Milliseconds sum{500};
            NodeId at = sense == Sense::From ? NodeId{3} : NodeId{v};
            for (const ArcId a : search.pathTo(NodeId{v})) {
                EXPECT_EQ(network.arc(a).tail, at);
                at = network.arc(a).head;
                sum = sum + network.arc(a).time;
            }
            if (search.timeTo(NodeId{v}) < kUnreachable) {
                EXPECT_EQ(sum, search.timeTo(NodeId{v}));
            }
        }
    }
}

}  // namespace
}  // namespace zonewright::network
