#include <gtest/gtest.h>

#include "support/network_town.h"

namespace zonewright::network {
namespace {

using town::drawn;
using town::networkOf;
using town::placeOf;
using town::road;
using town::secondsBetween;

TEST(Roads, TimesAddUpAlongTheDrawing) {
    const std::vector<std::string> map{"A-B-C",
                                       "|   |",
                                       "D-E-F"};
    const Network network = networkOf(drawn(map));
    EXPECT_EQ(network.nodeCount(), 6U);
    EXPECT_EQ(network.arcs().size(), 12U);
    EXPECT_DOUBLE_EQ(network.length().value, 600);
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'A'), placeOf(map, 'F')), 30);
}

TEST(Roads, OneWayRoadsLeadOneWay) {
    const std::vector<std::string> map{"A>B",
                                       "^ v",
                                       "D<C"};
    const Network network = networkOf(drawn(map));
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'A'), placeOf(map, 'D')), 30);
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'D'), placeOf(map, 'A')), 10);
}

TEST(Roads, CrossingWithoutASharedVertexIsNoJunction) {
    const Network network = networkOf({road({{0, 0}, {200, 0}}), road({{100, -100}, {100, 100}})});
    EXPECT_EQ(network.nodeCount(), 4U);
    EXPECT_FALSE(secondsBetween(network, {0, 0}, {100, 100}).has_value());
}

TEST(Roads, CrossingAtASharedVertexOfOneLevelIsAJunction) {
    const Network network = networkOf({road({{0, 0}, {100, 0}, {200, 0}}), road({{100, -100}, {100.0004, 0}, {100, 100}})});
    EXPECT_EQ(network.nodeCount(), 5U);
    EXPECT_EQ(secondsBetween(network, {0, 0}, {100, 100}), 20);
}

TEST(Roads, ABridgeDoesNotMeetTheRoadBelowIt) {
    RoadLine bridge = road({{100, -100}, {100, 0}, {100, 100}});
    bridge.level = 1;
    const Network network = networkOf({road({{0, 0}, {100, 0}, {200, 0}}), bridge});
    EXPECT_FALSE(secondsBetween(network, {0, 0}, {100, 100}).has_value());
}

TEST(Roads, ABridgeMeetsTheRoadItContinues) {
    RoadLine bridge = road({{100, 0}, {200, 0}});
    bridge.level = 1;
    const Network network = networkOf({road({{0, 0}, {100, 0}}), bridge, road({{200, 0}, {300, 0}})});
    EXPECT_EQ(secondsBetween(network, {0, 0}, {300, 0}), 30);
}

TEST(Roads, CountsBalanceAndReasonsAreNamed) {
    RoadLine nan = road({{0, 0}, {std::nan(""), 1}});
    NetworkBuilder builder;
    const std::vector<RoadLine> lines{road({{0, 0}, {100, 0}}), road({{0, 0}, {100, 0}}, 0), road({{5, 5}, {5.0001, 5}}), nan, road({})};
    const RoadReport report = addRoads(builder, lines);
    EXPECT_EQ(report.read, 5U);
    EXPECT_EQ(report.taken, 1U);
    ASSERT_EQ(report.rejected.size(), 4U);
    EXPECT_EQ(report.rejected[0].reason.en, "no speed and no travel time");
    EXPECT_EQ(report.rejected[1].reason.en, "line has no length");
    EXPECT_EQ(report.rejected[2].reason.en, "coordinates are not numbers");
}

TEST(Roads, ATimeFromATableReplacesTheSpeed) {
    RoadLine link = road({{0, 0}, {100, 0}}, 0);
    link.time = Seconds(600);
    EXPECT_EQ(secondsBetween(networkOf({link}), {0, 0}, {100, 0}), 600);
}

TEST(Roads, ABannedTurnIsDrivenRound) {
    // From A north at B is banned: the way to D leads over C and back.
    const std::vector<std::string> map{"  D  ",
                                       "  |  ",
                                       "A-B-C"};
    const std::vector<RoadLine> roads = drawn(map);  // 0: B-D, 1: A-B, 2: B-C
    const Network network = networkOf(roads, {{1, 0, placeOf(map, 'B')}});
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'A'), placeOf(map, 'D')), 40);
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'C'), placeOf(map, 'D')), 20);
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'A'), placeOf(map, 'C')), 20);
}

