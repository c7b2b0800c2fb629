#include "core/network/isochrone.h"

#include <gtest/gtest.h>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "core/network/sweep.h"
#include "support/network_town.h"
#include "support/plain_isochrone.h"

namespace zonewright::network {
namespace {

using plain::arrivalsFrom;
using plain::isochroneOf;
using plain::kWalk;
using plain::plainSeconds;
using plain::randomPlaces;

struct Case {
    unsigned seed;
    Sense sense;
    Point origin;
    double limit;
};

class IsochroneSoundness : public testing::TestWithParam<Case> {};

TEST_P(IsochroneSoundness, NoPlaceBeyondTheToleranceIsLabelledInside) {
    const auto [seed, sense, origin, limit] = GetParam();
    std::vector<RoadLine> roads = town::randomRoads(seed, 14);
    for (std::size_t i = 0; i < roads.size(); i += 17) roads[i].frontage = false;
    const Network network = town::networkOf(roads);
    const Scenario scenario = Scenario::all(network);
    const Arrivals arrivals = arrivalsFrom(network, scenario, {origin}, sense);
    const Isochrone isochrone = isochroneOf(network, scenario, arrivals, toMilliseconds(Seconds(limit)));
    constexpr Metres kTolerance{10};
    const MultiPolygon region = isochrone.polygons(kTolerance).value();
    ASSERT_FALSE(region.polygons.empty());
    const auto fault = geos::invalidity(region).value();
    EXPECT_FALSE(fault.has_value()) << fault->reason << " " << fault->place.x << " " << fault->place.y;

    const std::vector<Point> places = randomPlaces(boxOf(region).grownBy(100), 10000, seed);
    const std::vector<std::uint8_t> drawn = insideOf(region, places);
    const std::vector<Milliseconds> times = isochrone.timesAt(places);
    std::size_t inside = 0;
    std::size_t missed = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double seconds = plainSeconds(network, scenario, arrivals, limit, places[i]);
        if (seconds <= limit - 0.002) {
            EXPECT_NEAR(toSeconds(times[i]).value, seconds, 0.002);
        } else if (seconds >= limit + 0.002) {
            EXPECT_EQ(times[i], kUnreachable);
        }
        if (drawn[i] != 0) {
            ++inside;
            EXPECT_LE((seconds - limit) * kWalk, kTolerance.value) << places[i].x << " " << places[i].y;
        } else if (seconds < limit) {
            ++missed;
            EXPECT_LE((limit - seconds) * kWalk, kTolerance.value) << places[i].x << " " << places[i].y;
        }
    }
    EXPECT_GT(inside, 1000U);
    EXPECT_LT(missed, 200U);
    const Misclassification misclassified = misclassification(isochrone, region, 2000);
    EXPECT_LT(misclassified.share(), 0.02);
}

INSTANTIATE_TEST_SUITE_P(RandomTowns, IsochroneSoundness,
                         testing::Values(Case{1, Sense::From, {700, 650}, 120}, Case{2, Sense::From, {610, 700}, 45}, Case{3, Sense::To, {700, 700}, 120},
                                         Case{4, Sense::To, {333, 701}, 75}, Case{5, Sense::From, {-200, 700}, 400}, Case{6, Sense::From, {650, 640}, 200}));

class SplitByNearest : public testing::TestWithParam<std::tuple<unsigned, Sense, double>> {
protected:
    void SetUp() override {
        const auto [seed, sense, limit] = GetParam();
        network = town::networkOf(town::randomRoads(seed, 14));
        arrivals = arrivalsFrom(network, scenario(), origins, sense, true);
        isochrone.emplace(isochroneOf(network, scenario(), arrivals, toMilliseconds(Seconds(limit))));
        parts = isochrone->polygonsByOrigin(kTolerance, origins.size()).value();
    }
    [[nodiscard]] Scenario scenario() const { return Scenario::all(network); }

