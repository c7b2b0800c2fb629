#include "cli/command_line.h"

// What offices and the internet hand over: every file ends in a count or in one line that helps; never in a crash.
namespace zonewright::test {
namespace {

class ForeignInput : public testing::Test {
protected:
    void SetUp() override { ASSERT_EQ(zonewright("--quiet new " + plan).status, 0); }

    std::string file(const std::string& name, const std::string& text) {
        writeFile(folder / name, text);
        return (folder / name).string();
    }
    static std::string polygon(const std::string& name, const std::string& firstX) {
        return R"({"type":"Feature","properties":{"code":")" + name + R"(","name":")" + name + R"("},"geometry":{"type":"Polygon","coordinates":[[[)" + firstX +
               R"(,31.6],[120.0,31.6],[120.0,31.7],[119.9,31.7],[)" + firstX + ",31.6]]]}}";
    }
    static std::string collection(const std::string& features) { return R"({"type":"FeatureCollection","features":[)" + features + "]}"; }

    Ran import(const std::string& layer, const std::string& source, const std::string& rest = "") {
        return zonewright("--json import " + plan + " " + layer + " " + source + " " + rest);
    }
    int rows(const std::string& layer) { return std::stoi(shell("sqlite3 -readonly " + plan + " 'SELECT count(*) FROM " + layer + "'").out); }

    TempFolder folder;
    std::string plan = (folder / "plan.gpkg").string();
};

TEST_F(ForeignInput, WhatIsNoDataIsRefusedWithItsReason) {
    std::string half = readFile(plan);
    half.resize(half.size() / 2);
    const std::string number(10'000, '1');
    for (const auto& [name, text, code] : std::vector<std::tuple<std::string, std::string, std::string>>{
             {"zero.shp", "", "144"},
             {"zero.gpkg", "", "144"},
             {"text.shp", "this is no shapefile\n", "140"},
             {"half.gpkg", half, "140"},
             {"number.geojson", collection(polygon("a", number)), "140"}}) {
        const std::string source = file(name, text);
        SCOPED_TRACE(name);
        expectFailure(zonewright("inspect " + source), 1, code);
        expectFailure(import("towns", source), 1, code);
    }
    EXPECT_EQ(rows("towns"), 0);
    expectFailure(zonewright("info " + (folder / "half.gpkg").string()), 1, "133");
}

TEST_F(ForeignInput, ARowThatIsNotANumberIsRejectedAndTheOthersAreTaken) {
    const std::string source = file("nan.geojson", collection(polygon("a", "NaN") + "," + polygon("b", "119.9")));
    const auto seen = zonewright("--json inspect " + source).json();
    EXPECT_EQ(seen["faults"][0]["kind"], "not_finite");
    const auto done = import("towns", source).json();
    EXPECT_EQ(done["read"], 2);
    EXPECT_EQ(done["taken"], 1);
    EXPECT_EQ(done["rejected"], 1);
    EXPECT_EQ(done["rejects"][0]["row"], 1);
    EXPECT_EQ(rows("towns_rejects"), 1);
    const std::string number = file("number.geojson", R"({"type":"Feature","properties":{"code":"a","name":"a","population":)" + std::string(10'000, '1') +
                                                          R"(},"geometry":{"type":"Point","coordinates":[119.9,31.6]}})");
    const auto tooBig = import("places", number).json();
    EXPECT_EQ(tooBig["rejected"], 1) << tooBig;
    EXPECT_EQ(tooBig["taken"], 0);
}

TEST_F(ForeignInput, EveryFormatOfTheListIsRead) {
    // A point at 500000 m, 3500000 m of the plan's own system, written by ogr2ogr in each format.
    const std::string points = file("p.csv", "code,name,X,Y\nA,甲,500000,3500000\nB,乙,501000,3500000\n");
    const std::string given = "-oo X_POSSIBLE_NAMES=X -oo Y_POSSIBLE_NAMES=Y ";
    for (const auto& [name, options] : std::vector<std::pair<std::string, std::string>>{{"a.shp", "-lco ENCODING=GBK"},
                                                                                        {"a.gpkg", ""},
                                                                                        {"a.geojson", ""},
                                                                                        {"a.fgb", ""},
                                                                                        {"a.kml", "-f KML"},
                                                                                        {"a.tab", "-f 'MapInfo File'"},
                                                                                        {"a.mif", "-f 'MapInfo File' -dsco FORMAT=MIF"},
                                                                                        {"a.dxf", "-f DXF -select ''"},
                                                                                        {"a.xlsx", "-f XLSX"},
                                                                                        {"a.csv", ""}}) {
        SCOPED_TRACE(name);
        const std::string source = (folder / name).string();
        const std::string srs = name == "a.kml" ? "-s_srs EPSG:4549 -t_srs EPSG:4326 " : "-a_srs EPSG:4549 ";
        const Ran made = shell("ogr2ogr " + options + " " + given + srs + source + " " + points);
        ASSERT_EQ(made.status, 0) << made.err;
        const std::string crs = name == "a.kml" || name == "a.geojson" ? "" : "--source-crs EPSG:4549";
        const Ran ran = import("places", source, "--replace " + crs);
        ASSERT_EQ(ran.status, 0) << ran.err;
        EXPECT_EQ(ran.json()["read"], 2) << ran.out;
        EXPECT_EQ(ran.json()["taken"], 2) << ran.out;
        if (name != "a.dxf") {
            EXPECT_EQ(shell("sqlite3 -readonly " + plan + " \"SELECT group_concat(name,'') FROM (SELECT name FROM places ORDER BY code)\"").out, "甲乙\n");
        }
        const std::string extent = shell("ogrinfo -so " + plan + " places | grep Extent").out;
        EXPECT_NE(extent.find("(500000.00"), std::string::npos) << extent;
    }
}

TEST_F(ForeignInput, ShiftedCoordinatesAreTakenOnlyWhenTheirOriginIsStatedOrFitted) {
    const std::filesystem::path county = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "admin/datav_2022/county_320412.json";
    if (!std::filesystem::exists(county)) GTEST_SKIP() << "no real data at " << county;
    const std::string source = county.string();
    expectFailure(import("district", source), 1, "143");
    EXPECT_EQ(rows("district"), 0);
    EXPECT_EQ(import("district", source, "--source-crs GCJ-02").json()["taken"], 1);
    // GCJ-02 places and where they are in the plan: near enough a shift for four parameters, with residuals of metres.
    const std::string control = file("control.csv",
                                     "source_x,source_y,target_x,target_y\n119.95,31.70,494822.5,3508668.2\n119.85,31.60,485332.6,3497589.0\n"
                                     "120.05,31.75,504299.5,3514210.2\n120.10,31.50,509043.8,3486485.5\n");
    const Ran fitted = import("district", source, "--replace --control-points " + control);
    ASSERT_EQ(fitted.status, 0) << fitted.err;
    EXPECT_EQ(fitted.json()["taken"], 1);
    EXPECT_NE(fitted.out.find("residual"), std::string::npos) << fitted.out.substr(0, 1500);
}

}  // namespace
}  // namespace zonewright::test
