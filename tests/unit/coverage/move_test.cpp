#include "core/coverage/move_session.h"
#include "support/coverage_maps.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

// 3 +-------+
//   |   3   |
// 2 +---+---+
//   | 1 | 2 |
// 0 +---+---+
//   0   2   4     zone 3 has no vertex at (2 2): a T-junction
std::vector<std::string> tJunction() {
    return {"POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))",
            "POLYGON ((0 2, 4 2, 4 3, 0 3, 0 2))"};
}

// a ring of two zones around an island
std::vector<std::string> island() {
    return {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))",
            "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))", "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))"};
}

TEST(MoveVertex, SharedBoundaryMovesInBothZones) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 2 0, 2 1, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 1, 2 0))"});
    const Applied done = applied(map, MoveVertex{{2, 1}, {3, 1}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 2 0, 3 1, 2 2, 0 2, 0 0))");
    EXPECT_EQ(wktOf(map, 2), "POLYGON ((2 0, 4 0, 4 2, 2 2, 3 1, 2 0))");
    ASSERT_EQ(done.flows.size(), 1U);
    EXPECT_EQ(done.flows[0].from, Fid{2});
    EXPECT_EQ(done.flows[0].to, Fid{1});
    EXPECT_DOUBLE_EQ(done.flows[0].area.value, 1);
    ASSERT_EQ(done.areas.size(), 2U);
    EXPECT_DOUBLE_EQ(done.areas[0].gained.value, 1);
    EXPECT_DOUBLE_EQ(done.areas[0].lost.value, 0);
    EXPECT_DOUBLE_EQ(done.areas[1].lost.value, 1);
}

TEST(MoveVertex, AZoneWithoutAVertexAtATJunctionGetsOne) {
    Coverage map = coverageOf(tJunction());
    applied(map, MoveVertex{{2, 2}, {2, 2.5}});
    EXPECT_EQ(wktOf(map, 3), "POLYGON ((0 2, 2 2.5, 4 2, 4 3, 0 3, 0 2))");
    EXPECT_DOUBLE_EQ(expectSound(map), 12);
}

TEST(MoveVertex, OnlyZonesAroundTheVertexChange) {
    Coverage map = coverageOf(island());
    const Applied done = applied(map, MoveVertex{{4, 4}, {3, 3}});
    ASSERT_EQ(done.changes.size(), 2U);
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (3 3, 4 6, 6 6, 6 4, 3 3))");
    EXPECT_DOUBLE_EQ(expectSound(map), 200);
}

TEST(MoveVertex, ACrossingIsRefusedWithItsPlaceAndTheLegalPart) {
    Coverage map = coverageOf(island());
    const Refusal why = refused(map, MoveVertex{{4, 4}, {4, 8}});  // over the island's own upper side
    EXPECT_EQ(why.code, ErrorCode::WouldCross);
    EXPECT_DOUBLE_EQ(why.place.y, 6);
    ASSERT_TRUE(why.legal.has_value());
    EXPECT_DOUBLE_EQ(why.legal->x, 4);
    EXPECT_DOUBLE_EQ(why.legal->y, 5.999);
    applied(map, MoveVertex{{4, 4}, *why.legal});
    expectSound(map);
}

TEST(MoveVertex, ABoundaryDoesNotJumpOverAnIsland) {
    // the boundary of zones 1 and 3 moved past the island crosses nothing in its new place
    Coverage map =
        coverageOf({"POLYGON ((0 0, 10 0, 10 5, 10 10, 0 10, 0 0), (8 4.5, 8 5.5, 9 5.5, 9 4.5, 8 4.5))",
                    "POLYGON ((8 4.5, 9 4.5, 9 5.5, 8 5.5, 8 4.5))",
                    "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 5, 10 0))"});
    const Refusal why = refused(map, MoveVertex{{10, 5}, {1, 5}});
    EXPECT_EQ(why.code, ErrorCode::WouldOverlap);
}

TEST(MoveVertex, ATriangleDoesNotTurnInsideOut) {
    Coverage map = coverageOf(
        {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 5 6, 6 4, 4 4))", "POLYGON ((4 4, 6 4, 5 6, 4 4))"});
    const Refusal why = refused(map, MoveVertex{{5, 6}, {5, 2}});
    EXPECT_EQ(why.code, ErrorCode::WouldCollapse);
    EXPECT_NEAR(why.legal->y, 4.001, 1e-9);
}

TEST(MoveVertex, TheOuterBoundaryOfAPartitionStays) {
    Coverage map = coverageOf(tJunction());
    EXPECT_EQ(refused(map, MoveVertex{{0, 0}, {1, 1}}).code, ErrorCode::WouldLeaveGap);
    applied(map, MoveVertex{{2, 0}, {1, 0}});  // slides along a straight outer boundary
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 1 0, 2 2, 0 2, 0 0))");
    EXPECT_DOUBLE_EQ(expectSound(map), 12);
}

TEST(MoveVertex, TheOuterBoundaryMovesWhereItMay) {
    Options options;
    options.outerMayMove = true;
    Coverage map = coverageOf(tJunction(), options);
    const Applied done = applied(map, MoveVertex{{0, 0}, {-1, 0}});
    ASSERT_EQ(done.flows.size(), 1U);
    EXPECT_FALSE(done.flows[0].from.has_value());
    EXPECT_DOUBLE_EQ(done.flows[0].area.value, 1);
    EXPECT_DOUBLE_EQ(expectSound(map), 13);
}

