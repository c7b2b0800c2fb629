#include "core/plan/source/import.h"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/geometry/grid.h"
#include "core/plan/source/foreign_layer.h"
#include "support/small_plan.h"

namespace zonewright::plan::source {
namespace {

using test::must;

class Import : public testing::Test {
protected:
    test::TempFolder folder;
    catalogue::Catalogue catalogue = test::smallCatalogue();
    Plan plan = must(Plan::create(folder / "plan.gpkg", catalogue, {"EPSG:4549", false, {}}));

    std::filesystem::path write(const std::string& name, const std::string& text) {
        test::writeFile(folder / name, text);
        return folder / name;
    }
    /// WKT rows in EPSG:4549: "name;capacity;WKT" a line.
    std::filesystem::path rows(const std::string& lines) { return write("rows.csv", "name;capacity;WKT\n" + lines); }

    Result<ImportResult> import(const std::filesystem::path& file, ImportOptions options = {}) {
        Result<Source> source = Source::open({file, "", "", ""});
        if (!source) return tl::unexpected(source.error());
        Progress progress;
        return importLayer({plan, catalogue, "zones"}, *source, options, progress);
    }
    std::vector<Feature> zones() { return must(readFeatures(plan, "zones")); }
    static ImportOptions grid() {
        ImportOptions options;
        options.sourceCrs = "EPSG:4549";
        return options;
    }
};

TEST_F(Import, TakesWhatIsValidRejectsTheRestAndTheCountsBalance) {
    const auto result = import(rows("good;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500100, 500000 3500000))\n"
                                    "bow tie;2;POLYGON ((500000 3500000, 500100 3500100, 500100 3500000, 500000 3500100, 500000 3500000))\n"
                                    "no number;many;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"
                                    "a line;4;LINESTRING (500000 3500000, 500100 3500000)\n"
                                    "nothing;5;\n"
                                    "tiny;6;POLYGON ((500000 3500000, 500000.0001 3500000, 500000 3500000.0001, 500000 3500000))\n"
                                    "two;7;MULTIPOLYGON (((0 3500000, 9 3500000, 9 3500009, 0 3500000)), ((20 3500000, 29 3500000, 29 3500009, 20 3500000)))\n"),
                               grid());
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_EQ(result->read, 7);
    EXPECT_EQ(result->taken, 2);
    EXPECT_EQ(result->rejected, 5);
    EXPECT_EQ(result->read, result->taken + result->rejected);
    ASSERT_EQ(result->rejects.size(), 5U);
    EXPECT_EQ(result->rejects[0].row, 2);
    EXPECT_NE(result->rejects[0].reason.en.find("Self-intersection"), std::string::npos);
    EXPECT_EQ(result->rejects[1].reason.en, "field capacity: 'many' is no number");
    EXPECT_NE(result->rejects[2].reason.en.find("the layer holds MultiPolygon"), std::string::npos);
    EXPECT_EQ(result->rejects[3].reason.en, "no geometry");
    EXPECT_NE(result->rejects[4].reason.en.find("1 mm"), std::string::npos);

    const auto kept = zones();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(asText(kept[0].values[0]), "good");
    EXPECT_EQ(asText(kept[1].values[0]), "two");
    const auto rejects = must(readFeatures(plan, "zones_rejects", {{}, {"row", "reason", "reason_en", "attributes", "source_wkt"}, true, {}, {}}));
    ASSERT_EQ(rejects.size(), 5U);
    EXPECT_EQ(asText(rejects[0].values[0]), "2");
    EXPECT_EQ(asText(rejects[0].values[1]).substr(0, 9), "自相交");
    EXPECT_NE(asText(rejects[0].values[3]).find(R"("name":"bow tie")"), std::string::npos);
    EXPECT_FALSE(boxOf(rejects[0].geometry).empty()) << "the bow tie itself is kept";
}

TEST_F(Import, LeavesNoRejectsLayerWhenNothingIsRejected) {
    must(import(rows("a;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"), grid()));
    EXPECT_FALSE(must(plan.hasLayer("zones_rejects")));
}

TEST_F(Import, PutsEveryVertexOnTheMillimetreGrid) {
    must(import(write("a.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a","capacity":1},"geometry":
        {"type":"Polygon","coordinates":[[[119.91234567,31.61234567],[119.92,31.61],[119.925,31.62],[119.91234567,31.61234567]]]}}]})"),
                {"EPSG:4326", {}, {}, false}));
    const auto kept = zones();
    ASSERT_EQ(kept.size(), 1U);
    forEachPoint(kept[0].geometry, [](const Point& p) { EXPECT_TRUE(isOnGrid(p)); });
    EXPECT_NEAR(boxOf(kept[0].geometry).minX, 491'685, 1'000);
}

