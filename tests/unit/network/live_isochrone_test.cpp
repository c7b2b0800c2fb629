#include "core/network/live_isochrone.h"

#include <gtest/gtest.h>

#include "core/geometry/measure.h"
#include "core/network/builder.h"
#include "core/network/reach.h"
#include "support/network_town.h"

namespace zonewright::network {
namespace {

/// Counted arc by arc after a search of its own.
Reach plainReach(const Network& network, const Graph& graph, NodeId origin, Milliseconds limit) {
    ShortestTimes search(graph);
    search.run(std::vector<Seed>{{origin, {0}}});
    Reach reach;
    for (std::uint32_t v = 0; v < network.nodeCount(); ++v) {
        const Milliseconds at = search.timeTo(NodeId{v});
        if (at > limit) continue;
        ++reach.nodes;
        reach.sumOfTimes += at.value;
        for (const ArcId id : graph.arcsOf(v)) {
            const Arc& arc = network.arc(id);
            const double length = network.edge(arc.edge).length.value;
            const double left = limit.value - at.value;
            reach.whole += Metres(arc.time.value <= left ? length : 0);
            reach.length += Metres(length * std::min(1.0, left / arc.time.value));
        }
    }
    return reach;
}

TEST(Reach, OneOriginAndSixteenCountAsAPlainSearchDoes) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Network network = town::networkOf(town::randomRoads(seed, 16));
        const Scenario scenario = Scenario::all(network);
        Progress quiet;
        const Hierarchy hierarchy = Hierarchy::of(Graph(network, scenario), quiet).value();
        for (const Sense sense : {Sense::From, Sense::To}) {
            const Graph graph(network, scenario, sense);
            const ReachCounter counter(network, graph, hierarchy);
            std::vector<std::vector<Seed>> origins;
            for (std::size_t l = 0; l < kLanes; ++l) origins.push_back({{NodeId{static_cast<std::uint32_t>(l * network.nodeCount() / kLanes)}, {0}}});
            WideSweep wide(hierarchy, sense);
            wide.run(origins);
            for (const Milliseconds limit : {Milliseconds{0}, Milliseconds{40'000}, Milliseconds{90'000}}) {
                const auto lanes = counter.of(wide, limit);
                for (std::size_t l = 0; l < kLanes; ++l) {
                    const Reach plain = plainReach(network, graph, origins[l][0].node, limit);
                    Sweep single(hierarchy, sense);
                    single.run(origins[l]);
                    for (const Reach& counted : {lanes[l], counter.of(single, limit)}) {
                        EXPECT_EQ(counted.nodes, plain.nodes);
                        EXPECT_EQ(counted.sumOfTimes, plain.sumOfTimes);
                        EXPECT_NEAR(counted.whole.value, plain.whole.value, 1e-9 * plain.whole.value);
                        EXPECT_NEAR(counted.length.value, plain.length.value, 1e-9 * plain.length.value);
                    }
                }
            }
        }
    }
}

//   (0,0)---(1000,0)===project===(5000,0)---(6000,0), 48 km/h
Network townWithABridge() {
    RoadLine bridge = town::road({{1000, 0}, {5000, 0}}, 48);
    bridge.project = "bridge";
    return town::networkOf({town::road({{0, 0}, {1000, 0}}, 48), bridge, town::road({{5000, 0}, {6000, 0}}, 48)});
}

TEST(LiveIsochrone, FollowsTheOriginAndTheProjectsThatAreOpen) {
    LiveIsochrone live(townWithABridge(), {{{500, 10}, 100}, {{5500, 10}, 40}, {{20000, 0}, 7}});
    Progress quiet;
    ASSERT_TRUE(live.open({}, quiet));
    LiveOptions options;
    options.limit = {10 * 60 * 1000};
    EXPECT_EQ(live.at({500, 0}, options)->people, 100);
    EXPECT_EQ(live.at({5500, 0}, options)->people, 40);
    ASSERT_TRUE(live.open({"bridge"}, quiet));
    EXPECT_EQ(live.at({500, 0}, options)->people, 140);
    EXPECT_EQ(live.at({500, 300}, options)->joined, (Point{500, 0}));
    ASSERT_FALSE(live.open({"tunnel"}, quiet));
    EXPECT_EQ(live.openProjects(), (std::vector<std::string>{"bridge"}));
    EXPECT_EQ(live.at({500, 50000}, options).error().code, ErrorCode::NoNetwork);
}

