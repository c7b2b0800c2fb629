#include <gtest/gtest.h>

#include "core/analysis/registry.h"
#include "core/analysis/scenarios.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/history.h"
#include "support/temp_folder.h"

namespace zonewright::analysis {
namespace {

class ScenariosOfAPlan : public ::testing::Test {
protected:
    ScenariosOfAPlan() : catalogue(*catalogue::load(std::filesystem::path(ZONEWRIGHT_SOURCE_DIR) / "layers")) {
        plan = std::move(*plan::Plan::create(folder.path() / "a.gpkg", catalogue, {}));
    }
    std::int64_t save(const Scenario& scenario) { return saveScenario(*plan, catalogue, scenario).value(); }

    test::TempFolder folder;
    catalogue::Catalogue catalogue;
    std::optional<plan::Plan> plan;
    const Scenario fast{"s1", {"快速路先行", "Expressway first"}, {"a", "b"}, 2023, {}};
};

TEST_F(ScenariosOfAPlan, AreReadAsTheyWereSavedAndFoundByCodeAndName) {
    EXPECT_TRUE(scenarios(*plan)->empty());
    EXPECT_GT(save(fast), 0);
    EXPECT_EQ(*scenarios(*plan), std::vector{fast});
    for (const char* name : {"s1", "快速路先行", "Expressway first"}) EXPECT_EQ(findScenario(*plan, name)->code, "s1") << name;
    const auto none = findScenario(*plan, "慢");
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().detail.find("s1"), std::string::npos) << "those there are";
    EXPECT_EQ(save(fast), 0) << "nothing was to be changed";
    Scenario later = fast;
    later.year = 2030;
    EXPECT_GT(save(later), 0);
    EXPECT_EQ(scenarios(*plan)->front().year, 2030);
    EXPECT_EQ(scenarios(*plan)->size(), 1u);
}

TEST_F(ScenariosOfAPlan, TwoOfOneNameAreRefusedAndAnUnknownOneIsNotTakenAway) {
    save(fast);
    Scenario same = fast;
    same.code = freeCode(*scenarios(*plan));
    EXPECT_EQ(same.code, "s2");
    EXPECT_FALSE(saveScenario(*plan, catalogue, same));
    EXPECT_FALSE(removeScenario(*plan, "s2"));
    EXPECT_TRUE(removeScenario(*plan, "s1"));
    EXPECT_TRUE(scenarios(*plan)->empty());
}

TEST_F(ScenariosOfAPlan, WhatIsSaidOutrightWinsOverTheScenario) {
    const Registry registry = Registry::standard();
    const auto access = registry.find("accessibility");
    ASSERT_TRUE(access) << describe(access.error(), Language::English);
    const Assignments said = *withScenario(**access, fast, {{"year", "2021"}});
    EXPECT_EQ(said, (Assignments{{"projects", "a,b"}, {"year", "2021"}}));
    const auto intensity = registry.find("land_use_intensity");
    ASSERT_TRUE(intensity);
    Scenario parcels = fast;
    parcels.parcels = "changed";
    EXPECT_EQ(*withScenario(**intensity, parcels, {}), (Assignments{{"scenario", "changed"}})) << "it knows no projects";
    const auto siting = registry.find("siting_conflicts");
    ASSERT_TRUE(siting);
    EXPECT_FALSE(withScenario(**siting, fast, {})) << "nothing in it depends on a scenario";
}

}  // namespace
}  // namespace zonewright::analysis
