#include "support/coverage_maps.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

std::vector<std::string> twoSquares() {
    return {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))"};
}

TEST(SplitByLine, TheLargerPieceKeepsTheNumber) {
    Coverage map = coverageOf(twoSquares());
    const Applied done = applied(map, SplitByLine{Fid{1}, line("LINESTRING (-1 3, 15 3)")});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((10 10, 0 10, 0 3, 10 3, 10 10))");
    EXPECT_EQ(wktOf(map, 3), "POLYGON ((0 0, 10 0, 10 3, 0 3, 0 0))");
    EXPECT_EQ(wktOf(map, 2), "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 3, 10 0))");  // shares the new corner
    EXPECT_EQ(done.outerCourses, (std::vector<LineString>{{{0, 0}, {0, 3}, {0, 10}}}));
    EXPECT_DOUBLE_EQ(expectSound(map), 200);
}

TEST(SplitByLine, EveryPieceBecomesAZone) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 10 0, 10 2, 2 2, 2 4, 10 4, 10 6, 2 6, 2 8, 10 8, 10 10, 0 10, 0 0))"});
    applied(map, SplitByLine{Fid{1}, line("LINESTRING (5 -1, 5 11)")});
    EXPECT_EQ(map.size(), 4U);
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 100 - 32 - 30);
    EXPECT_DOUBLE_EQ(expectSound(map), 68);
}

TEST(SplitByLine, PartsThatTheLineDoesNotCutStay) {
    Coverage map =
        coverageOf({"MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((20 0, 22 0, 22 2, 20 2, 20 0)))"});
    applied(map, SplitByLine{Fid{1}, line("LINESTRING (-1 3, 11 3)")});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 74);
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 30);
}

TEST(SplitByLine, AClosedLineCutsOutAnIsland) {
    Coverage map = coverageOf(twoSquares());
    applied(map, SplitByLine{Fid{1}, line("LINESTRING (4 4, 6 4, 6 6, 4 6, 4 4)")});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))");
    EXPECT_EQ(wktOf(map, 3), "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))");
}

TEST(SplitByLine, ALineThatEndsInsideCutsNothing) {
    Coverage map = coverageOf(twoSquares());
    EXPECT_EQ(refused(map, SplitByLine{Fid{1}, line("LINESTRING (-1 3, 5 3)")}).code, ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, SplitByLine{Fid{9}, line("LINESTRING (-1 3, 11 3)")}).code,
              ErrorCode::UnknownFeature);
    EXPECT_EQ(refused(map, SplitByLine{Fid{1}, {}}).code, ErrorCode::BadArgument);
}

TEST(SplitByAreas, PiecesFollowTheBearing) {
    Coverage map = coverageOf({"POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))"});
    applied(map, SplitByAreas{Fid{1}, {SquareMetres(2000), SquareMetres(3000)}, Degrees(90)});
    EXPECT_EQ(map.size(), 3U);
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 20 0, 20 100, 0 100, 0 0))");
    EXPECT_NEAR(areaOfZone(map, 2), 3000, 1e-6);
    EXPECT_NEAR(areaOfZone(map, 3), 5000, 1e-6);
}

TEST(SplitByAreas, LargeZonesAreCutWithinOneSquareMetre) {
    // 12 km wide, so 1 mm of a straight cut is 12 m2
    Coverage map =
        coverageOf({"POLYGON ((1000.123 0, 13000.457 400.311, 12500.009 9000.87, 6000 7000.001, 0 8100.333, "
                    "1000.123 0), "
                    "(5000 3000, 5000 4000, 6500 4100.5, 6000 3000, 5000 3000))",
                    "POLYGON ((5000 3000, 6000 3000, 6500 4100.5, 5000 4000, 5000 3000))"});
    const double whole = areaOfZone(map, 1);
    for (const double bearing : {0.0, 17.3, 90.0, 223.9, 270.0}) {
        Coverage work = map;
        const std::vector<SquareMetres> areas{SquareMetres(20e6), SquareMetres(5e6 + 1.25),
                                              SquareMetres(30e6)};
        applied(work, SplitByAreas{Fid{1}, areas, Degrees(bearing)});
        ASSERT_EQ(work.size(), 5U);
        EXPECT_NEAR(areaOfZone(work, 1), 20e6, 1) << bearing;
        EXPECT_NEAR(areaOfZone(work, 3), 5e6 + 1.25, 1) << bearing;
        EXPECT_NEAR(areaOfZone(work, 4), 30e6, 1) << bearing;
        EXPECT_NEAR(areaOfZone(work, 5), whole - 55e6 - 1.25, 10)
            << bearing;  // the ends of the cuts bend the outer boundary
        expectSound(work);
    }
}

TEST(SplitByAreas, MoreThanThereIsIsRefused) {
    Coverage map = coverageOf(twoSquares());
    EXPECT_EQ(refused(map, SplitByAreas{Fid{1}, {SquareMetres(70), SquareMetres(40)}, Degrees(0)}).code,
              ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, SplitByAreas{Fid{1}, {SquareMetres(-1)}, Degrees(0)}).code,
              ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, SplitByAreas{Fid{1}, {}, Degrees(0)}).code, ErrorCode::BadArgument);
}

}  // namespace
}  // namespace zonewright::coverage
