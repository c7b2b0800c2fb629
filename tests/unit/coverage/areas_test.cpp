#include "support/coverage_maps.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

Options disjoint() {
    Options options;
    options.kind = Kind::Disjoint;
    return options;
}

std::vector<std::string> threeInARow() {
    return {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))",
            "POLYGON ((20 0, 30 0, 30 10, 20 10, 20 0))"};
}

TEST(Merge, TheBoundaryBetweenVanishes) {
    Coverage map = coverageOf(threeInARow());
    const Applied done = applied(map, Merge{{Fid{1}, Fid{2}}, Fid{2}});
    EXPECT_EQ(wktOf(map, 2), "POLYGON ((10 0, 20 0, 20 10, 10 10, 0 10, 0 0, 10 0))");
    EXPECT_EQ(wktOf(map, 1), "none");
    ASSERT_EQ(done.flows.size(), 1U);
    EXPECT_DOUBLE_EQ(done.flows[0].area.value, 100);
    EXPECT_DOUBLE_EQ(expectSound(map), 300);
}

TEST(Merge, ZonesApartMakeOneZoneOfTwoParts) {
    Coverage map = coverageOf(threeInARow());
    applied(map, Merge{{Fid{1}, Fid{3}}, Fid{1}});
    EXPECT_EQ(map.find(Fid{1})->polygons.size(), 2U);
}

TEST(Merge, AnIslandFillsItsHole) {
    Coverage map = coverageOf({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))",
                               "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))"});
    applied(map, Merge{{Fid{1}, Fid{2}}, Fid{1}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))");
}

TEST(Merge, ARingOfZonesKeepsTheHole) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 10 0, 10 4, 4 4, 4 6, 10 6, 10 10, 0 10, 0 0))",
                    "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))", "POLYGON ((10 4, 10 6, 6 6, 6 4, 10 4))"});
    applied(map, Merge{{Fid{1}, Fid{3}}, Fid{1}});
    EXPECT_EQ(map.find(Fid{1})->polygons.front().rings.size(), 2U);
    EXPECT_DOUBLE_EQ(expectSound(map), 100);
    EXPECT_EQ(refused(map, Merge{{Fid{1}}, Fid{1}}).code, ErrorCode::BadArgument);
    EXPECT_EQ(refused(map, Merge{{Fid{1}, Fid{7}}, Fid{1}}).code, ErrorCode::UnknownFeature);
}

TEST(Transfer, ThePartWithinTheAreaChangesHands) {
    Coverage map = coverageOf(threeInARow());
    const Applied done =
        applied(map, Transfer{Fid{1}, Fid{2}, polygons("POLYGON ((8 -5, 15 -5, 15 4, 8 4, 8 -5))")});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 92);
    EXPECT_EQ(done.changes.size(), 2U);
    EXPECT_DOUBLE_EQ(expectSound(map), 300);
}

TEST(Transfer, ATransferOfEverythingIsRefused) {
    Coverage map = coverageOf(threeInARow());
    EXPECT_EQ(
        refused(map, Transfer{Fid{1}, Fid{2}, polygons("POLYGON ((-1 -1, 15 -1, 15 11, -1 11, -1 -1))")})
            .code,
        ErrorCode::WouldCollapse);
    EXPECT_EQ(refused(map, Transfer{Fid{3}, Fid{2}, polygons("POLYGON ((0 0, 5 0, 5 5, 0 0))")}).code,
              ErrorCode::BadArgument);
}

TEST(TransferPart, OneOfTwoPartsChangesHands) {
    Coverage map =
        coverageOf({"MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((20 0, 30 0, 30 10, 20 10, 20 0)))",
                    "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))"});
    applied(map, TransferPart{{25, 5}, Fid{2}});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))");
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 200);
    EXPECT_EQ(refused(map, TransferPart{{5, 5}, Fid{2}}).code, ErrorCode::WouldCollapse);
}

TEST(NewZone, ItTakesFromAllNeighboursAndStopsAtTheOuterBoundary) {
    Coverage map = coverageOf(threeInARow());
    const Applied done = applied(map, NewZone{polygons("POLYGON ((5 5, 25 5, 25 15, 5 15, 5 5))")});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 4), 100);
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 50);
    EXPECT_DOUBLE_EQ(expectSound(map), 300);
    EXPECT_EQ(done.flows.size(), 3U);
    EXPECT_EQ(refused(map, NewZone{polygons("POLYGON ((50 5, 60 5, 60 15, 50 5))")}).code,
              ErrorCode::BadArgument);
}

