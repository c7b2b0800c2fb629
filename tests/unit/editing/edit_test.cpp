#include <cmath>

#include <gtest/gtest.h>

#include "support/level_plan.h"

namespace zonewright::editing {
namespace {

using namespace coverage;
using test::must;

/// Four zones of 1 km, two of them alike but for a hole:
///   +---+---+
///   | 3 | 4 |
///   +---+---+
///   | 1 | 2 |
///   +---+---+
class EditOfZones : public testing::Test {
protected:
    void SetUp() override {
        std::vector<MultiPolygon> squares;
        for (const Point at : {Point{0, 0}, Point{1000, 0}, Point{0, 1000}, Point{1000, 1000}}) {
            squares.push_back({{Polygon{{{at, {at.x + 1000, at.y}, {at.x + 1000, at.y + 1000}, {at.x, at.y + 1000}, at}}}}});
        }
        test::putZones(plan, "zones", squares, "z");
        start = bytes();
    }

    std::string bytes() const { return test::bytesOfLayers(plan, {"zones"}); }
    coverage::Outcome<EditReport> run(const coverage::Edit& e, const EditOptions& options = {}) { return edit(plan, catalogue, {"zones", e}, options); }
    std::string fileBytes() const { return test::readFile(file); }

    test::TempFolder folder;
    std::filesystem::path file = folder / "plan.gpkg";
    catalogue::Catalogue catalogue = test::levelCatalogue();
    plan::Plan plan = must(plan::Plan::create(file, catalogue, {}));
    std::string start;
};

TEST_F(EditOfZones, SaysWhoGotHowMuchFromWhom) {
    const auto done = run(MoveVertex{{1000, 0}, {900, 0}});
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    ASSERT_EQ(done->changed.size(), 2U);
    EXPECT_EQ(done->changed[0].name, "z1");
    EXPECT_DOUBLE_EQ(done->changed[0].lost.value, 50000);
    EXPECT_DOUBLE_EQ(done->changed[1].gained.value, 50000);
    EXPECT_NEAR(done->changed[1].gainedEllipsoidal.value, 50000, 1500);
    ASSERT_EQ(done->flows.size(), 1U);
    EXPECT_EQ(done->flows[0].from.text, "zones-1");
    EXPECT_EQ(done->flows[0].to.text, "zones-2");
    EXPECT_DOUBLE_EQ(done->flows[0].area.value, 50000);
}

TEST_F(EditOfZones, WritesOnlyTheRowsThatChange) {
    must(run(MoveVertex{{1000, 0}, {900, 0}}));
    const auto rows = must(plan.database().value("SELECT group_concat(fid) FROM (SELECT fid FROM zw_journal WHERE changeset > 1 ORDER BY fid)"));
    EXPECT_EQ(rows, "1,2");
}

TEST_F(EditOfZones, NewZonesTakeTheAttributesOfWhomTheyTookMostFrom) {
    // From 1 comes 100 x 300 m, from 2 400 x 300 m.
    const auto done = run(NewZone{std::get<MultiPolygon>(test::wkt("MULTIPOLYGON (((900 100, 1400 100, 1400 400, 900 400, 900 100)))"))});
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    EXPECT_EQ(done->changed.back().name, "z2");
    const auto made = must(plan::findFeature(plan, "zones", done->changed.back().id.text));
    EXPECT_EQ(plan::asText(made.values[0]), "z2-2");
}

TEST_F(EditOfZones, PiecesOfOneSplitGetKeysOfTheirOwn) {
    const auto done = run(SplitByAreas{Fid{1}, {SquareMetres(200000), SquareMetres(200000), SquareMetres(200000)}, Degrees(90)});
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    EXPECT_EQ(must(plan.database().value("SELECT group_concat(code) FROM (SELECT code FROM zones WHERE name = 'z1' ORDER BY code)")), "z1,z1-2,z1-3,z1-4");
    EXPECT_EQ(must(plan.database().value("SELECT count(DISTINCT code) = count(*) FROM zones")), "1");
}

TEST_F(EditOfZones, ADryRunAnswersTheSameAndWritesNothing) {
    const std::string before = fileBytes();
    const auto would = run(SplitByAreas{Fid{1}, {SquareMetres(300000)}, Degrees(0)}, {"", true, false, {}});
    ASSERT_TRUE(would.has_value());
    EXPECT_EQ(would->changeSet, 0);
    EXPECT_EQ(fileBytes(), before);
    const auto done = run(SplitByAreas{Fid{1}, {SquareMetres(300000)}, Degrees(0)});
    ASSERT_EQ(done->changed.size(), would->changed.size());
    for (std::size_t i = 0; i < done->changed.size(); ++i) {
        EXPECT_EQ(done->changed[i].fid, would->changed[i].fid);
        EXPECT_EQ(done->changed[i].gained.value, would->changed[i].gained.value);
    }
}

TEST_F(EditOfZones, WhatIsRefusedLeavesTheFileAlone) {
    const std::string before = fileBytes();
    const coverage::Edit bad[] = {MoveVertex{{1000, 0}, {5000, 5000}}, MoveVertex{{1000, 0}, {std::nan(""), 0}}, MoveVertex{{1000, 0}, {1e300, 0}},
                                          MoveVertex{{1000, 0}, {1000, 0}},    MoveVertex{{17, 17}, {18, 18}},         InsertVertex{{500, 500}},
                                          DeleteVertex{{500, 500}},            Merge{{Fid{1}, Fid{99}}, Fid{1}},      Merge{{Fid{1}}, Fid{1}},
                                          SplitByLine{Fid{1}, {{200, 200}, {300, 300}}}, Transfer{Fid{1}, Fid{1}, MultiPolygon{}}, FillGap{{500, 500}, std::nullopt},
                                          SplitByAreas{Fid{1}, {SquareMetres(1e12)}, Degrees(0)}, Reshape{{{5000, 5000}, {6000, 6000}}, std::nullopt}};
    for (const coverage::Edit& e : bad) {
        const auto refused = run(e);
        EXPECT_FALSE(refused.has_value()) << nameOf(e);
        if (!refused) {
            EXPECT_NE(refused.error().code, ErrorCode::Internal) << nameOf(e);
        }
    }
    EXPECT_FALSE(edit(plan, catalogue, {"nolayer", coverage::Edit(MoveVertex{})}).has_value());
    EXPECT_EQ(setValues(plan, catalogue, {"zones", "1"}, {{"population", "many"}}).error().code, ErrorCode::BadArgument);
    EXPECT_EQ(setValues(plan, catalogue, {"zones", "1"}, {{"population", "-1"}}).error().code, ErrorCode::BadArgument);
    EXPECT_EQ(setValues(plan, catalogue, {"zones", "1"}, {{"code", "z2"}}).error().code, ErrorCode::BadArgument);
    EXPECT_EQ(setValues(plan, catalogue, {"zones", "1"}, {{"colour", "red"}}).error().code, ErrorCode::UnknownField);
    EXPECT_EQ(setValues(plan, catalogue, {"zones", "77"}, {{"name", "x"}}).error().code, ErrorCode::UnknownFeature);
    EXPECT_EQ(fileBytes(), before);
}

TEST_F(EditOfZones, ARefusedMoveSaysHowFarItMayGo) {
    const auto refused = run(MoveVertex{{1000, 1000}, {1000, 3000}});
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().place, Point{});
    ASSERT_TRUE(refused.error().legal.has_value());
    EXPECT_GT(refused.error().legal->y, 1990);
    EXPECT_TRUE(run(MoveVertex{{1000, 1000}, *refused.error().legal}).has_value());
}

TEST_F(EditOfZones, EveryKindComesBackByteForByte) {
    must(run(MoveVertex{{1000, 1000}, {1010, 1020}}));
    must(run(InsertVertex{{500, 0}}));
    must(run(MoveEdge{{0, 0}, {500, 0}, {0, -30}}));
    must(run(DeleteVertex{{500, -30}}));
    must(run(Reshape{{{990, 100}, {1200, 300}, {990, 500}}, Fid{1}}));
    must(run(SplitByLine{Fid{3}, {{-10, 1500}, {1100, 1500}}}));
    must(run(Merge{{Fid{3}, Fid{5}}, Fid{5}}));
    must(run(Transfer{Fid{4}, Fid{2}, std::get<MultiPolygon>(test::wkt("MULTIPOLYGON (((1500 900, 1700 900, 1700 1200, 1500 1200, 1500 900)))"))}));
    const auto island = must(run(NewZone{std::get<MultiPolygon>(test::wkt("MULTIPOLYGON (((1600 1500, 1800 1500, 1800 1700, 1600 1500)))"))}));
    must(run(RemoveZone{island.changed.back().fid}));
    must(run(FillGap{{1750, 1550}, std::nullopt}));
    must(setValues(plan, catalogue, {"zones", "1"}, {{"name", "新名"}, {"population", "12"}}));
    while (plan::undo(plan)) {
    }
    EXPECT_EQ(bytes(), start);
}

TEST_F(EditOfZones, UndoAndRedoNameWhatTheyWouldDo) {
    EXPECT_FALSE(must(plan::nextUndo(plan)).has_value());
    must(run(MoveVertex{{1000, 0}, {900, 0}}, {"移动一期边界", false, false, {}}));
    EXPECT_EQ(must(plan::nextUndo(plan))->title, "移动一期边界");
    must(plan::undo(plan));
    EXPECT_EQ(must(plan::nextRedo(plan))->title, "移动一期边界");
}

}  // namespace
}  // namespace zonewright::editing
