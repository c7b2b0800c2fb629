#include "core/network/hierarchy.h"

#include <gtest/gtest.h>

#include "core/network/sweep.h"
#include "support/network_town.h"

namespace zonewright::network {
namespace {

Hierarchy hierarchyOf(const Network& network, const Scenario& scenario) {
    Progress quiet;
    return Hierarchy::of(Graph(network, scenario), quiet).value();
}

TEST(Hierarchy, SweepsEqualDijkstraOnRandomTownsBothWays) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        const Network network = town::networkOf(town::randomRoads(seed, 25));
        const Scenario scenario = seed % 2 == 0 ? Scenario::all(network) : Scenario::none(network);
        const Hierarchy hierarchy = hierarchyOf(network, scenario);
        for (const Sense sense : {Sense::From, Sense::To}) {
            const Graph graph(network, scenario, sense);
            ShortestTimes dijkstra(graph);
            Sweep sweep(hierarchy, sense);
            WideSweep wide(hierarchy, sense);
            std::vector<std::vector<Seed>> origins;
            for (std::uint32_t o = 0; o < kLanes - 1; ++o) origins.push_back({{NodeId{o * 40}, {o * 1000}}, {NodeId{o * 40 + 3}, {0}}});
            for (int again = 0; again < 2; ++again) {
                wide.run(origins);
                for (std::size_t lane = 0; lane < origins.size(); ++lane) {
                    dijkstra.run(origins[lane]);
                    sweep.run(origins[lane]);
                    for (std::uint32_t v = 0; v < network.nodeCount(); ++v) {
                        ASSERT_EQ(sweep.timeTo(NodeId{v}), dijkstra.timeTo(NodeId{v})) << "seed " << seed << " node " << v;
                        ASSERT_EQ(wide.timeTo(NodeId{v}, lane), dijkstra.timeTo(NodeId{v})) << "seed " << seed << " node " << v;
                    }
                }
                std::reverse(origins.begin(), origins.end());
            }
            EXPECT_EQ(wide.timeTo(NodeId{0}, kLanes - 1), kUnreachable);
        }
    }
}

TEST(Hierarchy, ArcsOfNoTimeAreKept) {
    // Boarding and alighting may take no time at all.
    NetworkBuilder builder;
    std::vector<NodeId> nodes;
    for (int i = 0; i < 40; ++i) nodes.push_back(builder.addNode({10.0 * (i % 8), 10.0 * (i / 8)}));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const std::size_t j : {i + 1, i + 8}) {
            if (j >= nodes.size()) continue;
            EdgeDraft edge;
            edge.from = nodes[i];
            edge.to = nodes[j];
            edge.forward = {static_cast<std::uint32_t>(i % 3 == 0 ? 0 : i)};
            edge.backward = {static_cast<std::uint32_t>(j % 2 == 0 ? 0 : j)};
            builder.addEdge(edge);
        }
    }
    const Network network = std::move(builder).build().network;
    const Hierarchy hierarchy = hierarchyOf(network, Scenario::all(network));
    Sweep sweep(hierarchy);
    for (std::uint32_t o = 0; o < network.nodeCount(); ++o) {
        const std::vector<Seed> seeds{{NodeId{o}, {0}}};
        sweep.run(seeds);
        const std::vector<Milliseconds> expected = town::plainTimes(network, Scenario::all(network), seeds);
        for (std::uint32_t v = 0; v < network.nodeCount(); ++v) ASSERT_EQ(sweep.timeTo(NodeId{v}), expected[v]);
    }
}

TEST(Hierarchy, SweepAllVisitsEachOriginOnce) {
    const Network network = town::networkOf(town::randomRoads(4, 12));
    const Hierarchy hierarchy = hierarchyOf(network, Scenario::all(network));
    std::vector<std::vector<Seed>> origins;
    for (std::uint32_t v = 0; v < network.nodeCount(); ++v) origins.push_back({{NodeId{v}, {7}}});
    std::vector<int> visits(origins.size(), 0);
    Progress quiet;
    const auto done = sweepAll(hierarchy, Sense::From, origins, [&](std::size_t first, const WideSweep& sweep) {
        for (std::size_t lane = 0; lane < kLanes && first + lane < origins.size(); ++lane) {
            ++visits[first + lane];
            EXPECT_EQ(sweep.timeTo(NodeId{static_cast<std::uint32_t>(first + lane)}, lane), Milliseconds{7});
        }
    }, quiet);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(std::count(visits.begin(), visits.end(), 1), static_cast<std::ptrdiff_t>(visits.size()));
}

TEST(Hierarchy, BytesGiveTheSameHierarchyBackAndDamageIsRefused) {
    const Network network = town::networkOf(town::randomRoads(4, 12));
    std::string bytes = hierarchyOf(network, Scenario::all(network)).toBytes();
    EXPECT_EQ(hierarchyOf(network, Scenario::all(network)).toBytes(), bytes);
    EXPECT_EQ(Hierarchy::fromBytes(bytes).value().toBytes(), bytes);
    EXPECT_FALSE(Hierarchy::fromBytes(std::string_view(bytes).substr(0, bytes.size() - 1)).has_value());
    bytes[bytes.size() / 2] ^= 4;
    EXPECT_FALSE(Hierarchy::fromBytes(bytes).has_value());
}

TEST(Hierarchy, AnEmptyNetworkHasOne) {
    const Network network;
    EXPECT_EQ(hierarchyOf(network, Scenario::all(network)).nodeCount(), 0U);
}

TEST(Hierarchy, CancellingEndsTheWork) {
    struct Stop : Progress {
        bool report(double, std::string_view) override { return false; }
    } stop;
    const Network network = town::networkOf(town::randomRoads(4, 6));
    const auto result = Hierarchy::of(Graph(network, Scenario::all(network)), stop);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace zonewright::network
