#include "core/network/measures.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/network/transit.h"
#include "support/network_town.h"

namespace zonewright::network {
namespace {

/// A random town with people and facilities at random places, and plain Dijkstra to compare with.
struct RandomTown {
    Network network;
    Scenario scenario;
    Hierarchy hierarchy;
    Opportunities people, schools;
    Joints schoolOrigins;
    std::vector<Point> homes, sites;

    explicit RandomTown(unsigned seed) : network(town::networkOf(town::randomRoads(seed, 14))), scenario(Scenario::all(network)) {
        Progress quiet;
        hierarchy = Hierarchy::of(Graph(network, scenario), quiet).value();
        const PlaceIndex index(network, scenario);
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> anywhere(0, 1300);
        std::uniform_int_distribution<int> count(0, 500);
        for (int i = 0; i < 150; ++i) {
            homes.push_back({anywhere(random), anywhere(random)});
            people.amounts.push_back(count(random));
        }
        for (int i = 0; i < 23; ++i) {
            sites.push_back({anywhere(random), anywhere(random)});
            schools.amounts.push_back(count(random));
        }
        sites.push_back({90000, 90000});  // beyond every road
        schools.amounts.push_back(77);
        OriginOptions to;
        to.sense = Sense::To;
        people.joints = joined(network, index, homes, {});
        schools.joints = joined(network, index, sites, to);
    }