TEST(MoveVertex, ADisjointZoneDoesNotRunIntoAnother) {
    Options options;
    options.kind = Kind::Disjoint;
    Coverage map = coverageOf({"POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((4 0, 6 0, 6 2, 4 2, 4 0))",
                               "POLYGON ((40 0, 60 0, 60 2, 40 2, 40 0))"},
                              options);
    EXPECT_EQ(refused(map, MoveVertex{{2, 2}, {5, 1}}).code, ErrorCode::WouldCross);
    EXPECT_EQ(refused(map, MoveVertex{{2, 2}, {50, 3}}).code, ErrorCode::WouldCross);
    EXPECT_EQ(refused(map, MoveVertex{{2, 2}, {50, 1}}).code, ErrorCode::WouldCross);
    applied(map, MoveVertex{{2, 2}, {3, 1.5}});
    expectSound(map);
}

TEST(MoveVertex, DisjointZonesBecomeNeighboursByMovingOntoVertices) {
    Options options;
    options.kind = Kind::Disjoint;
    Coverage map =
        coverageOf({"POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((4 0, 6 0, 6 3, 4 3, 4 0))"}, options);
    applied(map, MoveVertex{{2, 0}, {4, 0}});  // touches in a point
    applied(map, MoveVertex{{2, 2}, {4, 2}});  // inside the neighbour's edge: a T-junction
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 4 0, 4 2, 0 2, 0 0))");
    EXPECT_EQ(wktOf(map, 2), "POLYGON ((4 0, 6 0, 6 3, 4 3, 4 0))");
    EXPECT_DOUBLE_EQ(expectSound(map), 14);
    applied(map, MoveVertex{{4, 2}, {5, 2}});  // now it is shared
    EXPECT_EQ(wktOf(map, 2), "POLYGON ((4 0, 6 0, 6 3, 4 3, 5 2, 4 0))");
}

TEST(MoveVertex, OntoTheNextVertexTheTwoBecomeOne) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 2 0, 2 1, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 1, 2 0))"});
    applied(map, MoveVertex{{2, 1}, {2, 2}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))");
    EXPECT_EQ(wktOf(map, 2), "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))");
}

TEST(MoveVertex, ZonesThatTouchInAPointPartOrStay) {
    // 2 and 3 touch in (5 5), both lie in 1
    Coverage map = coverageOf(
        {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (3 3, 3 5, 5 5, 5 3, 3 3), (5 5, 5 7, 7 7, 7 5, 5 5))",
         "POLYGON ((3 3, 5 3, 5 5, 3 5, 3 3))", "POLYGON ((5 5, 7 5, 7 7, 5 7, 5 5))"});
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
    applied(map, MoveVertex{{5, 5}, {5.5, 5.2}});
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
}

TEST(MoveVertex, APositionThatIsNoneIsRefused) {
    Coverage map = coverageOf(tJunction());
    EXPECT_EQ(refused(map, MoveVertex{{1, 1}, {1, 2}}).code, ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, MoveVertex{{2, 2}, {std::nan(""), 2}}).code, ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, MoveVertex{{2, 2}, {1e300, 2}}).code, ErrorCode::BadArgument);
}

TEST(MoveEdge, BothEndsFollowInAllZones) {
    Coverage map = coverageOf(
        {"POLYGON ((0 0, 4 0, 4 1, 4 3, 4 4, 0 4, 0 0))", "POLYGON ((4 0, 8 0, 8 4, 4 4, 4 3, 4 1, 4 0))"});
    const Applied done = applied(map, MoveEdge{{4, 1}, {4, 3}, {5, 1}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 4 0, 5 1, 5 3, 4 4, 0 4, 0 0))");
    EXPECT_DOUBLE_EQ(done.areas[0].gained.value, 3);
    EXPECT_DOUBLE_EQ(expectSound(map), 32);
    EXPECT_EQ(refused(map, MoveEdge{{5, 1}, {5, 3}, {9, 1}}).code, ErrorCode::WouldCross);
    EXPECT_EQ(refused(map, MoveEdge{{5, 1}, {4, 4}, {3, 1}}).code, ErrorCode::BadArgument);
}

TEST(MoveSession, PreviewsSayAreasAndLegality) {
    Coverage map = coverageOf(island());
    auto session = MoveSession::ofVertex(map, {4, 4});
    ASSERT_TRUE(session.has_value());
    EXPECT_EQ(session->zones(), (std::vector<Fid>{Fid{1}, Fid{2}}));
    const MovePreview good = session->preview({3, 3});
    EXPECT_FALSE(good.refused.has_value());
    ASSERT_EQ(good.areas.size(), 2U);
    EXPECT_DOUBLE_EQ(good.areas[0].area.value, 94);
    EXPECT_DOUBLE_EQ(good.areas[1].area.value, 6);
    const MovePreview bad = session->preview({4, 8});
    ASSERT_TRUE(bad.refused.has_value());
    EXPECT_EQ(bad.refused->code, ErrorCode::WouldCross);
    EXPECT_EQ(session->edges({3, 3}).size(), 2U);
    EXPECT_TRUE(session->result({3, 3}).has_value());
}

}  // namespace
}  // namespace zonewright::coverage
