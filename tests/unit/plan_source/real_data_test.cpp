#include <gtest/gtest.h>

#include "core/plan/source/import.h"
#include "core/plan/source/inspect.h"
#include "support/small_plan.h"

// Real files as offices hand them over. They are not part of the project; without them these tests are skipped.
namespace zonewright::plan::source {
namespace {

using test::must;

class RealData : public testing::Test {
protected:
    std::filesystem::path data = ZONEWRIGHT_SHARED_DATA;
    test::TempFolder folder;

    void SetUp() override {
        if (!std::filesystem::is_directory(data)) GTEST_SKIP() << "no real data at " << data;
    }
    Inspection inspected(const std::string& name) {
        Source source = must(Source::open({data / name, "", "", ""}));
        Progress progress;
        return must(inspect(source, std::nullopt, progress));
    }
    static std::int64_t count(const LayerReport& layer, std::string_view kind) {
        for (const FaultCount& fault : layer.faults) {
            if (fault.kind == kind) return fault.count;
        }
        return 0;
    }
    static catalogue::Catalogue districtCatalogue() {
        catalogue::Catalogue catalogue = test::smallCatalogue();
        catalogue.layers[1].id = "district";
        return catalogue;
    }
    static std::string namesOf(const Plan& plan) {
        std::string names;
        for (const Feature& feature : must(readFeatures(plan, "district"))) names += asText(feature.values[0]) + " ";
        return names;
    }
};

TEST_F(RealData, GbkShapefilesReadRightWithAndWithoutCpg) {
    for (const char* name : {"admin/gbk_shapefile/changzhou_gbk_cpg.shp", "admin/gbk_shapefile/changzhou_gbk_nocpg.shp"}) {
        const Inspection inspection = inspected(name);
        EXPECT_EQ(inspection.encoding.value, "GBK") << name;
        EXPECT_TRUE(inspection.layers[0].where.shift.likely) << name;
        const catalogue::Catalogue catalogue = districtCatalogue();
        Plan plan = must(Plan::create(folder / "plan.gpkg", catalogue, {"EPSG:4549", true, {}}));
        Source source = must(Source::open({data / name, "", "", ""}));
        Progress progress;
        EXPECT_EQ(importLayer({plan, catalogue, "district"}, source, {}, progress).error().code, ErrorCode::SourceShifted);
        const ImportResult result = must(importLayer({plan, catalogue, "district"}, source, {"GCJ-02", {}, {}, false}, progress));
        EXPECT_EQ(result.taken, 6);
        EXPECT_EQ(namesOf(plan), "武进区 溧阳市 金坛区 新北区 钟楼区 天宁区 ");
    }
}

TEST_F(RealData, CambridgeHasThirtyEightInvalidParcelsOfThirteenThousand) {
    const std::string name = "parcels_cambridge/ASSESSING_ParcelsFY2014.topojson";
    const Inspection inspection = inspected(name);
    const LayerReport& layer = inspection.layers[0];
    EXPECT_EQ(layer.features, 13'116);
    EXPECT_EQ(count(layer, "self_intersection") + count(layer, "ring_self_intersection") + count(layer, "empty_geometry"), 38);
    EXPECT_FALSE(layer.where.shift.likely);
    catalogue::Catalogue catalogue = test::smallCatalogue();
    Plan plan = must(Plan::create(folder / "plan.gpkg", catalogue, {"EPSG:32619", true, {}}));
    Source source = must(Source::open({data / name, "", "", ""}));
    Progress progress;
    const ImportResult result = must(importLayer({plan, catalogue, "zones"}, source, {"", {{"name", "ML"}}, {}, false}, progress));
    EXPECT_EQ(result.read, 13'116);
    EXPECT_EQ(result.taken, 13'078);
    EXPECT_EQ(result.rejected, 38);
}

TEST_F(RealData, ThePlansOwnDistrictProvesTheShift) {
    const catalogue::Catalogue catalogue = districtCatalogue();
    Plan plan = must(Plan::create(folder / "plan.gpkg", catalogue, {"EPSG:4549", true, {}}));
    Source county = must(Source::open({data / "admin/datav_2022/county_320412.json", "", "", ""}));
    Progress progress;
    must(importLayer({plan, catalogue, "district"}, county, {"GCJ-02", {}, {}, false}, progress));
    Source other = must(Source::open({data / "admin/gbk_shapefile/changzhou_gbk_nocpg.shp", "", "", ""}));
    const Survey where = must(survey(other, 0, must(referenceOf(plan))));
    EXPECT_EQ(where.shift.datum, Datum::Gcj02);
    EXPECT_GT(where.shift.confidence, 0.95) << where.shift.evidence.en;
    EXPECT_NE(where.shift.evidence.en.find("median distance"), std::string::npos) << where.shift.evidence.en;
}

}  // namespace
}  // namespace zonewright::plan::source
