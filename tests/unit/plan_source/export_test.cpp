#include "core/plan/source/export.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/plan/source/import.h"
#include "support/small_plan.h"

namespace zonewright::plan::source {
namespace {

using test::must;

class Export : public testing::TestWithParam<const char*> {
protected:
    test::TempFolder folder;
    catalogue::Catalogue catalogue = test::smallCatalogue();
    Plan plan = must(Plan::create(folder / "plan.gpkg", catalogue, {"EPSG:4549", false, {}}));

    void SetUp() override {
        // +-----+-----+   湖塘 and 牛塘, 100 m wide each
        // | 湖塘 | 牛塘 |
        // +-----+-----+
        const auto table = must(tableOf(plan, "zones"));
        auto change = must(ChangeSet::begin(plan, {"test", "two zones", "edit", 0}));
        const auto square = [](double x) {
            return Geometry{MultiPolygon{{{{{{x, 3'500'000}, {x + 100, 3'500'000}, {x + 100, 3'500'100.123}, {x, 3'500'100}, {x, 3'500'000}}}}}}};
        };
        must(insertFeature(plan, table, {Fid{}, {"00000000-0000-4000-8000-00000000000a"}, square(500'000), {std::string("湖塘"), 1.5}}));
        must(insertFeature(plan, table, {Fid{}, {"00000000-0000-4000-8000-00000000000b"}, square(500'100), {std::string("牛塘, \"北\""), Value{}}}));
        must(change.commit());
    }
    Result<ExportResult> write(const std::string& name, bool overwrite = false) {
        Progress progress;
        return exportLayer(plan, {"zones", folder / name, "", overwrite}, progress);
    }
};

TEST_P(Export, ColumnsIdsAndGeometryComeBackAsTheyWere) {
    const std::string name = std::string("out.") + GetParam();
    const ExportResult written = must(write(name));
    EXPECT_EQ(written.features, 2);
    const auto before = must(readFeatures(plan, "zones"));
    Plan other = must(Plan::create(folder / "other.gpkg", catalogue, {"EPSG:4549", false, {}}));
    Source source = must(Source::open({folder / name, "", "", ""}));
    EXPECT_EQ(source.encoding().value, "UTF-8");
    Progress progress;
    const ImportResult back = must(importLayer({other, catalogue, "zones"}, source, {written.crs, {}, {}, false}, progress));
    EXPECT_EQ(back.taken, 2) << (back.rejects.empty() ? "" : back.rejects[0].reason.en);
    auto after = must(readFeatures(other, "zones"));
    std::sort(after.begin(), after.end(), [](const Feature& a, const Feature& b) { return a.id < b.id; });  // FlatGeobuf orders by place
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(after[i].id, before[i].id);
        EXPECT_EQ(asText(after[i].values[0]), asText(before[i].values[0]));
        EXPECT_EQ(asText(after[i].values[1]), asText(before[i].values[1]));
        EXPECT_EQ(boxOf(after[i].geometry), boxOf(before[i].geometry));
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, Export, testing::Values("gpkg", "geojson", "geojsonl", "fgb", "shp", "kml", "csv", "xlsx"),
                         [](const auto& format) { return std::string(format.param); });

using ExportFile = Export;

TEST_F(ExportFile, DxfCarriesTheGeometry) {
    const ExportResult written = must(write("out.dxf"));
    EXPECT_FALSE(written.warnings.empty());
    Source source = must(Source::open({folder / "out.dxf", "", "", ""}));
    int rows = 0;
    must(source.forEachRow(0, [&](Row&& row) {
        EXPECT_TRUE(std::holds_alternative<MultiPolygon>(row.geometry) || std::holds_alternative<LineString>(row.geometry));
        ++rows;
        return true;
    }));
    EXPECT_EQ(rows, 2);
}

TEST_F(ExportFile, NothingIsOverwrittenUnasked) {
    test::writeFile(folder / "out.csv", "mine");
    EXPECT_EQ(write("out.csv").error().code, ErrorCode::FileExists);
    EXPECT_EQ(test::readFile(folder / "out.csv"), "mine");
    must(write("out.csv", true));
    EXPECT_EQ(test::readFile(folder / "out.csv").substr(0, 7), "\xEF\xBB\xBFuuid");
}

TEST_F(ExportFile, AFailedExportLeavesNoTrace) {
    EXPECT_EQ(write("nosuch/out.csv").error().code, ErrorCode::FileUnwritable);
    EXPECT_EQ(write("out.doc").error().code, ErrorCode::BadArgument);
    EXPECT_EQ(write("plan.gpkg", true).error().code, ErrorCode::BadArgument) << "the plan must not replace itself";
    Progress progress;
    EXPECT_EQ(exportLayer(plan, {"nosuch", folder / "a.csv", "", false}, progress).error().code, ErrorCode::UnknownLayer);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        EXPECT_EQ(entry.path().filename().string().substr(0, 4), "plan") << entry.path();
    }
}

TEST_F(ExportFile, GeoJsonIsInDegreesUnlessAnotherSystemIsNamed) {
    Progress progress;
    const ExportResult degrees = must(exportLayer(plan, {"zones", folder / "a.geojson", "", false}, progress));
    EXPECT_EQ(degrees.crs, "EPSG:4326");
    ASSERT_EQ(degrees.warnings.size(), 1U);
    EXPECT_NE(degrees.warnings[0].en.find("--crs EPSG:4549"), std::string::npos) << degrees.warnings[0].en;
    EXPECT_EQ(test::readFile(folder / "a.geojson").find("\"crs\""), std::string::npos) << "RFC 7946 has no such member";

    const ExportResult own = must(exportLayer(plan, {"zones", folder / "b.geojson", "EPSG:4549", false}, progress));
    EXPECT_EQ(own.crs, "EPSG:4549");
    EXPECT_TRUE(own.warnings.empty());
    const std::string text = test::readFile(folder / "b.geojson");
    EXPECT_NE(text.find("EPSG::4549"), std::string::npos);
    EXPECT_NE(text.find("3500100.123"), std::string::npos) << text;
    EXPECT_EQ(exportLayer(plan, {"zones", folder / "c.kml", "EPSG:4549", false}, progress).error().code, ErrorCode::BadArgument);
}

TEST_F(ExportFile, AShapefileSaysThatItsTextIsUtf8) {
    must(write("out.shp"));
    EXPECT_EQ(test::readFile(folder / "out.cpg").substr(0, 5), "UTF-8");
}

}  // namespace
}  // namespace zonewright::plan::source
