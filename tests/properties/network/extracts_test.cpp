// Real road networks, as far as they are at hand: shortest times and isochrones against the letter of their definition.
#include <filesystem>
#include <random>

#include <gtest/gtest.h>

#include "core/geometry/geos.h"
#include "core/network/osm.h"
#include "support/network_town.h"
#include "support/plain_isochrone.h"

namespace zonewright::network {
namespace {

const std::filesystem::path kExtracts = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "osm";

struct Extract {
    const char* file;
    const char* crs;
    Profile profile;
    Sense sense;
    double minutes;
};

class Extracts : public testing::TestWithParam<Extract> {
protected:
    void SetUp() override {
        const std::filesystem::path file = kExtracts / GetParam().file;
        if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file.string();
        OsmOptions options;
        options.profile = GetParam().profile;
        const OsmWays ways = readOsm(file, Crs::from(GetParam().crs).value(), options).value();
        network = town::networkOf(ways.lines, ways.bans);
    }

    /// A junction in the thick of the network: the one with most others within 2 km among some.
    [[nodiscard]] Point centre() const {
        Point best{};
        std::size_t most = 0;
        for (std::size_t v = 0; v < network.nodeCount(); v += network.nodeCount() / 40 + 1) {
            const Point p = network.nodes()[v];
            const auto near = static_cast<std::size_t>(std::count_if(network.nodes().begin(), network.nodes().end(), [&](Point q) { return std::hypot(p.x - q.x, p.y - q.y) < 2000; }));
            if (near > most) std::tie(best, most) = std::pair(p, near);
        }
        return best;
    }

    Network network;
};

TEST_P(Extracts, ShortestTimesEqualBellmanFord) {
    const Scenario scenario = Scenario::all(network);
    for (const Sense sense : {Sense::From, Sense::To}) {
        const Graph graph(network, scenario, sense);
        ShortestTimes search(graph);
        for (std::uint32_t i = 0; i < 5; ++i) {
            const std::vector<Seed> seeds{{NodeId{static_cast<std::uint32_t>((i + 0.5) * static_cast<double>(network.nodeCount()) / 5)}, {0}}};
            search.run(seeds);
            const std::vector<Milliseconds> expected = town::plainTimes(network, scenario, seeds, sense);
            ASSERT_TRUE(std::equal(expected.begin(), expected.end(), search.times().begin()));
        }
    }
}

TEST_P(Extracts, OfTenThousandPlacesRoutedAnewNoneIsWronglyInside) {
    const Scenario scenario = Scenario::all(network);
    const double limit = GetParam().minutes * 60;
    constexpr Metres kTolerance{10};
    const Sense sense = GetParam().sense;
    Arrivals arrivals = plain::arrivalsFrom(network, scenario, {centre()}, sense);
    const Isochrone isochrone = plain::isochroneOf(network, scenario, arrivals, toMilliseconds(Seconds(limit)));
    const MultiPolygon region = isochrone.polygons(kTolerance).value();
    const auto fault = geos::invalidity(region).value();
    EXPECT_FALSE(fault.has_value()) << fault->reason << " " << fault->place.x << " " << fault->place.y;

    arrivals.times = town::plainTimes(network, scenario, arrivals.origins.front().seeds, sense);
    const std::vector<Point> places = plain::randomPlaces(boxOf(region).grownBy(200), 10000, 1);
    const std::vector<std::uint8_t> drawn = insideOf(region, places);
    std::size_t inside = 0;
    std::size_t overreached = 0;
    std::size_t missed = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double seconds = plain::plainSeconds(network, scenario, arrivals, limit, places[i]);
        inside += drawn[i];
        if (drawn[i] != 0 && seconds > limit) {
            ++overreached;
            EXPECT_LE((seconds - limit) * plain::kWalk, kTolerance.value) << places[i].x << " " << places[i].y;
        } else if (drawn[i] == 0 && seconds < limit) {
            ++missed;
            EXPECT_LE((limit - seconds) * plain::kWalk, kTolerance.value) << places[i].x << " " << places[i].y;
        }
    }
    EXPECT_GT(inside, 500U);
    std::printf("%s %s: of 10000 places %zu inside; misclassified %zu inside and %zu outside, all within 10 m of the border\n", GetParam().file, sense == Sense::From ? "from" : "to", inside, overreached, missed);
}

INSTANTIATE_TEST_SUITE_P(Countries, Extracts,
                         testing::Values(Extract{"valhalla_bench_andorra.osm.pbf", "EPSG:32631", Profile::Car, Sense::From, 10}, Extract{"valhalla_liechtenstein-latest.osm.pbf", "EPSG:32632", Profile::Car, Sense::To, 8},
                                         Extract{"valhalla_liechtenstein-latest.osm.pbf", "EPSG:32632", Profile::Cycle, Sense::From, 15}, Extract{"r5r_poa_osm.pbf", "EPSG:32722", Profile::Car, Sense::To, 5},
                                         Extract{"r5r_poa_osm.pbf", "EPSG:32722", Profile::Walk, Sense::From, 20}));

}  // namespace
}  // namespace zonewright::network