TEST_F(Import, TheSameImportGivesTheSameIdsAndIsNotTakenTwice) {
    const auto file = rows("a;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"
                           "a;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n");
    must(import(file, grid()));
    const auto first = zones();
    ASSERT_EQ(first.size(), 2U);
    EXPECT_NE(first[0].id, first[1].id) << "two equal rows are two features";
    const ImportResult again = must(import(file, grid()));
    EXPECT_EQ(again.taken, 0);
    EXPECT_EQ(again.rejected, 2);
    ImportOptions replace = grid();
    replace.replace = true;
    const ImportResult replaced = must(import(file, replace));
    EXPECT_EQ(replaced.removed, 2);
    EXPECT_EQ(replaced.taken, 2);
    EXPECT_EQ(zones()[0].id, first[0].id);
}

TEST_F(Import, KeepsAUuidThatTheSourceHas) {
    const auto file = write("u.csv", "name;uuid;WKT\na;{6BA7B810-9DAD-11D1-80B4-00C04FD430C8};POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"
                                     "b;6ba7b810-9dad-11d1-80b4-00c04fd430c8;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"
                                     "c;not one;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n");
    const ImportResult result = must(import(file, grid()));
    EXPECT_EQ(result.taken, 1);
    EXPECT_EQ(zones()[0].id.text, "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    EXPECT_NE(result.rejects[0].reason.en.find("in use"), std::string::npos);
    EXPECT_NE(result.rejects[1].reason.en.find("is no UUID"), std::string::npos);
}

TEST_F(Import, ReplacingByNothingUsableKeepsWhatWasThere) {
    must(import(rows("a;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"), grid()));
    ImportOptions replace = grid();
    replace.replace = true;
    EXPECT_EQ(import(rows("b;1;POLYGON ((500000 3500000, 500001 3500001, 500001 3500000, 500000 3500001, 500000 3500000))\n"), replace).error().code, ErrorCode::BadGeometry);
    EXPECT_EQ(zones().size(), 1U);
    EXPECT_EQ(import(rows(""), replace).error().code, ErrorCode::SourceEmpty);
    EXPECT_EQ(zones().size(), 1U);
    EXPECT_FALSE(must(plan.hasLayer("zones_rejects")));
}

TEST_F(Import, ShiftedDataAreRefusedUntilTheUserStatesWhatTheyAre) {
    const auto file = write("datav.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"adcode":320412,"level":"district","name":"武进区"},
        "geometry":{"type":"Polygon","coordinates":[[[119.91,31.61],[119.95,31.61],[119.95,31.65],[119.91,31.61]]]}}]})");
    const auto refused = import(file);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::SourceShifted);
    EXPECT_TRUE(zones().empty());
    must(import(file, {"GCJ-02", {}, {}, false}));
    must(import(file, {"EPSG:4326", {}, {}, true}));
    const Box asStated = boxOf(zones()[0].geometry);
    must(import(file, {"gcj02", {}, {}, true}));
    const Box unshifted = boxOf(zones()[0].geometry);
    EXPECT_NEAR(std::hypot(asStated.minX - unshifted.minX, asStated.minY - unshifted.minY), 500, 60);
}

