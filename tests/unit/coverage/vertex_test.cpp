#include "support/coverage_maps.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

std::vector<std::string> twoSquares() {
    return {"POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))"};
}

TEST(InsertVertex, BothZonesGetIt) {
    Coverage map = coverageOf(twoSquares());
    applied(map, InsertVertex{{2, 1}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 2 0, 2 1, 2 2, 0 2, 0 0))");
    EXPECT_EQ(wktOf(map, 2), "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 1, 2 0))");
}

TEST(InsertVertex, BetweenGridPointsTheNearestIsTaken) {
    // the boundary from (2 0) to (2.001 2) passes x = 2.0005 at y = 1
    Coverage map =
        coverageOf({"POLYGON ((0 0, 2 0, 2.001 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2.001 2, 2 0))"});
    const Applied done = applied(map, InsertVertex{{2.0004, 1}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 2 0, 2 1, 2.001 2, 0 2, 0 0))");
    EXPECT_TRUE(done.outerCourses.empty());
    EXPECT_DOUBLE_EQ(expectSound(map), 8);
}

TEST(InsertVertex, OnTheOuterBoundaryItIsReportedForTheParent) {
    Coverage map = coverageOf(twoSquares());
    const Applied done = applied(map, InsertVertex{{1, 0}});
    EXPECT_EQ(done.outerCourses, (std::vector<LineString>{{{0, 0}, {1, 0}, {2, 0}}}));
}

TEST(FollowCourse, TheParentRunsAsTheZonesThenDo) {
    // zones bent their outer edge from (0 0) to (6 0); the parent has one straight vertex more on it
    Coverage parent = coverageOf({"POLYGON ((0 0, 3 0, 6 0, 6 5, 0 5, 0 0))"});
    const auto followed = followCourse(parent, line("LINESTRING (0 0, 2 0.001, 6 0)"));
    ASSERT_TRUE(followed.has_value());
    EXPECT_EQ(wktOf(parent, 1), "POLYGON ((0 0, 2 0.001, 6 0, 6 5, 0 5, 0 0))");
    EXPECT_TRUE(followCourse(parent, line("LINESTRING (0 0, 2 0.001, 6 0)"))->changes.empty());
    EXPECT_FALSE(followCourse(parent, line("LINESTRING (1 1, 2 2, 3 1)")).has_value());
}

TEST(InsertVertex, AwayFromBoundariesOrOnAVertexItIsRefused) {
    Coverage map = coverageOf(twoSquares());
    EXPECT_EQ(refused(map, InsertVertex{{1, 1}}).code, ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, InsertVertex{{2, 2}}).code, ErrorCode::BadArgument);
}

TEST(DeleteVertex, BothZonesLoseIt) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 2 0, 3 1, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 3 1, 2 0))"});
    const Applied done = applied(map, DeleteVertex{{3, 1}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))");
    EXPECT_DOUBLE_EQ(done.flows.at(0).area.value, 1);
    EXPECT_DOUBLE_EQ(expectSound(map), 8);
}

TEST(DeleteVertex, WhereThreeZonesMeetItIsRefused) {
    Coverage map = coverageOf({"POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))",
                               "POLYGON ((0 2, 4 2, 4 3, 0 3, 0 2))"});
    EXPECT_EQ(refused(map, DeleteVertex{{2, 2}}).code, ErrorCode::BadArgument);
}

TEST(DeleteVertex, AnOuterCornerStaysAndAStraightOuterVertexMayGo) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 1 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))"});
    EXPECT_EQ(refused(map, DeleteVertex{{0, 0}}).code, ErrorCode::WouldLeaveGap);
    applied(map, DeleteVertex{{1, 0}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))");
}

TEST(DeleteVertex, ATriangularIslandDoesNotCollapse) {
    Coverage map = coverageOf(
        {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 5 6, 6 4, 4 4))", "POLYGON ((4 4, 6 4, 5 6, 4 4))"});
    EXPECT_EQ(refused(map, DeleteVertex{{5, 6}}).code, ErrorCode::WouldCollapse);
}

TEST(DeleteVertex, AnIslandInTheCornerCutOffRefuses) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 10 0, 14 5, 10 10, 0 10, 0 0), (11 4.5, 11 5.5, 12 5.5, 12 4.5, 11 4.5))",
                    "POLYGON ((11 4.5, 12 4.5, 12 5.5, 11 5.5, 11 4.5))",
                    "POLYGON ((10 0, 20 0, 20 10, 10 10, 14 5, 10 0))"});
    EXPECT_EQ(refused(map, DeleteVertex{{14, 5}}).code, ErrorCode::WouldOverlap);
}

}  // namespace
}  // namespace zonewright::coverage
