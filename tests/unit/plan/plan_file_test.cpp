#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "core/plan/lock.h"
#include "support/small_plan.h"

namespace zonewright::plan {
namespace {

using test::must;

class PlanFile : public testing::Test {
protected:
    test::TempFolder folder;
    std::filesystem::path file = folder / "plan.gpkg";

    Plan make() { return must(Plan::create(file, test::smallCatalogue(), {"EPSG:4549", false, {{"title_zh", "测试"}}})); }
};

TEST_F(PlanFile, IsAGeoPackageThatOgrReadsWithItsIndexAndExtent) {
    {
        Plan plan = make();
        test::addTwoZones(plan);
    }
    GDALAllRegister();
    const std::string before = test::readFile(file);
    EXPECT_EQ(before.substr(68, 4), "GPKG");
    std::unique_ptr<GDALDataset> dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    OGRLayer* zones = dataset->GetLayerByName("zones");
    ASSERT_NE(zones, nullptr);
    EXPECT_EQ(zones->GetFeatureCount(), 2);
    EXPECT_STREQ(zones->GetSpatialRef()->GetAuthorityCode(nullptr), "4549");
    zones->SetSpatialFilterRect(1500, 100, 1600, 200);
    EXPECT_EQ(zones->GetFeatureCount(), 1);
    EXPECT_TRUE(zones->TestCapability(OLCFastSpatialFilter));
    EXPECT_EQ(dataset->GetLayerByName("notes")->GetGeomType(), wkbNone);
}

TEST_F(PlanFile, KeepsFeaturesAsTheyWereGiven) {
    Plan plan = make();
    test::addTwoZones(plan);
    const auto features = must(readFeatures(plan, "zones"));
    ASSERT_EQ(features.size(), 2U);
    EXPECT_EQ(features[0].geometry, test::wkt("MULTIPOLYGON (((0 0, 1000 0, 1000 1000, 0 1000, 0 0)))"));
    EXPECT_EQ(features[0].values, (std::vector<Value>{std::string("A"), 1.5}));
    EXPECT_EQ(must(findFeature(plan, "zones", "00000000-0000-4000-8000-00000000000b")).fid, Fid{2});
    EXPECT_EQ(must(findFeature(plan, "zones", "2")).id.text, "00000000-0000-4000-8000-00000000000b");
    EXPECT_EQ(findFeature(plan, "zones", "3").error().code, ErrorCode::UnknownFeature);
    Query east;
    east.box = Box{1500, 100, 1600, 200};
    east.fields = {"name"};
    EXPECT_EQ(must(readFeatures(plan, "zones", east)).at(0).values, (std::vector<Value>{std::string("B")}));
}

TEST_F(PlanFile, IsOneFileAgainWhenClosed) {
    { test::addTwoZones(*std::make_unique<Plan>(make())); }
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.exists() ? 1 : 0;
    EXPECT_EQ(files, 1);
}

TEST_F(PlanFile, IsNotReplacedWithoutBeingAsked) {
    make();
    EXPECT_EQ(Plan::create(file, test::smallCatalogue(), {}).error().code, ErrorCode::FileExists);
    EXPECT_TRUE(Plan::create(file, test::smallCatalogue(), {"EPSG:4549", true, {}}).has_value());
}

TEST_F(PlanFile, NeedsAProjectedCrsInMetres) {
    for (const char* crs : {"EPSG:4490", "EPSG:2263", "nonsense"}) {
        EXPECT_EQ(Plan::create(file, test::smallCatalogue(), {crs, false, {}}).error().code, ErrorCode::SourceCrs) << crs;
        EXPECT_FALSE(std::filesystem::exists(file));
    }
}

TEST_F(PlanFile, ASecondWriterIsToldWhoHoldsIt) {
    Plan plan = make();
    const auto second = Plan::open(file, OpenMode::Write);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::PlanLocked);
    EXPECT_NE(second.error().detail.find(std::to_string(getpid())), std::string::npos) << second.error().detail;
}

TEST_F(PlanFile, ALockDiesWithItsProcess) {
    make();
    const pid_t child = fork();
    if (child == 0) {
        const auto held = Plan::open(file, OpenMode::Write);
        _exit(held ? 7 : 1);  // without destructors, as after kill -9
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_EQ(WEXITSTATUS(status), 7);
    EXPECT_TRUE(std::filesystem::exists(WriterLock::fileOf(file)));
    EXPECT_TRUE(Plan::open(file, OpenMode::Write).has_value());
}

TEST_F(PlanFile, AReaderIsNotBlockedByAnOpenChangeAndDoesNotSeeIt) {
    Plan writer = make();
    test::addTwoZones(writer);
    const auto table = must(tableOf(writer, "zones"));
    auto change = must(ChangeSet::begin(writer, {"test", "", "edit", 0}));
    must(removeFeature(writer, table, Fid{1}));
    const Plan reader = must(Plan::open(file, OpenMode::Read));
    EXPECT_EQ(must(readFeatures(reader, "zones")).size(), 2U);
    must(change.commit());
    EXPECT_EQ(must(readFeatures(reader, "zones")).size(), 1U);
}

TEST_F(PlanFile, AnUncommittedChangeIsGone) {
    Plan plan = make();
    test::addTwoZones(plan);
    {
        const auto change = must(ChangeSet::begin(plan, {"test", "", "edit", 0}));
        must(removeFeature(plan, must(tableOf(plan, "zones")), Fid{1}));
    }
    EXPECT_EQ(must(readFeatures(plan, "zones")).size(), 2U);
}

TEST_F(PlanFile, ANewerOneIsRefusedWithTheVersionNamed) {
    must(make().database().execute("UPDATE zw_meta SET value = '99' WHERE key = 'schema_version'"));
    const auto opened = Plan::open(file, OpenMode::Read);
    EXPECT_EQ(opened.error().code, ErrorCode::PlanTooNew);
    EXPECT_NE(opened.error().detail.find("99"), std::string::npos);
}

TEST_F(PlanFile, AnOlderOneIsMigratedAfterABackupCopy) {
    {
        Plan plan = make();
        test::addTwoZones(plan);
        // What version 1 lacked: the history.
        std::string sql;
        for (const char* layer : {"zones", "notes"}) {
            for (const char* name : {"zw_journal_insert_", "zw_journal_update_", "zw_journal_delete_"}) {
                sql += "DROP TRIGGER " + sqlName(std::string(name) + layer) + ";";
            }
        }
        must(plan.database().execute(sql + "DROP TABLE zw_journal; DROP TABLE zw_tag; DROP TABLE zw_changeset; DROP TABLE zw_current;"
                                           "UPDATE zw_meta SET value = '1' WHERE key = 'schema_version'"));
    }
    {
        const Plan plan = must(Plan::open(file, OpenMode::Write));
        EXPECT_EQ(plan.schemaVersion(), kSchemaVersion);
        EXPECT_EQ(must(readFeatures(plan, "zones")).size(), 2U);
        auto change = must(ChangeSet::begin(plan, {"test", "", "edit", 0}));
        must(change.commit());
    }
    const Plan backup = must(Plan::open(file.string() + ".v1.bak", OpenMode::Read));
    EXPECT_EQ(backup.schemaVersion(), 1);
    EXPECT_EQ(must(readFeatures(backup, "zones")).size(), 2U);
}

TEST_F(PlanFile, BadFilesAreNamedNotCrashedOn) {
    test::writeFile(folder / "empty.gpkg", "");
    test::writeFile(folder / "text.gpkg", "this is not a database, only some text that is long enough to be read as one");
    make();
    const std::string whole = test::readFile(file);
    test::writeFile(folder / "half.gpkg", whole.substr(0, whole.size() / 2));
    for (const char* name : {"empty.gpkg", "text.gpkg", "half.gpkg", "none.gpkg", "."}) {
        for (const OpenMode mode : {OpenMode::Read, OpenMode::Write}) {
            EXPECT_FALSE(Plan::open(folder / name, mode).has_value()) << name;
        }
    }
}

TEST_F(PlanFile, BulkRowsAreIndexedAndLeaveTheTriggersInPlace) {
    Plan plan = make();
    const auto table = must(tableOf(plan, "zones"));
    {
        auto change = must(ChangeSet::begin(plan, {"import", "", "import", 0}));
        auto bulk = must(BulkInsert::into(plan, table));
        for (int i = 0; i < 100; ++i) {
            const std::string x = std::to_string(i * 10);
            must(bulk.add({"u" + x}, test::wkt("POLYGON ((" + x + " 0, " + x + " 5, 3000 5, " + x + " 0))"), {std::string("n" + x)}));
        }
        must(bulk.finish());
        must(change.commit());
    }
    EXPECT_EQ(must(plan.database().value("SELECT count(*) FROM zw_journal")).value(), "0");
    Query west;
    west.box = Box{0, 0, 9, 1};
    EXPECT_EQ(must(readFeatures(plan, "zones", west)).size(), 1U);
    auto change = must(ChangeSet::begin(plan, {"test", "", "edit", 0}));
    must(removeFeature(plan, table, Fid{1}));
    must(change.commit());
    EXPECT_EQ(must(plan.database().value("SELECT count(*) FROM zw_journal")).value(), "1");
    EXPECT_EQ(must(readFeatures(plan, "zones", west)).size(), 0U);
}

TEST_F(PlanFile, LayersCanBeAddedAndDropped) {
    Plan plan = make();
    catalogue::Layer layer = test::smallCatalogue().layers.at(1);
    layer.id = "results";
    layer.title = {"结果", "Results"};
    must(addLayer(plan, layer));
    EXPECT_EQ(must(plan.layers()).size(), 3U);
    EXPECT_EQ(addLayer(plan, layer).error().code, ErrorCode::FileExists);
    must(dropLayer(plan, "results"));
    EXPECT_EQ(must(plan.layers()).size(), 2U);
    EXPECT_EQ(tableOf(plan, "results").error().code, ErrorCode::UnknownLayer);
}

}  // namespace
}  // namespace zonewright::plan
