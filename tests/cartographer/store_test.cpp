#include <gtest/gtest.h>

#include "cartographer/test_plan.h"

namespace zonewright::cartographer {
namespace {

int rowsOf(const std::filesystem::path& plan, const std::string& sql) {
    std::unique_ptr<GDALDataset> data(GDALDataset::Open(plan.c_str(), GDAL_OF_VECTOR));
    OGRLayer* rows = data->ExecuteSQL(sql.c_str(), nullptr, nullptr);
    const int count = rows == nullptr ? -1 : static_cast<int>(rows->GetFeatureCount());
    if (rows != nullptr) data->ReleaseResultSet(rows);
    return count;
}

TEST(Store, TheProjectAndItsStylesAreInThePlanAndDrawingGoesOn) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    const auto stored = cartographer.store(Language::Chinese);
    ASSERT_TRUE(stored) << stored.error().detail;
    EXPECT_EQ(stored->themes, 4) << "not the one of a result that the plan does not have";
    EXPECT_EQ(stored->layers, 5) << "four layers and one variant";
    EXPECT_EQ(plan.files(), std::vector<std::string>{"plan.gpkg"}) << "no journal stays behind";
    EXPECT_EQ(rowsOf(plan.file(), "SELECT name FROM qgis_projects WHERE name = 'zonewright'"), 1);
    EXPECT_EQ(rowsOf(plan.file(), "SELECT id FROM layer_styles WHERE useAsDefault = 1"), 4);
    EXPECT_EQ(rowsOf(plan.file(), "SELECT fid FROM zones"), 2);

    const auto drawn = cartographer.render(frameOf("zones"));
    ASSERT_TRUE(drawn) << drawn.error().detail;
    EXPECT_TRUE(near(colourAt(*drawn, kInA), kRed));
    const std::string after = plan.bytes();
    ASSERT_TRUE(cartographer.render(frameOf("pale")));
    EXPECT_TRUE(plan.bytes() == after) << "writing was permitted for that one request";
}

TEST(Store, StoringTwiceReplacesTheProjectAndStyles) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    ASSERT_TRUE(cartographer.store(Language::Chinese));
    ASSERT_TRUE(cartographer.store(Language::English));
    EXPECT_EQ(rowsOf(plan.file(), "SELECT name FROM qgis_projects"), 1);
    EXPECT_EQ(rowsOf(plan.file(), "SELECT id FROM layer_styles"), 5);
}

}  // namespace
}  // namespace zonewright::cartographer
