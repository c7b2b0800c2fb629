#include "core/network/osm.h"

#include <filesystem>

#include <gtest/gtest.h>

#include <osmium/io/pbf_output.hpp>
#include <osmium/opl.hpp>

#include "core/geometry/grid.h"
#include "core/network/hierarchy.h"
#include "core/network/sweep.h"
#include "support/network_town.h"
#include "support/temp_folder.h"

namespace zonewright::network {
namespace {

using test::TempFolder;

const std::filesystem::path kShared = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "osm";

Crs plane() { return Crs::from("EPSG:32632").value(); }

/// A pbf file of objects in OPL notation, one a line.
std::filesystem::path pbf(const std::filesystem::path& folder, const std::vector<std::string>& objects) {
    osmium::memory::Buffer buffer(4096, osmium::memory::Buffer::auto_grow::yes);
    for (const std::string& object : objects) osmium::opl_parse(object.c_str(), buffer);
    const std::filesystem::path file = folder / "town.osm.pbf";
    osmium::io::Writer writer(file.string(), osmium::io::overwrite::allow);
    writer(std::move(buffer));
    writer.close();
    return file;
}

/// Four nodes in a cross round node 1, about 111 m to the south and north of it and 76 m to the west and east.
const std::vector<std::string> kCross{"n1 x9.000 y47.000", "n2 x8.999 y47.000", "n3 x9.001 y47.000", "n4 x9.000 y47.001", "n5 x9.000 y46.999"};

std::vector<std::string> crossWith(std::vector<std::string> more) {
    std::vector<std::string> all = kCross;
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

Point placeOf(double lon, double lat) {
    static const Transform toPlane = Transform::between(Crs::from("EPSG:4326").value(), plane()).value();
    return snapped(toPlane({lon, lat}));
}

TEST(Osm, SpeedsComeFromMaxspeedOrClass) {
    const TempFolder folder;
    const OsmWays ways = readOsm(pbf(folder.path(), crossWith({"w10 Thighway=primary,maxspeed=50 Nn2,n1", "w11 Thighway=primary,maxspeed=30%20%mph Nn1,n3",
                                                               "w12 Thighway=residential,maxspeed=DE:urban Nn1,n4"})), plane()).value();
    ASSERT_EQ(ways.lines.size(), 3U);
    EXPECT_DOUBLE_EQ(ways.lines[0].speed.value, 50);
    EXPECT_NEAR(ways.lines[1].speed.value, 48.28, 0.01);
    EXPECT_DOUBLE_EQ(ways.lines[2].speed.value, 30);
}

TEST(Osm, EachProfileUsesItsWaysOnly) {
    const TempFolder folder;
    const auto file = pbf(folder.path(), crossWith({"w10 Thighway=motorway Nn2,n1", "w11 Thighway=footway Nn1,n3", "w12 Thighway=cycleway Nn1,n4",
                                                    "w13 Thighway=service,access=private Nn1,n5", "w14 Tbuilding=yes Nn1,n5"}));
    const auto idsFor = [&](Profile profile) {
        OsmOptions options;
        options.profile = profile;
        const OsmWays ways = readOsm(file, plane(), options).value();
        EXPECT_EQ(ways.highwaysRead, 4U);
        EXPECT_EQ(ways.highwaysRead, ways.highwaysClosed + ways.wayIds.size());
        return ways.wayIds;
    };
    EXPECT_EQ(idsFor(Profile::Car), (std::vector<std::int64_t>{10}));
    EXPECT_EQ(idsFor(Profile::Walk), (std::vector<std::int64_t>{11, 12}));
    EXPECT_EQ(idsFor(Profile::Cycle), (std::vector<std::int64_t>{12}));
}

TEST(Osm, OnewayIsReadBothWaysRoundAndImplied) {
    const TempFolder folder;
    const OsmWays ways = readOsm(pbf(folder.path(), crossWith({"w10 Thighway=primary,oneway=yes Nn2,n1", "w11 Thighway=primary,oneway=-1 Nn1,n3",
                                                               "w12 Thighway=motorway Nn1,n4", "w13 Thighway=primary,junction=roundabout Nn1,n5"})), plane()).value();
    ASSERT_EQ(ways.lines.size(), 4U);
    EXPECT_EQ(ways.lines[0].direction, Direction::AlongLine);
    EXPECT_EQ(ways.lines[1].direction, Direction::AgainstLine);
    EXPECT_EQ(ways.lines[2].direction, Direction::AlongLine);
    EXPECT_FALSE(ways.lines[2].frontage);
    EXPECT_EQ(ways.lines[3].direction, Direction::AlongLine);
}

TEST(Osm, TurnRestrictionsCloseTurns) {
    const TempFolder folder;
    const std::vector<std::string> roads{"w10 Thighway=primary,maxspeed=36 Nn2,n1", "w11 Thighway=primary,maxspeed=36 Nn1,n3",
                                         "w12 Thighway=primary,maxspeed=36 Nn1,n4", "w13 Thighway=primary,maxspeed=36 Nn1,n5"};
    const Point west = placeOf(8.999, 47), east = placeOf(9.001, 47), north = placeOf(9, 47.001), south = placeOf(9, 46.999);
    const auto networkWith = [&](const std::string& relation) {
        std::vector<std::string> objects = crossWith(roads);
        objects.push_back(relation);
        const OsmWays ways = readOsm(pbf(folder.path(), objects), plane()).value();
        EXPECT_EQ(ways.restrictionsRead, 1U);
        EXPECT_EQ(ways.restrictionsUnused, 0U);
        return town::networkOf(ways.lines, ways.bans);
    };
    const Network noLeft = networkWith("r1 Ttype=restriction,restriction=no_left_turn Mw10@from,n1@via,w12@to");
    EXPECT_GT(town::secondsBetween(noLeft, west, north).value(), 30);  // over another arm and back
    EXPECT_LT(town::secondsBetween(noLeft, west, east).value(), 16);
    const Network onlyAhead = networkWith("r1 Ttype=restriction,restriction=only_straight_on Mw10@from,n1@via,w11@to");
    EXPECT_LT(town::secondsBetween(onlyAhead, west, east).value(), 16);
    EXPECT_GT(town::secondsBetween(onlyAhead, west, south).value(), 30);
    EXPECT_LT(town::secondsBetween(onlyAhead, south, north).value(), 23);
}

TEST(Osm, WaysWithMissingNodesKeepTheRest) {
    const TempFolder folder;
    const OsmWays ways = readOsm(pbf(folder.path(), crossWith({"w10 Thighway=primary Nn2,n1,n3,n99,n4,n5"})), plane()).value();
    EXPECT_EQ(ways.highwaysCut, 1U);
    ASSERT_EQ(ways.lines.size(), 2U);
    EXPECT_EQ(ways.lines[0].line.size(), 3U);
    EXPECT_EQ(ways.lines[1].line.size(), 2U);
}

TEST(Osm, BadFilesAreNamedAndNothingCrashes) {
    const TempFolder folder;
    EXPECT_EQ(readOsm(folder.path() / "none.osm.pbf", plane()).error().code, ErrorCode::FileNotFound);
    const auto file = pbf(folder.path(), crossWith({"w10 Thighway=primary Nn2,n1"}));
    const std::string bytes = test::readFile(file);
    for (std::size_t size = 0; size < bytes.size(); size += 7) {
        test::writeFile(file, bytes.substr(0, size));
        const auto ways = readOsm(file, plane());
        ASSERT_FALSE(ways.has_value()) << size;
        EXPECT_EQ(ways.error().where, file.string());
    }
    EXPECT_EQ(readOsm(pbf(folder.path(), crossWith({"w10 Tbuilding=yes Nn2,n1"})), plane()).error().code, ErrorCode::SourceEmpty);
}

class OsmExtract : public testing::TestWithParam<std::tuple<const char*, const char*, Profile>> {};

TEST_P(OsmExtract, HierarchyTimesEqualDijkstra) {
    const auto [name, crs, profile] = GetParam();
    if (!std::filesystem::exists(kShared / name)) GTEST_SKIP() << "no " << (kShared / name).string();
    OsmOptions options;
    options.profile = profile;
    const OsmWays ways = readOsm(kShared / name, Crs::from(crs).value(), options).value();
    NetworkBuilder builder;
    const RoadReport report = addRoads(builder, ways.lines, ways.bans);
    EXPECT_EQ(report.read, report.taken + report.rejected.size());
    const Network network = std::move(builder).build().network;
    const Scenario scenario = Scenario::all(network);
    Progress quiet;
    const Hierarchy hierarchy = Hierarchy::of(Graph(network, scenario), quiet).value();
    for (const Sense sense : {Sense::From, Sense::To}) {
        const Graph graph(network, scenario, sense);
        ShortestTimes dijkstra(graph);
        WideSweep sweep(hierarchy, sense);
        std::vector<std::vector<Seed>> origins;
        for (std::size_t o = 0; o < kLanes; ++o) origins.push_back({{NodeId{static_cast<std::uint32_t>(o * network.nodeCount() / kLanes)}, {0}}});
        sweep.run(origins);
        for (std::size_t o = 0; o < kLanes; ++o) {
            dijkstra.run(origins[o]);
            for (std::uint32_t v = 0; v < network.nodeCount(); ++v) ASSERT_EQ(sweep.timeTo(NodeId{v}, o), dijkstra.timeTo(NodeId{v}));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Countries, OsmExtract,
                         testing::Values(std::tuple("valhalla_bench_andorra.osm.pbf", "EPSG:32631", Profile::Car),
                                         std::tuple("valhalla_liechtenstein-latest.osm.pbf", "EPSG:32632", Profile::Car),
                                         std::tuple("valhalla_liechtenstein-latest.osm.pbf", "EPSG:32632", Profile::Cycle),
                                         std::tuple("r5r_poa_osm.pbf", "EPSG:32722", Profile::Walk),
                                         std::tuple("graphhopper_one_way_dead_end.osm.pbf", "EPSG:32632", Profile::Car)));

}  // namespace
}  // namespace zonewright::network