    /// From every home to every school.
    [[nodiscard]] std::vector<std::vector<Milliseconds>> plain() const {
        const Graph graph(network, scenario);
        ShortestTimes search(graph);
        std::vector<std::vector<Milliseconds>> times;
        for (const auto& home : people.joints) {
            search.run(home);
            times.emplace_back();
            for (const auto& school : schools.joints) times.back().push_back(timeOver(school, [&](NodeId v) { return search.timeTo(v); }));
        }
        return times;
    }
};

TEST(Measures, TimeTableEqualsDijkstra) {
    const RandomTown t(31);
    Progress quiet;
    const TimeTable table = timeTable(t.hierarchy, t.people.joints, t.schools.joints, quiet).value();
    const auto plain = t.plain();
    for (std::size_t i = 0; i < t.homes.size(); ++i) {
        for (std::size_t j = 0; j < t.sites.size(); ++j) ASSERT_EQ(table.at(i, j), plain[i][j]);
    }
    EXPECT_EQ(table.at(0, t.sites.size() - 1), kUnreachable);
}

TEST(Measures, CumulativeAndNearestEqualTheirDefinitions) {
    const RandomTown t(32);
    Progress quiet;
    const std::vector<Milliseconds> limits{{60000}, {120000}};
    const std::vector<double> sums = cumulative(t.hierarchy, {t.people.joints, t.schools, limits}, quiet).value();
    const std::vector<Milliseconds> toNearest = nearest(t.hierarchy, t.people.joints, t.schools.joints);
    const auto plain = t.plain();
    for (std::size_t i = 0; i < t.homes.size(); ++i) {
        for (std::size_t l = 0; l < limits.size(); ++l) {
            double expected = 0;
            for (std::size_t j = 0; j < t.sites.size(); ++j) expected += plain[i][j] <= limits[l] ? t.schools.amounts[j] : 0;
            EXPECT_DOUBLE_EQ(sums[i * 2 + l], expected);
        }
        EXPECT_EQ(toNearest[i], *std::min_element(plain[i].begin(), plain[i].end()));
    }
}

TEST(Measures, FloatingCatchmentEqualsItsDefinitionAndClosesOverSupply) {
    const RandomTown t(33);
    const std::vector<Band> bands{{{40000}, 1.0}, {{80000}, 0.68}, {{120000}, 0.22}};
    Progress quiet;
    const FloatingCatchment result = floatingCatchment(t.hierarchy, {t.people, t.schools, bands}, quiet).value();
    const auto plain = t.plain();
    const auto weight = [](Milliseconds m) { return m.value <= 40000 ? 1.0 : m.value <= 80000 ? 0.68 : m.value <= 120000 ? 0.22 : 0.0; };
    double closed = 0;
    for (std::size_t i = 0; i < t.homes.size(); ++i) {
        double expected = 0;
        for (std::size_t j = 0; j < t.sites.size(); ++j) {
            double users = 0;
            for (std::size_t k = 0; k < t.homes.size(); ++k) users += weight(plain[k][j]) * t.people.amounts[k];
            if (users > 0) expected += weight(plain[i][j]) * t.schools.amounts[j] / users;
        }
        EXPECT_NEAR(result.access[i], expected, 1e-12);
        closed += result.access[i] * t.people.amounts[i];
    }
    EXPECT_NEAR(closed, result.supplyUsed, 1e-9 * closed);
    EXPECT_GE(result.supplyUnused, 77);
    EXPECT_DOUBLE_EQ(result.supplyUsed + result.supplyUnused, std::accumulate(t.schools.amounts.begin(), t.schools.amounts.end(), 0.0));
}

TEST(Measures, BandsOutOfOrderAreRefused) {
    const RandomTown t(34);
    Progress quiet;
    const std::vector<Band> falling{{{80000}, 1.0}, {{40000}, 0.5}};
    EXPECT_EQ(floatingCatchment(t.hierarchy, {t.people, t.schools, falling}, quiet).error().code, ErrorCode::BadArgument);
    const std::vector<Band> negative{{{80000}, -1.0}};
    EXPECT_EQ(floatingCatchment(t.hierarchy, {t.people, t.schools, negative}, quiet).error().code, ErrorCode::BadArgument);
}

TEST(Measures, TheMeanLeavesOutWhomNothingReaches) {
    const std::vector<Milliseconds> times{{60000}, {120000}, kUnreachable};
    const std::vector<double> people{300, 100, 50};
    const WeightedMean mean = weightedMean(times, people);
    EXPECT_DOUBLE_EQ(mean.mean->value, 75);
    EXPECT_DOUBLE_EQ(mean.weight, 400);
    EXPECT_DOUBLE_EQ(mean.left, 50);
    EXPECT_FALSE(weightedMean({}, {}).mean.has_value());
}

TEST(Measures, LegsSplitAJourneyByWayAndLine) {
    NetworkBuilder builder;
    addRoads(builder, std::vector{town::road({{-100, 0}, {0, 0}}), town::road({{0, 0}, {100, 0}}), town::road({{3000, 0}, {3100, 0}})});
    TransitLine metro;
    metro.speed = KilometresPerHour(36);
    metro.headway = Seconds(300);
    metro.stops = {{{100, 120}, "a", "", {}}, {{1500, 120}, "b", "", Seconds(30)}, {{3000, 120}, "c", "", {}}};
    addTransit(builder, std::vector{metro});
    const Network network = std::move(builder).build().network;
    const Graph graph(network, Scenario::all(network));
    ShortestTimes search(graph);
    search.run(std::vector<Seed>{{town::nodesAt(network, {-100, 0}).front(), {0}}});
    const std::vector<Leg> legs = legsOf(network, search.pathTo(town::nodesAt(network, {3100, 0}).front()));
    std::vector<std::pair<Mode, std::uint32_t>> parts;
    Milliseconds sum;
    for (const Leg& leg : legs) {
        parts.emplace_back(leg.mode, leg.time.value / 1000);
        sum = sum + leg.time;
    }
    EXPECT_EQ(parts, (std::vector<std::pair<Mode, std::uint32_t>>{{Mode::Road, 10}, {Mode::Road, 10}, {Mode::Walk, 90}, {Mode::Board, 150}, {Mode::Metro, 320}, {Mode::Walk, 90}, {Mode::Road, 10}}));
    EXPECT_EQ(sum, Milliseconds{680000});
}

}  // namespace
}  // namespace zonewright::network
