#include "support/coverage_maps.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

// 10 +-----+-----+
//    |     |  2  |
//  6 |  1  +-----+
//    |     |  3  |
//  0 +-----+-----+
//    0     5    10
std::vector<std::string> oneBesideTwo() {
    return {"POLYGON ((0 0, 5 0, 5 6, 5 10, 0 10, 0 0))", "POLYGON ((5 6, 10 6, 10 10, 5 10, 5 6))",
            "POLYGON ((5 0, 10 0, 10 6, 5 6, 5 0))"};
}

TEST(Reshape, TheZoneTakesFromEveryNeighbourTheLineRunsThrough) {
    Coverage map = coverageOf(oneBesideTwo());
    const Applied done = applied(map, Reshape{line("LINESTRING (5 2, 8 2, 8 8, 5 8)"), std::nullopt});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 68);
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 14);
    EXPECT_DOUBLE_EQ(areaOfZone(map, 3), 18);
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
    ASSERT_EQ(done.flows.size(), 2U);
    EXPECT_EQ(done.flows[0].from, Fid{2});
    EXPECT_DOUBLE_EQ(done.flows[0].area.value, 6);
    EXPECT_DOUBLE_EQ(done.flows[1].area.value, 12);
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 5 0, 5 2, 8 2, 8 6, 8 8, 5 8, 5 10, 0 10, 0 0))");
}

TEST(Reshape, AWeavingLineGivesAndTakes) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 5 0, 5 10, 0 10, 0 0))", "POLYGON ((5 0, 10 0, 10 10, 5 10, 5 0))"});
    const Applied done =
        applied(map, Reshape{line("LINESTRING (5 1, 7 1, 7 4, 3 4, 3 8, 5 8)"), std::nullopt});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 50 + 6 - 8);
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
    EXPECT_DOUBLE_EQ(done.areas[0].gained.value, 6);
    EXPECT_DOUBLE_EQ(done.areas[0].lost.value, 8);
}

TEST(Reshape, EndsBeyondTheBoundaryAreCutOff) {
    Coverage map = coverageOf(oneBesideTwo());
    applied(map, Reshape{line("LINESTRING (4.5 2, 8 2, 8 8, 4 8)"), Fid{1}});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 68);
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 5 0, 5 2, 8 2, 8 6, 8 8, 5 8, 5 10, 0 10, 0 0))");
}

TEST(Reshape, ALineOutsideAPartitionTakesNothingThere) {
    Coverage map = coverageOf(oneBesideTwo());
    EXPECT_EQ(refused(map, Reshape{line("LINESTRING (0 2, -3 2, -3 8, 0 8)"), std::nullopt}).code,
              ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, Reshape{line("LINESTRING (0 2, 3 2, 3 8, 0 8)"), Fid{1}}).code,
              ErrorCode::WouldLeaveGap);
}

TEST(Reshape, ADisjointZoneTakesAndGivesUnzonedLand) {
    Options options;
    options.kind = Kind::Disjoint;
    Coverage map = coverageOf(
        {"POLYGON ((0 0, 5 0, 5 10, 0 10, 0 0))", "POLYGON ((6 0, 9 0, 9 10, 6 10, 6 0))"}, options);
    applied(map, Reshape{line("LINESTRING (5 2, 7 2, 7 8, 5 8)"), std::nullopt});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 62);
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 24);
    expectSound(map);
    applied(map, Reshape{line("LINESTRING (0 1, 1 1, 1 9, 0 9)"), std::nullopt});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 54);
}

TEST(Reshape, AnIslandIsReshapedIntoItsSurroundings) {
    Coverage map = coverageOf({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))",
                               "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))"});
    applied(map, Reshape{line("LINESTRING (4.5 6, 4.5 8, 5.5 8, 5.5 6)"), std::nullopt});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 6);
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
}

TEST(Reshape, CrossingsBetweenGridPointsGoIntoAllZonesAndNothingElse) {
    Coverage map = coverageOf(
        {"POLYGON ((0 0, 5 0, 5.007 10, 0 10, 0 0))", "POLYGON ((5 0, 10 0, 10 10, 5.007 10, 5 0))"});
    const Applied done =
        applied(map, Reshape{line("LINESTRING (4.9 1.2345, 8.123 3.3, 7.5 7.7, 4.7 8.8765)"), std::nullopt});
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
    EXPECT_TRUE(done.outerCourses.empty());
}

TEST(Reshape, AZoneThatWouldBeSwallowedRefuses) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "POLYGON ((10 4, 12 4, 12 6, 10 6, 10 4))",
                    "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 6, 12 6, 12 4, 10 4, 10 0))"});
    EXPECT_EQ(refused(map, Reshape{line("LINESTRING (10 2, 15 2, 15 8, 10 8)"), std::nullopt}).code,
              ErrorCode::WouldCollapse);
}

TEST(Reshape, AHoleKeepsItsLargerSide) {
    Coverage map = coverageOf({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (3 3, 3 7, 7 7, 7 3, 3 3))",
                               "POLYGON ((3 3, 7 3, 7 7, 3 7, 3 3))"});
    applied(map, Reshape{line("LINESTRING (3 6, 7 6)"), Fid{1}});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 12);
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
}

}  // namespace
}  // namespace zonewright::coverage
