#include "core/network/transit.h"

#include <gtest/gtest.h>

#include "support/network_town.h"

namespace zonewright::network {
namespace {

/// Two streets 3 km apart, each 200 m long, that only a metro joins; 120 m on foot from street to station.
struct Town {
    std::vector<RoadLine> streets{town::road({{-100, 0}, {100, 0}}), town::road({{2900, 0}, {3100, 0}})};
    TransitLine metro;

    Town() {
        metro.code = "M1";
        metro.speed = KilometresPerHour(36);
        metro.headway = Seconds(300);
        metro.stops = {{{0, 120}, "a", "", Seconds(30)}, {{1500, 120}, "b", "", Seconds(30)}, {{3000, 120}, "c", "", Seconds(30)}};
    }
};

TEST(Transit, ATripIsWalkWaitRunDwellAndWalk) {
    const Town t;
    NetworkBuilder builder;
    addRoads(builder, t.streets);
    const TransitReport report = addTransit(builder, std::vector{t.metro});
    EXPECT_EQ(report.linesTaken, 1U);
    EXPECT_EQ(report.links, 2U);
    EXPECT_EQ(report.strandedStops, std::vector<std::string>{"b"});
    const Network network = std::move(builder).build().network;
    // 10 s drive, 90 s walk, 150 s wait, 150 s run, 30 s dwell at b, 150 s run, 90 s walk, 10 s drive.
    EXPECT_EQ(town::secondsBetween(network, {-100, 0}, {3100, 0}), 680);
    EXPECT_EQ(town::secondsBetween(network, {3100, 0}, {-100, 0}), 680);
}

TEST(Transit, RunTimesOfATableReplaceTheSpeed) {
    Town t;
    t.metro.runTimes = {Seconds(60), Seconds(70)};
    t.metro.bothWays = false;
    NetworkBuilder builder;
    addRoads(builder, t.streets);
    addTransit(builder, std::vector{t.metro});
    const Network network = std::move(builder).build().network;
    EXPECT_EQ(town::secondsBetween(network, {0, 0}, {3000, 0}), 90 + 150 + 60 + 30 + 70 + 90);
    EXPECT_FALSE(town::secondsBetween(network, {3000, 0}, {0, 0}).has_value());
}

TEST(Transit, TheTrackGivesTheDistance) {
    Town t;
    t.metro.stops.erase(t.metro.stops.begin() + 1);
    t.metro.track = {{{{-50, 120}, {0, 120}, {0, 2000}, {3000, 2000}, {3000, 120}}}};
    NetworkBuilder builder;
    addRoads(builder, t.streets);
    addTransit(builder, std::vector{t.metro});
    const Network network = std::move(builder).build().network;
    EXPECT_EQ(town::secondsBetween(network, {0, 0}, {3000, 0}), 90 + 150 + 676 + 90);
}

TEST(Transit, InterchangesAreWalked) {
    Town t;
    t.metro.stops[1].interchange = "X";
    TransitLine other = t.metro;
    other.code = "M2";
    other.stops = {{{1500, 920}, "d", "X", Seconds(30)}, {{1500, 5000}, "e", "", Seconds(30)}};
    t.streets.push_back(town::road({{1500, 5120}, {1600, 5120}}));
    NetworkBuilder builder;
    addRoads(builder, t.streets);
    const TransitReport report = addTransit(builder, std::vector{t.metro, other});
    EXPECT_EQ(report.transfers, 1U);
    EXPECT_TRUE(report.strandedStops.empty());
    const Network network = std::move(builder).build().network;
    EXPECT_EQ(town::secondsBetween(network, {0, 0}, {1500, 5120}), 90 + 150 + 150 + 600 + 150 + 408 + 90);
}

TEST(Transit, StopsSplitTheStreetTheyStandAt) {
    NetworkBuilder builder;
    addRoads(builder, std::vector{town::road({{0, 0}, {1000, 0}})});
    TransitLine bus;
    bus.speed = KilometresPerHour(18);
    bus.headway = Seconds(600);
    bus.mode = Mode::Bus;
    bus.stops = {{{300, 8}, "a", "", {}}, {{700, -8}, "b", "", {}}, {{300, -8}, "c", "", {}}};
    addTransit(builder, std::vector{bus});
    const Network network = std::move(builder).build().network;
    EXPECT_EQ(town::secondsBetween(network, {0, 0}, {700, -8}), 76);
    EXPECT_EQ(town::secondsBetween(network, {0, 0}, {1000, 0}), 100);
}

TEST(Transit, AStationIsJoinedToTheStreetAndToTheLinkThatStartsThere) {
    // From the station at (0, 120) a line on paper leads to a city far off; the street is 120 m away.
    Town t;
    RoadLine link = town::road({{0, 120}, {5000, 9000}}, 0);
    link.time = Seconds(1800);
    link.frontage = false;
    link.joinable = true;
    t.streets.push_back(link);
    NetworkBuilder builder;
    addRoads(builder, t.streets);
    addTransit(builder, std::vector{t.metro});
    const Network network = std::move(builder).build().network;
    EXPECT_EQ(town::secondsBetween(network, {0, 0}, {5000, 9000}), 90 + 1800);
    EXPECT_EQ(town::secondsBetween(network, {5000, 9000}, {0, 0}), 90 + 1800);
}

TEST(Transit, FaultyLinesAreNamedAndCounted) {
    Town t;
    std::vector<TransitLine> lines(5, t.metro);
    lines[0].stops.resize(1);
    lines[1].headway = Seconds(0);
    lines[2].speed = KilometresPerHour(0);
    lines[3].runTimes = {Seconds(10), Seconds(-10)};
    NetworkBuilder builder;
    const TransitReport report = addTransit(builder, lines);
    EXPECT_EQ(report.linesTaken, 1U);
    ASSERT_EQ(report.rejected.size(), 4U);
    EXPECT_EQ(report.rejected[0].reason.en, "fewer than two stops");
    EXPECT_EQ(report.rejected[1].reason.en, "no headway");
    EXPECT_EQ(report.rejected[2].reason.en, "no speed and no run times");
    EXPECT_EQ(report.rejected[3].reason.en, "negative run time");
    EXPECT_EQ(report.strandedStops.size(), 3U);
}

TEST(Transit, AClosedLineCarriesNobody) {
    Town t;
    t.metro.project = "metro";
    NetworkBuilder builder;
    addRoads(builder, t.streets);
    addTransit(builder, std::vector{t.metro});
    const Network network = std::move(builder).build().network;
    const Graph graph(network, Scenario::none(network));
    ShortestTimes search(graph);
    search.run(std::vector<Seed>{{town::nodesAt(network, {-100, 0}).front(), {0}}});
    EXPECT_EQ(search.timeTo(town::nodesAt(network, {3100, 0}).front()), kUnreachable);
    EXPECT_NE(search.timeTo(town::nodesAt(network, {100, 0}).front()), kUnreachable);
}

}  // namespace
}  // namespace zonewright::network
