#include <fstream>

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "core/analysis/siting/check.h"
#include "core/analysis/siting/layer_files.h"
#include "support/small_plan.h"
#include "support/temp_folder.h"

namespace zonewright::analysis::siting {
namespace {

using test::must;
using test::wkt;

///   +--------+
///   |  zone  |        site "clear" 200 m east of it
///   |     +--|--+     site "in" across its edge
///   +-----+--+--+
class ReportFiles : public ::testing::Test {
protected:
    void SetUp() override {
        Snapshot snapshot;
        snapshot.crs = must(Crs::from("EPSG:4549"));
        snapshot.sites.push_back({{"1"}, "clear", {"远处", "away"}, "", wkt("POLYGON ((501200 3500000, 501300 3500000, 501300 3500100, 501200 3500100, 501200 3500000))"), {}});
        snapshot.sites.push_back({{"2"}, "in", {"跨界", "across"}, "", wkt("POLYGON ((500900 3500000, 501100 3500000, 501100 3500100, 500900 3500100, 500900 3500000))"), {}});
        snapshot.badSites.push_back({"crossed", {"几何无效", "invalid geometry"}});
        snapshot.missing.emplace("farmland", Localized{"规划中没有图层 farmland", "the plan has no layer farmland"});
        ConstraintLayer zones;
        zones.id = "zones";
        zones.features.push_back({{"z"}, "z", {"分区", "zone"}, wkt("POLYGON ((500000 3499000, 501000 3499000, 501000 3501000, 500000 3501000, 500000 3499000))"), {}});
        snapshot.layers.emplace("zones", std::move(zones));
        Rule red, farm;
        red.id = red.hash = "red";
        red.title = {"红线", "red line"};
        red.layer = "zones";
        farm.id = farm.hash = "farm";
        farm.title = {"农田", "farmland"};
        farm.layer = "farmland";
        Progress none;
        report = must(check(snapshot, {red, farm}, {.day = "2021-06-01", .nearest = Metres(1000)}, none));
    }

    [[nodiscard]] std::string written(const char* name) const {
        const auto done = writeReportFile(report, must(Crs::from("EPSG:4549")), folder.path() / name, {Language::English, false});
        EXPECT_TRUE(done) << describe(done.error(), Language::English);
        return (folder.path() / name).string();
    }
    [[nodiscard]] static std::vector<std::string> linesOf(const std::filesystem::path& file) {
        std::ifstream in(file, std::ios::binary);
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);) lines.push_back(line.substr(0, line.find('\r')));
        return lines;
    }
    static void expectAllThatWasChecked(const std::vector<std::string>& lines) {
        const std::vector<std::string> wanted{"\xEF\xBB\xBFSite,Rule,What it says,Verdict,Findings,Nearest constraint (m),Why it was not checked",
                                              "clear,red,red line,Clear,0,200,",
                                              "in,red,red line,Conflict,1,0,",
                                              ",farm,farmland,Not checked,,,the plan has no layer farmland",
                                              "crossed,,,Not checked,,,invalid geometry"};
        EXPECT_EQ(lines, wanted);
    }

    test::TempFolder folder;
    Report report;
};

TEST_F(ReportFiles, ACsvHasTheFindingsAndBesideItAllThatWasCheckedOrNot) {
    const auto lines = linesOf(written("siting.csv"));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1].rfind("in,across,red,red line,", 0), 0U) << lines[1];
    expectAllThatWasChecked(linesOf(folder.path() / "siting-checked.csv"));
}

TEST_F(ReportFiles, AGeoJsonHasTheConflictsAndBesideItAllThatWasCheckedOrNot) {
    const std::string file = written("siting.geojson");
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    OGRLayer& layer = *dataset->GetLayer(0);
    ASSERT_EQ(layer.GetFeatureCount(), 1);
    const OGRFeatureUniquePtr feature(layer.GetNextFeature());
    OGREnvelope box;
    feature->GetGeometryRef()->getEnvelope(&box);
    EXPECT_EQ(box.MaxX, 501000) << "the part of the site in the zone, in the plan's CRS";
    expectAllThatWasChecked(linesOf(folder.path() / "siting-checked.csv"));
}

TEST_F(ReportFiles, AGeoPackageHasALayerOfConflictsAndATableOfAllThatWasCheckedOrNot) {
    const std::string file = written("siting.gpkg");
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->GetLayerByName("siting_findings")->GetFeatureCount(), 1);
    OGRLayer* checked = dataset->GetLayerByName("siting_checked");
    ASSERT_NE(checked, nullptr);
    EXPECT_EQ(checked->GetFeatureCount(), 4);
}

TEST_F(ReportFiles, TablesAreNotWrittenOverUnlessAskedFor) {
    (void)written("siting.csv");
    const auto again = writeReportFile(report, must(Crs::from("EPSG:4549")), folder.path() / "siting.csv", {Language::English, false});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::FileExists);
    EXPECT_TRUE(writeReportFile(report, must(Crs::from("EPSG:4549")), folder.path() / "siting.csv", {Language::English, true}));
}

}  // namespace
}  // namespace zonewright::analysis::siting