TEST(Roads, BannedTurnsAtNeighbouringJunctionsHoldTogether) {
    // A-B-C-D in a row, turns banned from AB to BE and, coming over B, from BC to CF: both branches stay reachable
    // only from the other side.
    const std::vector<std::string> map{"  E F  ",
                                       "  | |  ",
                                       "A-B-C>D"};
    const std::vector<RoadLine> roads = drawn(map);  // 0 BE, 1 CF, 2 AB, 3 BC, 4 CD
    NetworkBuilder builder;
    const std::vector<RoadTurnBan> bans{{2, 0, placeOf(map, 'B')}, {3, 1, placeOf(map, 'C')}, {2, 4, placeOf(map, 'B')}};
    EXPECT_EQ(addRoads(builder, roads, bans).turnBansUnused, 1U);
    const Network network = std::move(builder).build().network;
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'A'), placeOf(map, 'E')), 40);
    EXPECT_FALSE(secondsBetween(network, placeOf(map, 'A'), placeOf(map, 'F')).has_value());
    EXPECT_EQ(secondsBetween(network, placeOf(map, 'F'), placeOf(map, 'E')), 30);
}

TEST(Network, AProjectOpensItsRoadsOnly) {
    const std::vector<std::string> map{"A-B-C"};
    std::vector<RoadLine> roads = drawn(map);
    RoadLine tunnel = road({placeOf(map, 'A'), placeOf(map, 'C')}, 144);
    tunnel.project = "tunnel";
    roads.push_back(tunnel);
    const Network network = networkOf(roads);
    const auto time = [&](const Scenario& scenario) {
        const Graph graph(network, scenario);
        ShortestTimes search(graph);
        search.run(std::vector<Seed>{{town::nodesAt(network, placeOf(map, 'A')).front(), {0}}});
        return search.timeTo(town::nodesAt(network, placeOf(map, 'C')).front());
    };
    EXPECT_EQ(time(Scenario::none(network)), Milliseconds{20000});
    EXPECT_EQ(time(Scenario::all(network)), Milliseconds{5000});
    EXPECT_EQ(time(Scenario::of(network, std::vector<std::string>{"tunnel"}).value()), Milliseconds{5000});
    EXPECT_FALSE(Scenario::of(network, std::vector<std::string>{"bridge"}).has_value());
}

TEST(Network, ReportNamesPartsAndDeadEnds) {
    const std::vector<std::string> map{"A-B-C",
                                       "  |  ",
                                       "  D  ",
                                       "     ",
                                       "  X-Y"};
    const Network network = networkOf(drawn(map));
    const NetworkReport report = reportOn(network);
    EXPECT_EQ(report.components, 2U);
    ASSERT_EQ(report.componentExamples.size(), 1U);
    EXPECT_EQ(network.at(report.componentExamples.front()).y, -200);
    EXPECT_EQ(report.deadEnds.size(), 5U);
}

TEST(Network, BytesGiveTheSameNetworkBack) {
    const Network network = networkOf(town::randomRoads(3, 12));
    const std::string bytes = network.toBytes();
    const Result<Network> again = Network::fromBytes(bytes);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->toBytes(), bytes);
    EXPECT_EQ(networkOf(town::randomRoads(3, 12)).toBytes(), bytes);
}

TEST(Network, DamagedBytesAreRefused) {
    std::string bytes = networkOf(town::randomRoads(3, 4)).toBytes();
    for (std::size_t size = 0; size < bytes.size(); size += 97) EXPECT_FALSE(Network::fromBytes(std::string_view(bytes).substr(0, size)).has_value());
    bytes[bytes.size() / 2] ^= 1;
    EXPECT_FALSE(Network::fromBytes(bytes).has_value());
    EXPECT_FALSE(Network::fromBytes("zonewright-network-0\n").has_value());
}

TEST(Builder, SplittingAnEdgeKeepsItsTimeAndLength) {
    NetworkBuilder builder;
    EdgeDraft draft;
    draft.from = builder.addNode({0, 0});
    draft.to = builder.addNode({100, 100});
    draft.line = {{0, 0}, {100, 0}, {100, 100}};
    draft.forward = {1001};
    draft.backward = {77};
    const EdgeId edge = builder.addEdge(draft);
    const NodeId middle = builder.splitEdge(edge, 0.75);
    EXPECT_EQ(builder.nodes()[index(middle)], (Point{100, 50}));
    ASSERT_EQ(builder.edges().size(), 2U);
    EXPECT_EQ(builder.edges()[0].line, (LineString{{0, 0}, {100, 0}, {100, 50}}));
    EXPECT_EQ(builder.edges()[1].line, (LineString{{100, 50}, {100, 100}}));
    EXPECT_EQ(builder.edges()[0].forward + builder.edges()[1].forward, Milliseconds{1001});
    EXPECT_EQ(builder.edges()[0].backward + builder.edges()[1].backward, Milliseconds{77});
    EXPECT_DOUBLE_EQ(builder.edges()[0].length.value, 150);
}

}  // namespace
}  // namespace zonewright::network