TEST(LiveIsochrone, GivesTheRegionThatASearchFromScratchGives) {
    const Network network = town::networkOf(town::randomRoads(5, 16));
    const Scenario scenario = Scenario::none(network);
    LiveIsochrone live(Network(network), {});
    Progress quiet;
    ASSERT_TRUE(live.open({}, quiet));
    const PlaceIndex places(network, scenario);
    for (const Sense sense : {Sense::From, Sense::To}) {
        const Graph graph(network, scenario, sense);
        for (const Point origin : {Point{300, 400}, Point{900, 200}}) {
            LiveOptions options;
            options.limit = {60'000};
            options.sense = sense;
            const auto answer = live.at(origin, options);
            ASSERT_TRUE(answer);
            ShortestTimes search(graph);
            Arrivals arrivals;
            arrivals.sense = sense;
            arrivals.origins.push_back(originAt(network, places, origin, {options.walkingSpeed, options.farthest, sense}).value());
            search.run(arrivals.origins.front().seeds, options.limit);
            arrivals.times.assign(search.times().begin(), search.times().end());
            const WalkOptions walk{options.walkingSpeed, options.limit};
            const MultiPolygon region = Isochrone(conesOf(network, scenario, arrivals, walk), walk).polygons(options.tolerance).value();
            EXPECT_EQ(answer->area, region);
            EXPECT_EQ(answer->nodes, search.reached().size());
        }
    }
}

TEST(LiveIsochrone, WhatLiesDeepInsideMakesNoDifferenceToTheBoundary) {
    // A town of 5 km with a lake of 1.5 km and motorways that cannot be left, reached deep enough that most ways are
    // passed over.
    std::vector<RoadLine> roads = town::randomRoads(9, 50);
    std::erase_if(roads, [](const RoadLine& road) { return std::abs(road.line[0].x - 3200) < 750 && std::abs(road.line[0].y - 1800) < 750; });
    for (std::size_t i = 0; i < roads.size(); i += 13) roads[i].frontage = false;
    const Network network = town::networkOf(roads);
    const Scenario scenario = Scenario::all(network);
    for (const Sense sense : {Sense::From, Sense::To}) {
        const Graph graph(network, scenario, sense);
        const PlaceIndex places(network, scenario);
        const Interior interior(network, scenario, sense);
        ShortestTimes search(graph);
        for (const double minutes : {3.0, 6.0, 12.0}) {
            for (const double tolerance : {10.0, 40.0}) {
                const WalkOptions walk{kWalkingSpeed, toMilliseconds(Seconds(minutes * 60))};
                Arrivals arrivals;
                arrivals.sense = sense;
                arrivals.origins.push_back(originAt(network, places, {2100, 2300}, {kWalkingSpeed, Metres(2000), sense}).value());
                search.run(arrivals.origins.front().seeds, walk.limit);
                arrivals.times.assign(search.times().begin(), search.times().end());
                const MultiPolygon whole = Isochrone(conesOf(network, scenario, arrivals, walk), walk).polygons(Metres(tolerance)).value();
                EXPECT_EQ(regionOf(network, interior, arrivals, walk, Metres(tolerance)).value(), whole) << minutes << " " << tolerance;
                if (minutes == 12.0) {
                    EXPECT_LT(interior.of(arrivals, walk, Metres(tolerance))->edges.size(), network.edges().size());
                }
            }
        }
    }
}

//   (0,0)---(1000,0)---(2000,0), 36 km/h, and a stop on the node in the middle
Network roadWithAStop(bool joined) {
    NetworkBuilder builder;
    std::vector<NodeId> nodes;
    for (int i = 0; i < 3; ++i) nodes.push_back(builder.addNode({1000.0 * i, 0}));
    for (int i = 0; i < 2; ++i) builder.addEdge({.from = nodes[static_cast<std::size_t>(i)], .to = nodes[static_cast<std::size_t>(i) + 1], .line = {}, .forward = {100'000}, .backward = {100'000}, .length = Metres(0), .joinable = true});
    if (joined) {
        const NodeId stop = builder.addNode({1000, 0});
        builder.addEdge({.from = nodes[1], .to = stop, .line = {}, .forward = {0}, .backward = {0}, .length = Metres(0), .mode = Mode::Walk, .frontage = true, .joinable = false});
    }
    return std::move(builder).build().network;
}

TEST(LiveIsochrone, AStopOnTheNodeOfItsRoadChangesNothingOfTheRegion) {
    Progress quiet;
    std::vector<MultiPolygon> areas;
    for (const bool joined : {false, true}) {
        LiveIsochrone live(roadWithAStop(joined), {});
        ASSERT_TRUE(live.open({}, quiet));
        for (const Sense sense : {Sense::From, Sense::To}) {
            LiveOptions options;
            options.limit = {150'000};
            options.sense = sense;
            const auto answer = live.at({990, 5}, options);
            ASSERT_TRUE(answer);
            areas.push_back(answer->area);
            EXPECT_GT(planarArea(answer->area).value, 0);
        }
    }
    EXPECT_EQ(areas[2], areas[0]);
    EXPECT_EQ(areas[3], areas[1]);
}

}  // namespace
}  // namespace zonewright::network
