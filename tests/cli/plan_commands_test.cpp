#include "cli/command_line.h"

namespace zonewright::test {
namespace {

TEST(CommandLine, UsageErrorsEndWithStatusTwoAndOneLine) {
    for (const char* arguments : {"", "nonsense", "new", "info", "print plan.gpkg", "--lang fr info x"}) expectFailure(zonewright(arguments), 2, "2");
}

TEST(CommandLine, HelpIsInBothLanguages) {
    EXPECT_NE(zonewright("--lang zh --help").out.find("新建规划文件"), std::string::npos);
    EXPECT_NE(zonewright("--lang en --help").out.find("Make a plan file"), std::string::npos);
    EXPECT_EQ(zonewright("--version").status, 0);
}

TEST(CommandLine, EveryFailureIsOneLineWithItsCode) {
    const TempFolder folder;
    writeFile(folder / "text.gpkg", "no database");
    writeFile(folder / "empty.shp", "");
    expectFailure(zonewright("info " + (folder / "none.gpkg").string()), 1, "101");
    expectFailure(zonewright("info " + (folder / "text.gpkg").string()), 1, "130");
    expectFailure(zonewright("new " + (folder / "text.gpkg").string()), 1, "102");
    expectFailure(zonewright("new " + (folder / "no/such/folder/x.gpkg").string()), 1, "104");
    expectFailure(zonewright("new " + (folder / "x.gpkg").string() + " --crs EPSG:4326"), 1, "142");
    expectFailure(zonewright("new " + (folder / "x.gpkg").string() + " --sample atlantis"), 1, "101");
    EXPECT_EQ(zonewright("inspect " + (folder / "empty.shp").string()).status, 1);
    EXPECT_EQ(readFile(folder / "text.gpkg"), "no database");
}

TEST(CommandLine, AFailureReadsChineseByLocale) {
    const Ran ran = shell("LC_ALL=zh_CN.UTF-8 \"$Z\" info none.gpkg");
    EXPECT_NE(ran.err.find("找不到文件"), std::string::npos) << ran.err;
}

TEST_F(OnSample, HoldsEveryLayerOfThePlan) {
    const auto info = run("info").json();
    std::map<std::string, int> features;
    for (const auto& layer : info["layers"]) features[layer["id"]] = layer["features"];
    EXPECT_EQ(features["clusters"], 5);
    EXPECT_EQ(features["development_zones"], 7);
    EXPECT_EQ(features["towns"], 16);
    EXPECT_EQ(features["plan_indicators"], 37);
    EXPECT_EQ(features["projects"], 12);
    EXPECT_GT(features["roads"], 2000);
    EXPECT_GT(features["parcels"], 2000);
    EXPECT_EQ(info["crs"], "EPSG:4549");
}

TEST_F(OnSample, IsValidInEveryLayer) {
    const auto found = run("validate").json();
    EXPECT_EQ(found["count"], 0) << found.dump(1).substr(0, 2000);
    EXPECT_GT(found["checked"], 10000);
}

TEST_F(OnSample, PopulationSumsToTheCensus) {
    EXPECT_EQ(shell("sqlite3 -readonly " + plan + " 'SELECT sum(population) FROM population_grid'").out, "1697380\n");
}

TEST_F(OnSample, OpensInOgrWithoutAWarning) {
    const Ran ran = shell("ogrinfo -so -al " + plan + " > /dev/null");
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
}

TEST_F(OnSample, PassesGdalsGeoPackageChecks) {
    if (shell("/usr/bin/python3 -c 'import osgeo_utils.samples.validate_gpkg'").status != 0) GTEST_SKIP() << "no python3-gdal";
    const Ran ran = shell("/usr/bin/python3 -m osgeo_utils.samples.validate_gpkg " + plan);
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

TEST_F(OnSample, CheckNamesRuleArticleAndArea) {
    const auto found = run("check").json();
    EXPECT_EQ(found["sites"], 12);
    EXPECT_GT(found["findings"].size(), 0U);
    for (const auto& finding : found["findings"]) {
        for (const char* key : {"site", "rule", "severity", "verdict", "overlap_m2", "overlap_ellipsoidal_m2", "share", "distance_m", "key"}) {
            EXPECT_TRUE(finding.contains(key)) << key << finding.dump();
        }
    }
    EXPECT_EQ(run("check", "--fail-on prohibited").status, 3);
}

TEST_F(OnSample, ExportAndImportGiveTheSameZonesBack) {
    const std::string file = (folder / "clusters.gpkg").string();
    ASSERT_EQ(run("export", "clusters " + file).status, 0);
    expectFailure(zonewright("export " + plan + " clusters " + file), 1, "102");
    const auto imported = run("import", "clusters " + file + " --replace").json();
    EXPECT_EQ(imported["read"], 5);
    EXPECT_EQ(imported["taken"], 5);
    EXPECT_EQ(imported["rejected"], 0);
    EXPECT_EQ(run("validate").json()["count"], 0);
}

TEST_F(OnSample, GbkShapefilesReadRightWithAndWithoutCpg) {
    const std::filesystem::path data = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "admin/gbk_shapefile";
    if (!std::filesystem::exists(data)) GTEST_SKIP() << "no real data at " << data;
    for (const char* name : {"changzhou_gbk_cpg.shp", "changzhou_gbk_nocpg.shp"}) {
        const Ran ran = zonewright("--json inspect " + (data / name).string());
        ASSERT_EQ(ran.status, 0) << ran.err;
        EXPECT_EQ(ran.json()["encoding"]["value"].get<std::string>().substr(0, 2), "GB") << ran.out;
        EXPECT_EQ(zonewright("import " + plan + " towns " + (data / name).string()).status, 1);  // GCJ-02 is never mixed in silently
    }
}

}  // namespace
}  // namespace zonewright::test