TEST_F(Import, ControlPointsPlaceALocalDrawing) {
    // A drawing whose corner (100, 100) is (500000, 3500000), turned by 90 degrees.
    ImportOptions options;
    options.controlPoints = {{"A", {100, 100}, {500'000, 3'500'000}}, {"B", {200, 100}, {500'000, 3'500'100}}, {"C", {100, 200}, {499'900, 3'500'000}}};
    const ImportResult result = must(import(rows("a;1;POLYGON ((100 100, 200 100, 200 200, 100 200, 100 100))\n"), options));
    ASSERT_TRUE(result.fit);
    EXPECT_NEAR(result.fit->rotationDegrees, 90, 1e-9);
    EXPECT_LT(result.fit->rms.value, 1e-6);
    const Box box = boxOf(zones()[0].geometry);
    EXPECT_EQ(box, (Box{499'900, 3'500'000, 500'000, 3'500'100}));
    EXPECT_EQ(result.crs, "control points");
}

TEST_F(Import, ACrsThatTheNumbersContradictIsRefused) {
    const auto file = rows("a;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n");
    EXPECT_EQ(import(file, {"EPSG:4326", {}, {}, false}).error().code, ErrorCode::SourceCrs);
    EXPECT_EQ(import(file, {"EPSG:999999", {}, {}, false}).error().code, ErrorCode::SourceCrs);
    const auto ambiguous = import(file);
    ASSERT_FALSE(ambiguous);
    EXPECT_EQ(ambiguous.error().code, ErrorCode::SourceCrs);
    EXPECT_NE(ambiguous.error().detail.find("EPSG:4549"), std::string::npos) << ambiguous.error().detail;
}

TEST_F(Import, HeightIsDroppedAndAClosedLineBecomesAPolygonWithANote) {
    const ImportResult result = must(import(rows("a;1;POLYGON Z ((500000 3500000 7, 500100 3500000 7, 500100 3500100 7, 500000 3500000 7))\n"
                                                 "b;1;LINESTRING (500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000)\n"),
                                            grid()));
    EXPECT_EQ(result.taken, 2);
    std::string notes;
    for (const Localized& warning : result.warnings) notes += warning.en + "\n";
    EXPECT_NE(notes.find("1 closed lines were taken as polygons"), std::string::npos) << notes;
}

TEST_F(Import, ACancelledImportChangesNothing) {
    class Stop : public Progress {
        bool report(double, std::string_view) override { return false; }
    } stop;
    Source source = must(Source::open({rows("a;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"), "", "", ""}));
    EXPECT_EQ(importLayer({plan, catalogue, "zones"}, source, grid(), stop).error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(zones().empty());
    EXPECT_FALSE(must(plan.hasLayer("zones_rejects")));
}

TEST_F(Import, ManyRowsKeepTheirOrderThroughTheParallelStages) {
    std::string lines;
    for (int i = 0; i < 5'000; ++i) {
        const double x = 490'000 + 2 * (i % 100);
        const double y = 3'500'000 + 2 * (i / 100);
        if (i % 617 == 5) lines += fmt::format("{};1;POLYGON (({} {}, {} {}, {} {}, {} {}))\n", i, x, y, x + 1, y, x, y, x, y);
        else lines += fmt::format("{};1;POLYGON (({} {}, {} {}, {} {}, {} {}))\n", i, x, y, x + 1, y, x + 1, y + 1, x, y);
    }
    const ImportResult result = must(import(rows(lines), grid()));
    EXPECT_EQ(result.rejected, 9);
    EXPECT_EQ(result.taken, 4'991);
    int before = -1;
    for (const Feature& zone : zones()) {
        const int number = std::stoi(asText(zone.values[0]));
        EXPECT_GT(number, before);
        before = number;
    }
}

TEST_F(Import, AnalysesReadAFileAsIfItWereALayer) {
    rows("a;1;POLYGON ((500000 3500000, 500100 3500000, 500100 3500100, 500000 3500000))\n"
         "b;2;POLYGON ((500000 3500000, 500001 3500001, 500001 3500000, 500000 3500001, 500000 3500000))\n");
    Progress progress;
    const auto layer = readForeignLayer(plan, (folder / "rows.csv").string() + "|crs=EPSG:4549", progress);
    ASSERT_TRUE(layer) << layer.error().detail;
    EXPECT_EQ(layer->table.geometryType, "MULTIPOLYGON");
    ASSERT_EQ(layer->features.size(), 1U);
    EXPECT_EQ(asText(layer->features[0].values[*layer->table.indexOf("capacity")]), "1");
    EXPECT_EQ(layer->rejects.size(), 1U);
    EXPECT_TRUE(namesFile(plan, "rows.csv"));
    EXPECT_FALSE(namesFile(plan, "zones"));
}

}  // namespace
}  // namespace zonewright::plan::source