TEST(NewZone, InADisjointCoverageItTakesUnzonedLandToo) {
    Coverage map = coverageOf({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"}, disjoint());
    applied(map, NewZone{polygons("POLYGON ((5 5, 25 5, 25 15, 5 15, 5 5))")});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 200);
    EXPECT_DOUBLE_EQ(areaOfZone(map, 1), 75);
    applied(map, NewZone{polygons("MULTIPOLYGON (((100 0, 110 0, 110 10, 100 10, 100 0), (104 4, 104 6, 106 "
                                  "6, 106 4, 104 4)), ((105 5, 105.5 5, 105.5 5.5, 105 5)))")});
    EXPECT_NEAR(areaOfZone(map, 3), 96.125, 1e-9);
    expectSound(map);
}

TEST(FillGap, TheNeighbourWithTheLongestBoundaryGetsIt) {
    Coverage map = coverageOf({"POLYGON ((0 0, 10 0, 10 4, 4 4, 4 6, 10 6, 10 10, 0 10, 0 0))",
                               "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))"});
    const Applied done = applied(map, FillGap{{5, 5}, std::nullopt});
    EXPECT_EQ(wktOf(map, 1), "POLYGON ((0 0, 10 0, 10 4, 10 6, 10 10, 0 10, 0 0))");
    EXPECT_FALSE(done.flows.at(0).from.has_value());
    EXPECT_EQ(refused(map, FillGap{{5, 5}, std::nullopt}).code, ErrorCode::BadArgument);   // a zone by now
    EXPECT_EQ(refused(map, FillGap{{50, 5}, std::nullopt}).code, ErrorCode::BadArgument);  // not enclosed
}

TEST(FillGap, ANamedNeighbourGetsIt) {
    Coverage map = coverageOf({"POLYGON ((0 0, 10 0, 10 4, 4 4, 4 6, 10 6, 10 10, 0 10, 0 0))",
                               "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))"});
    applied(map, FillGap{{5, 5}, Fid{2}});
    EXPECT_DOUBLE_EQ(areaOfZone(map, 2), 112);
    EXPECT_DOUBLE_EQ(expectSound(map), 200);
}

TEST(RemoveZone, OnlyADisjointCoverageMayLoseAZone) {
    Coverage partition = coverageOf(threeInARow());
    EXPECT_EQ(refused(partition, RemoveZone{Fid{2}}).code, ErrorCode::WouldLeaveGap);
    Coverage map = coverageOf(threeInARow(), disjoint());
    const Applied done = applied(map, RemoveZone{Fid{2}});
    EXPECT_EQ(map.size(), 2U);
    EXPECT_DOUBLE_EQ(done.areas.at(0).lost.value, 100);
}

TEST(Replace, AZoneThatChangedMeanwhileIsNotRestored) {
    Coverage map = coverageOf(threeInARow());
    const auto first = coverage::apply(map, InsertVertex{{10, 5}});
    ASSERT_TRUE(first.has_value());
    ASSERT_TRUE(coverage::apply(map, MoveVertex{{10, 5}, {11, 5}}).has_value());
    EXPECT_EQ(refused(map, first->inverse()).code, ErrorCode::BadArgument);
}

TEST(Coverage, HostileInputIsRefusedNotCrashedOn) {
    const auto of = [](MultiPolygon geometry) { return Coverage::of({{Fid{1}, std::move(geometry)}}); };
    EXPECT_FALSE(of({{Polygon{{{{0, 0}, {1, 0}, {std::nan(""), 1}, {0, 0}}}}}}).has_value());
    EXPECT_FALSE(of({{Polygon{{{{0, 0}, {1, 0}, {1e300, 1}, {0, 0}}}}}}).has_value());
    EXPECT_TRUE(of({}).has_value());
    EXPECT_TRUE(of({{Polygon{}}}).has_value());
    EXPECT_TRUE(of({{Polygon{{{}}}}}).has_value());
    EXPECT_FALSE(Coverage::of({{Fid{1}, {}}, {Fid{1}, {}}}).has_value());
}

TEST(Coverage, ZonesThatAlreadyOverlapAreNotEditedThere) {
    Coverage map =
        coverageOf({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"});
    EXPECT_EQ(refused(map, SplitByLine{Fid{1}, line("LINESTRING (-1 5, 11 5)")}).code,
              ErrorCode::BadGeometry);
}

}  // namespace
}  // namespace zonewright::coverage
