#include <gtest/gtest.h>

#include "core/analysis/execution.h"
#include "core/analysis/registry.h"
#include "support/small_plan.h"

namespace zonewright::analysis {
namespace {

using test::must;

class Execution : public ::testing::Test {
protected:
    Execution()
        : registry(Registry::scan({ZONEWRIGHT_TEST_MODULES})),
          module(*must(registry.find("counting"))),
          plan(must(plan::Plan::create(folder / "p.gpkg", test::smallCatalogue(), {}))) {
        test::addTwoZones(plan);
    }
    std::string contents() {
        return *must(plan.database().value("SELECT (SELECT count(*) FROM zw_changeset) || '/' || (SELECT count(*) FROM zones)"));
    }
    test::TempFolder folder;
    Registry registry;
    const Module& module;
    plan::Plan plan;
    Progress progress;
};

TEST_F(Execution, ResultIsWrittenInOneChangeSetWithItsInputs) {
    const auto done = must(execute(module, &plan, {{{"layer", "zones"}, {"factor", "3"}}, true, ""}, progress));
    EXPECT_EQ(done.outcome.document["count"], 6);
    const auto rows = must(plan::readFeatures(plan, "counts"));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(plan::asText(rows[0].values[0]), "6");
    const auto results = must(storedResults(plan));
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].module, "counting");
    EXPECT_EQ(results[0].version, "2.1");
    EXPECT_EQ(results[0].parameters["factor"], 3);
    EXPECT_EQ(results[0].inputs[0].features, 2);
    EXPECT_EQ(results[0].finding.en, "6 in all");
    EXPECT_EQ(*must(plan.database().value("SELECT count(*) FROM zw_changeset WHERE kind = 'analysis'")), "1");
}

TEST_F(Execution, ResultKnowsWhenItsInputsHaveChanged) {
    must(execute(module, &plan, {{{"layer", "zones"}}, true, ""}, progress));
    EXPECT_TRUE(must(changedInputs(plan, must(storedResults(plan)).front())).empty());
    auto change = must(plan::ChangeSet::begin(plan, {"test", "move", "edit", 0}));
    const auto table = must(plan::tableOf(plan, "zones"));
    must(plan::updateGeometry(plan, table, Fid{1}, test::wkt("MULTIPOLYGON (((0 0, 999 0, 1000 1000, 0 1000, 0 0)))")));
    must(change.commit());
    const auto changed = must(changedInputs(plan, must(storedResults(plan)).front()));
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].source, "zones");
}

TEST_F(Execution, SecondRunReplacesTheLayerAndKeepsBothRecords) {
    must(execute(module, &plan, {{{"layer", "zones"}}, true, ""}, progress));
    must(execute(module, &plan, {{{"layer", "zones"}, {"factor", "2"}}, true, ""}, progress));
    const auto rows = must(plan::readFeatures(plan, "counts"));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(plan::asText(rows[0].values[0]), "4");
    EXPECT_EQ(must(storedResults(plan)).size(), 2U);
    EXPECT_EQ(*must(plan.database().value("SELECT count(*) FROM zw_journal WHERE layer = 'counts'")), "0");
}

TEST_F(Execution, ExceptionInsideTheModuleIsAnErrorAndChangesNothing) {
    const std::string before = contents();
    const auto done = execute(module, &plan, {{{"layer", "zones"}, {"fail", "throw"}}, true, ""}, progress);
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::ModuleUnusable);
    EXPECT_EQ(done.error().detail, "thrown on purpose");
    EXPECT_EQ(contents(), before);
}

TEST_F(Execution, FailureWhileWritingLeavesNoRow) {
    const std::string before = contents();
    ASSERT_FALSE(execute(module, &plan, {{{"layer", "zones"}, {"fail", "finish"}}, true, ""}, progress).has_value());
    EXPECT_EQ(contents(), before);
    EXPECT_TRUE(must(storedResults(plan)).empty());
    if (must(plan.hasLayer("counts"))) {
        EXPECT_TRUE(must(plan::readFeatures(plan, "counts")).empty());
    }
}

TEST_F(Execution, CancelLeavesNothingBehind) {
    struct Stop final : Progress {
        bool report(double, std::string_view what) override { return what != "counting"; }
    } stop;
    const std::string before = contents();
    const auto done = execute(module, &plan, {{{"layer", "zones"}}, true, ""}, stop);
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(contents(), before);
    EXPECT_FALSE(must(plan.hasLayer("counts")));
}

TEST_F(Execution, WithoutStoringThePlanIsOnlyRead) {
    const std::string before = contents();
    const auto done = must(execute(module, &plan, {{{"layer", "zones"}}, false, ""}, progress));
    EXPECT_EQ(done.result, 0);
    EXPECT_EQ(contents(), before);
}

TEST_F(Execution, CommandLineHoldsOnlyWhatDiffersFromDefaults) {
    const auto done = must(execute(module, &plan, {{{"layer", "zones"}, {"factor", "2"}}, false, ""}, progress));
    EXPECT_EQ(commandLine(module, done, "my plan.gpkg"), "zonewright run counting 'my plan.gpkg' layer=zones factor=2");
}

}  // namespace
}  // namespace zonewright::analysis
