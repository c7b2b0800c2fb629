#include <gtest/gtest.h>

#include "core/analysis/inputs.h"
#include "core/geometry/measure.h"
#include "support/small_plan.h"

namespace zonewright::analysis {
namespace {

using test::must;

ReadRequest request(const std::string& layer, std::vector<std::string> fields = {}) {
    return {.parameter = "layer", .layer = {layer}, .fields = std::move(fields), .optionalFields = {}, .textFields = {"name"}};
}

class InputsTest : public ::testing::Test {
protected:
    InputsTest() : plan(must(plan::Plan::create(folder / "p.gpkg", test::smallCatalogue(), {}))) { test::addTwoZones(plan); }
    test::TempFolder folder;
    catalogue::Catalogue catalogue = test::smallCatalogue();
    plan::Plan plan;
    Progress progress;
};

TEST_F(InputsTest, PlanLayerAndItsCopyAsFileReadTheSame) {
    Inputs inputs(&plan, catalogue);
    const auto own = must(inputs.read(request("zones", {"name", "capacity"}), progress));
    ASSERT_EQ(own.features.size(), 2U);
    EXPECT_EQ(own.features[1].id.text, "00000000-0000-4000-8000-00000000000b");
    const auto file = must(inputs.read(request((folder / "p.gpkg").string() + "|layername=zones", {"name", "capacity"}), progress));
    EXPECT_EQ(file.features[0].geometry, own.features[0].geometry);
    EXPECT_EQ(file.features[1].values, own.features[1].values);
    EXPECT_EQ(inputs.records()[0].sha256, inputs.records()[1].sha256);
    EXPECT_TRUE(inputs.remarks().empty());
}

TEST_F(InputsTest, FlatPolygonsHaveTheSameHashAndAreas) {
    Inputs inputs(&plan, catalogue);
    must(inputs.read(request("zones", {"name", "capacity"}), progress));
    const auto flat = must(inputs.readPolygons(request("zones", {"name", "capacity"}), progress));
    EXPECT_EQ(inputs.records()[0].sha256, inputs.records()[1].sha256);
    ASSERT_EQ(flat.table.fids.size(), 2U);
    EXPECT_EQ(areaOf(flat.table.geometry, 0), SquareMetres(1e6));
    EXPECT_EQ(flat.table.columns[0].text(1), "B");
    EXPECT_EQ(flat.table.columns[1].numbers[0], 1.5);
}

TEST_F(InputsTest, HashChangesWithContentAndOnlyThen) {
    Inputs inputs(&plan, catalogue);
    must(inputs.read(request("zones", {"name"}), progress));
    const InputRecord record = inputs.records().front();
    EXPECT_EQ(must(contentHash(&plan, record)), record.sha256);
    auto change = must(plan::ChangeSet::begin(plan, {"test", "other column", "edit", 0}));
    const auto table = must(plan::tableOf(plan, "zones"));
    must(plan::updateValue(plan, table, Fid{1}, {"capacity", 99.0}));
    must(change.commit());
    EXPECT_EQ(must(contentHash(&plan, record)), record.sha256) << "the column was not read";
    auto second = must(plan::ChangeSet::begin(plan, {"test", "name", "edit", 0}));
    must(plan::updateValue(plan, table, Fid{1}, {"name", std::string("C")}));
    must(second.commit());
    EXPECT_NE(must(contentHash(&plan, record)), record.sha256);
}

TEST_F(InputsTest, UnknownLayerAndFieldAreNamed) {
    Inputs inputs(&plan, catalogue);
    EXPECT_EQ(inputs.read(request("nowhere"), progress).error().code, ErrorCode::UnknownLayer);
    EXPECT_EQ(inputs.read(request((folder / "none.geojson").string()), progress).error().code, ErrorCode::FileNotFound);
    const auto field = inputs.read(request("zones", {"floors"}), progress);
    ASSERT_FALSE(field.has_value());
    EXPECT_EQ(field.error().code, ErrorCode::UnknownField);
    EXPECT_NE(field.error().detail.find("capacity"), std::string::npos);
}

TEST_F(InputsTest, FileInAnotherCrsComesInThePlansAndIsSaidSo) {
    test::writeFile(folder / "wgs84.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},
        "geometry":{"type":"Polygon","coordinates":[[[120.0,31.5],[120.01,31.5],[120.01,31.51],[120.0,31.51],[120.0,31.5]]]}}]})");
    Inputs inputs(&plan, catalogue);
    const auto flat = must(inputs.readPolygons(request((folder / "wgs84.geojson").string(), {"name"}), progress));
    ASSERT_EQ(flat.table.fids.size(), 1U);
    EXPECT_NEAR(flat.table.geometry.ring(0).front().x, 500000, 1);
    ASSERT_EQ(inputs.remarks().size(), 1U);
    EXPECT_NE(inputs.remarks()[0].en.find("WGS 84"), std::string::npos);
}

TEST_F(InputsTest, RowsThatAreNoPolygonsAreRejectedAndCounted) {
    test::writeFile(folder / "mixed.geojson", R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4549"}},"features":[
        {"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
        {"type":"Feature","properties":{"name":"b"},"geometry":{"type":"Point","coordinates":[5,5]}},
        {"type":"Feature","properties":{"name":"c"},"geometry":null}]})");
    Inputs inputs(&plan, catalogue);
    const auto flat = must(inputs.readPolygons(request((folder / "mixed.geojson").string(), {"name"}), progress));
    EXPECT_EQ(flat.table.fids.size(), 1U);
    EXPECT_EQ(flat.rejected.size(), 2U);
    EXPECT_EQ(inputs.records().back().features, 3);
}

TEST_F(InputsTest, WithoutPlanTheFirstLayerSetsTheCrs) {
    test::writeFile(folder / "wgs84.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
        "geometry":{"type":"Polygon","coordinates":[[[120.0,31.5],[120.01,31.5],[120.01,31.51],[120.0,31.5]]]}}]})");
    Inputs degrees(nullptr, catalogue);
    EXPECT_EQ(degrees.readPolygons(request((folder / "wgs84.geojson").string()), progress).error().code, ErrorCode::SourceCrs);
    Inputs metres(nullptr, catalogue);
    must(metres.readPolygons(request((folder / "p.gpkg").string() + "|layername=zones", {"name"}), progress));
    EXPECT_EQ(metres.crs()->code(), "EPSG:4549");
    must(metres.readPolygons(request((folder / "wgs84.geojson").string()), progress));
    EXPECT_EQ(metres.remarks().size(), 1U);
}

}  // namespace
}  // namespace zonewright::analysis