    static constexpr Metres kTolerance{10};
    const std::vector<Point> origins{{300, 400}, {1000, 950}, {350, 1000}, {1010, 960}};
    Network network;
    Arrivals arrivals;
    std::optional<Isochrone> isochrone;
    std::vector<MultiPolygon> parts;
};

TEST_P(SplitByNearest, EachPlaceBelongsToTheOriginThatReachesItFirst) {
    const auto [seed, sense, limit] = GetParam();
    Box box;
    for (const MultiPolygon& part : parts) box.add(boxOf(part));
    const std::vector<Point> places = randomPlaces(box, 1000, seed);
    const std::vector<PlaceArrival> first = isochrone->arrivalsAt(places);
    std::vector<std::vector<double>> alone(origins.size());  // seconds, each origin searched on its own
    for (std::size_t o = 0; o < origins.size(); ++o) {
        const Arrivals own = arrivalsFrom(network, scenario(), {origins[o]}, sense);
        for (const Point& p : places) alone[o].push_back(plainSeconds(network, scenario(), own, limit, p));
    }
    std::vector<std::size_t> drawnIn(places.size(), 0);
    for (std::size_t o = 0; o < origins.size(); ++o) {
        const std::vector<std::uint8_t> drawn = insideOf(parts[o], places);
        for (std::size_t i = 0; i < places.size(); ++i) {
            double least = std::numeric_limits<double>::infinity();
            for (const std::vector<double>& times : alone) least = std::min(least, times[i]);
            if (drawn[i] != 0) {
                ++drawnIn[i];
                EXPECT_LE((least - limit) * kWalk, kTolerance.value);
                // Times from two origins change by at most one walk each on the way to the border between them.
                if (least <= limit) {
                    EXPECT_LE((alone[o][i] - least) * kWalk, 2 * kTolerance.value) << places[i].x << " " << places[i].y;
                }
            }
            if (alone[o][i] < limit - 0.002 && first[i].origin == o) {
                EXPECT_NEAR(alone[o][i], least, 0.004);
            }
        }
    }
    for (std::size_t i = 0; i < places.size(); ++i) EXPECT_LE(drawnIn[i], 1U);
}

TEST_P(SplitByNearest, PartsAreValidDoNotOverlapAndFillTheWhole) {
    const MultiPolygon whole = isochrone->polygons(kTolerance).value();
    double sum = 0;
    for (const MultiPolygon& part : parts) {
        const auto fault = geos::invalidity(part).value();
        EXPECT_FALSE(fault.has_value()) << fault->reason << " " << fault->place.x << " " << fault->place.y;
        sum += planarArea(part).value;
    }
    const MultiPolygon together = geos::unionOf(parts).value();
    EXPECT_NEAR(planarArea(together).value, sum, 1e-6 * sum);
    // Borders between parts meet the outer one to 1 mm.
    EXPECT_LT(planarArea(geos::difference(whole, together).value()).value, 1e-6 * sum + 1);
    EXPECT_LT(planarArea(geos::difference(together, whole).value()).value, 1e-6 * sum + 1);
}

TEST_P(SplitByNearest, ReachedNetworksAddUp) {
    const Milliseconds limit = isochrone->options().limit;
    const ReachedNetwork whole = reachedWithin(network, scenario(), arrivals, limit);
    Metres length;
    std::size_t nodes = 0;
    for (const ReachedNetwork& part : reachedByOrigin(network, scenario(), arrivals, limit)) {
        EXPECT_NEAR(planarLength(part.lines).value, part.length.value, 1e-6 * part.length.value + 1e-6);
        length += part.length;
        nodes += part.nodes;
    }
    EXPECT_NEAR(length.value, whole.length.value, 1e-3);
    EXPECT_EQ(nodes, whole.nodes);
}

INSTANTIATE_TEST_SUITE_P(RandomTowns, SplitByNearest,
                         testing::Combine(testing::Values(1U, 2U, 3U), testing::Values(Sense::From, Sense::To), testing::Values(50.0, 140.0)));

TEST(Isochrone, AStraightRoadGivesTheHullOfTwoDiscs) {
    // 1000 m at 60 km/h take 60 s; of 90 s, 90 s are left for a walk at one end and 30 s at the other.
    const Network network = town::networkOf({town::road({{0, 0}, {1000, 0}}, 60)});
    const Scenario scenario = Scenario::all(network);
    const Isochrone isochrone = isochroneOf(network, scenario, arrivalsFrom(network, scenario, {{0, 0}}), {90000});
    const double r0 = 90 * kWalk;
    const double r1 = 30 * kWalk;
    const double lean = std::acos((r0 - r1) / 1000);
    const double area = r0 * r0 * (M_PI - lean) + r1 * r1 * lean + (r0 + r1) * std::sqrt(1000.0 * 1000 - (r0 - r1) * (r0 - r1));
    const MultiPolygon region = isochrone.polygons(Metres(1)).value();
    EXPECT_NEAR(planarArea(region).value, area, area * 0.002);
    EXPECT_LE(planarArea(region).value, area);
    EXPECT_EQ(toSeconds(isochrone.timesAt(std::vector<Point>{{500, 0}}).front()).value, 30);
}

TEST(Isochrone, TheTruncatedEndOfARoadIsNotOverreached) {
    // The limit ends half way along the road: nothing is reached beyond, not even by the short walk past the tip.
    const Network network = town::networkOf({town::road({{0, 0}, {1000, 0}}, 36)});
    const Scenario scenario = Scenario::all(network);
    const MultiPolygon region = isochroneOf(network, scenario, arrivalsFrom(network, scenario, {{0, 0}}), {50000}).polygons(Metres(2)).value();
    EXPECT_LE(boxOf(region).maxX, 500.002);
    EXPECT_GE(boxOf(region).maxX, 480);
}

TEST(Isochrone, HolesStay) {
    // A ring road round an empty block too deep to walk into.
    const Network network = town::networkOf({town::road({{0, 0}, {600, 0}, {600, 600}, {0, 600}, {0, 0}}, 120)});
    const Scenario scenario = Scenario::all(network);
    const MultiPolygon region = isochroneOf(network, scenario, arrivalsFrom(network, scenario, {{0, 0}}), {120000}).polygons(Metres(10)).value();
    ASSERT_EQ(region.polygons.size(), 1U);
    ASSERT_EQ(region.polygons[0].rings.size(), 2U);
    EXPECT_EQ(insideOf(region, std::vector<Point>{{300, 300}, {20, 20}}), (std::vector<std::uint8_t>{0, 1}));
}

TEST(Isochrone, AMotorwayIsLeftAtItsJunctionsOnly) {
    RoadLine motorway = town::road({{0, 0}, {3000, 0}}, 120);
    motorway.frontage = false;
    const Network network = town::networkOf({motorway, town::road({{-100, 0}, {0, 0}}), town::road({{3000, 0}, {3000, 100}})});
    const Scenario scenario = Scenario::all(network);
    const MultiPolygon region = isochroneOf(network, scenario, arrivalsFrom(network, scenario, {{0, 0}}), {180000}).polygons(Metres(10)).value();
    EXPECT_EQ(insideOf(region, std::vector<Point>{{1500, 5}, {3000, 50}}), (std::vector<std::uint8_t>{0, 1}));
    EXPECT_EQ(region.polygons.size(), 2U);
}

TEST(Isochrone, ReachThatEndsJustOnALineOfTheLatticeIsClosed) {
    // Walks of 80 m a minute that end at whole multiples of the lattice's squares and tiles, on either side.
    const Network network = town::networkOf({town::road({{0, 0}, {1600, 0}}, 48)});
    const Scenario scenario = Scenario::all(network);
    const Arrivals arrivals = arrivalsFrom(network, scenario, {{0, 0}});
    for (std::uint32_t limit = 15000; limit <= 300000; limit += 3750) {
        for (const double tolerance : {10.0, 20.0, 40.0, 80.0}) {
            const MultiPolygon region = isochroneOf(network, scenario, arrivals, {limit}).polygons(Metres(tolerance)).value();
            EXPECT_LE(region.polygons.size(), 1U);
            EXPECT_GE(planarArea(region).value, 0.5 * M_PI * std::pow(std::max(0.0, limit / 750.0 - tolerance), 2));
        }
    }
}

TEST(Isochrone, ALongerLimitContainsAShorterOne) {
    const Network network = town::networkOf(town::randomRoads(11, 14));
    const Scenario scenario = Scenario::all(network);
    const Arrivals arrivals = arrivalsFrom(network, scenario, {{700, 700}});
    const MultiPolygon shorter = isochroneOf(network, scenario, arrivals, {60000}).polygons(Metres(10)).value();
    const MultiPolygon longer = isochroneOf(network, scenario, arrivals, {75000}).polygons(Metres(10)).value();
    EXPECT_NEAR(planarArea(geos::difference(shorter, longer).value()).value, 0, 1e-6);
    EXPECT_GT(planarArea(longer).value, planarArea(shorter).value);
}

TEST(Isochrone, TheSameInputGivesTheSameBytes) {
    const Network network = town::networkOf(town::randomRoads(12, 14));
    const Scenario scenario = Scenario::all(network);
    const Arrivals arrivals = arrivalsFrom(network, scenario, {{700, 700}});
    const Isochrone isochrone = isochroneOf(network, scenario, arrivals, {90000});
    EXPECT_EQ(isochrone.polygons(Metres(4)).value(), isochrone.polygons(Metres(4)).value());
}

TEST(Isochrone, AnOriginFarFromEveryWayIsAnError) {
    const Network network = town::networkOf({town::road({{0, 0}, {100, 0}})});
    const auto origin = originAt(network, PlaceIndex(network, Scenario::all(network)), {9000, 0}, {});
    ASSERT_FALSE(origin.has_value());
    EXPECT_EQ(origin.error().code, ErrorCode::NoNetwork);
}

TEST(Isochrone, ToleranceTooFineIsRefused) {
    const Network network = town::networkOf({town::road({{0, 0}, {100, 0}})});
    const Scenario scenario = Scenario::all(network);
    const Isochrone isochrone = isochroneOf(network, scenario, arrivalsFrom(network, scenario, {{0, 0}}), {60000});
    EXPECT_FALSE(isochrone.polygons(Metres(0.001)).has_value());
}

TEST(PlaceIndex, NearestEqualsAPlainSearch) {
    const Network network = town::networkOf(town::randomRoads(8, 14));
    const PlaceIndex placeIndex(network, Scenario::all(network));
    std::mt19937 random(8);
    std::uniform_real_distribution<double> anywhere(-1000, 2400);
    for (int i = 0; i < 500; ++i) {
        const Point p{anywhere(random), anywhere(random)};
        double best = std::numeric_limits<double>::infinity();
        for (std::uint32_t e = 0; e < network.edges().size(); ++e) {
            const auto line = network.line(EdgeId{e});
            best = std::min(best, geos::distance(p, LineString(line.begin(), line.end())).value().value);
        }
        const auto found = placeIndex.nearest(p, Metres(5000));
        ASSERT_TRUE(found.has_value());
        EXPECT_NEAR(found->distance.value, best, 1e-9);
        EXPECT_NEAR(std::hypot(p.x - found->point.x, p.y - found->point.y), best, 1e-9);
        const LineString upTo = lineOf(network, found->position.edge, 0, found->position.along);
        EXPECT_NEAR(upTo.back().x, found->point.x, 1e-6);
        EXPECT_NEAR(upTo.back().y, found->point.y, 1e-6);
    }
}

TEST(ReachedNetwork, PartialEdgesEndWhereTheLimitDoes) {
    const std::vector<std::string> map{"A-B-C",
                                       "  |  ",
                                       "  D  "};
    const Network network = town::networkOf(town::drawn(map));
    const Scenario scenario = Scenario::all(network);
    const ReachedNetwork reached = reachedWithin(network, scenario, arrivalsFrom(network, scenario, {{0, 0}}), {15000});
    EXPECT_EQ(reached.nodes, 2U);
    EXPECT_DOUBLE_EQ(reached.length.value, 200);
    EXPECT_NEAR(planarLength(reached.lines).value, 200, 1e-6);
}

TEST(ReachedNetwork, EachStretchIsCountedOnce) {
    // A square is gone round both ways; the travellers meet.
    const Network network = town::networkOf({town::road({{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}})});
    const Scenario scenario = Scenario::all(network);
    const Arrivals arrivals = arrivalsFrom(network, scenario, {{30, 0}});
    EXPECT_DOUBLE_EQ(reachedWithin(network, scenario, arrivals, {30000}).length.value, 400);
    EXPECT_DOUBLE_EQ(reachedWithin(network, scenario, arrivals, {10000}).length.value, 200);
}

}  // namespace
}  // namespace zonewright::network
