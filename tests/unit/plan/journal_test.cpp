#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "support/small_plan.h"

namespace zonewright::plan {
namespace {

using test::must;

class Journal : public testing::Test {
protected:
    test::TempFolder folder;
    std::filesystem::path file = folder / "plan.gpkg";
    Plan plan = must(Plan::create(file, test::smallCatalogue(), {}));

    std::string ask(const std::string& sql) { return must(plan.database().value(sql)).value_or("NULL"); }
};

TEST_F(Journal, HoldsOldAndNewRowOfEveryChange) {
    test::addTwoZones(plan);
    const auto table = must(tableOf(plan, "zones"));
    auto change = must(ChangeSet::begin(plan, {"set", "rename A", "edit", 0}));
    must(updateValue(plan, table, Fid{1}, {"name", std::string("甲")}));
    must(updateGeometry(plan, table, Fid{2}, test::wkt("MULTIPOLYGON (((1000 0, 3000 0, 3000 1000, 1000 1000, 1000 0)))")));
    must(removeFeature(plan, table, Fid{1}));
    must(change.commit());
    EXPECT_EQ(ask("SELECT group_concat(op || geometry_changed, ' ') FROM zw_journal WHERE changeset = 2"), "U0 U1 D1");
    EXPECT_EQ(ask("SELECT old_attributes ->> 'name' FROM zw_journal WHERE changeset = 2 LIMIT 1"), "A");
    EXPECT_EQ(ask("SELECT new_attributes ->> 'name' FROM zw_journal WHERE changeset = 2 LIMIT 1"), "甲");
    EXPECT_EQ(ask("SELECT count(*) FROM zw_journal WHERE changeset = 2 AND op = 'U' AND geometry_changed = 0 AND old_geometry IS NULL"), "1");
    EXPECT_EQ(ask("SELECT tool || '/' || title FROM zw_changeset WHERE id = 2"), "set/rename A");
}

TEST_F(Journal, TakesInEditsMadeByOtherPrograms) {
    test::addTwoZones(plan);
    GDALAllRegister();
    {
        std::unique_ptr<GDALDataset> other(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
        OGRLayer* zones = other->GetLayerByName("zones");
        OGRFeatureUniquePtr feature(zones->GetFeature(1));
        feature->SetField("name", "outside");
        ASSERT_EQ(zones->SetFeature(feature.get()), OGRERR_NONE);
        OGRFeatureUniquePtr fresh(OGRFeature::CreateFeature(zones->GetLayerDefn()));
        fresh->SetField("name", "new");
        ASSERT_EQ(zones->CreateFeature(fresh.get()), OGRERR_NONE);
    }
    EXPECT_EQ(ask("SELECT author || '/' || kind FROM zw_changeset ORDER BY id DESC LIMIT 1"), "external/external");
    EXPECT_EQ(ask("SELECT count(DISTINCT changeset) FROM zw_journal WHERE changeset > 1"), "1");
    EXPECT_EQ(ask("SELECT new_attributes ->> 'name' FROM zw_journal WHERE op = 'U'"), "outside");
    EXPECT_EQ(ask("SELECT length(uuid) FROM zones WHERE name = 'new'"), "36");
    EXPECT_EQ(ask("SELECT uuid = (SELECT uuid FROM zones WHERE name = 'new') FROM zw_journal WHERE op = 'I' ORDER BY id DESC LIMIT 1"), "1");
}

TEST_F(Journal, KeepsTablesWithoutGeometryToo) {
    const auto notes = must(tableOf(plan, "notes"));
    auto change = must(ChangeSet::begin(plan, {"test", "", "edit", 0}));
    must(insertFeature(plan, notes, {Fid{}, {"n1"}, {}, {std::string("first")}}));
    must(change.commit());
    EXPECT_EQ(ask("SELECT layer || op || uuid FROM zw_journal"), "notesIn1");
}

}  // namespace
}  // namespace zonewright::plan
