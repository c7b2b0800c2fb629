#include <algorithm>

#include <gtest/gtest.h>

#include "core/analysis/siting/check.h"
#include "core/catalogue/catalogue.h"
#include "core/geometry/measure.h"
#include "core/plan/source/recipe.h"
#include "support/small_plan.h"

// samples/rules/<rule>/: the constraint lies west of x = 500000, the site east of it; farther east is always better.
namespace zonewright::analysis::siting {
namespace {

using test::must;

const std::filesystem::path kSource = ZONEWRIGHT_SOURCE_DIR;

const catalogue::Catalogue& theCatalogue() {
    static const catalogue::Catalogue kCatalogue = must(catalogue::load(kSource / "layers"));
    return kCatalogue;
}

const std::vector<Rule>& theRules() {
    static const std::vector<Rule> kRules = must(loadRules(kSource / "layers" / "rules"));
    return kRules;
}

/// A sample made into a plan and read again, with the day it is checked for.
struct Sample {
    Snapshot snapshot;
    std::string day;
};

/// The catalogue as far as a recipe needs it: a plan of two layers is made faster than one of all.
catalogue::Catalogue catalogueFor(const plan::source::Recipe& recipe) {
    catalogue::Catalogue some = theCatalogue();
    std::erase_if(some.layers, [&](const catalogue::Layer& layer) {
        return std::none_of(recipe.layers.begin(), recipe.layers.end(), [&](const auto& source) { return source.id == layer.id; });
    });
    for (catalogue::Layer& layer : some.layers) layer.topology = {};
    return some;
}

Sample sampleOf(const std::string& rule, const std::string& name) {
    const test::TempFolder folder;
    const auto recipe = must(plan::source::readRecipe(kSource / "samples" / "rules" / rule / name));
    auto plan = must(plan::Plan::create(folder / "plan.gpkg", catalogueFor(recipe), {recipe.crs, false, recipe.meta}));
    Progress silent;
    must(plan::source::importRecipe(plan, theCatalogue(), recipe, silent));
    Inputs inputs(&plan, theCatalogue());
    return {must(readSnapshot(inputs, theRules(), {}, silent)), recipe.date + "-15"};
}

Report checked(const Sample& sample) {
    Progress silent;
    return must(check(sample.snapshot, theRules(), {.day = sample.day, .nearest = Metres(10000)}, silent));
}

Sample movedEast(Sample sample, double by) {
    for (Site& site : sample.snapshot.sites) {
        for (Polygon& polygon : std::get<MultiPolygon>(site.geometry).polygons) {
            for (Ring& ring : polygon.rings) {
                for (Point& p : ring) p.x += by;
            }
        }
    }
    return sample;
}

/// The findings of one rule.
std::vector<Finding> of(const Report& report, const std::string& rule) {
    std::vector<Finding> out;
    for (const Finding& finding : report.findings) {
        if (report.rules[finding.rule].id == rule) out.push_back(finding);
    }
    return out;
}

bool isCleared(const Report& report, const std::string& rule) {
    return std::any_of(report.cleared.begin(), report.cleared.end(), [&](const Cleared& c) { return report.rules[c.rule].id == rule; });
}

TEST(RuleSamples, EveryRuleHasOneThatJustBreaksItAndOneMetreAwayItNoLongerIsCertain) {
    for (const Rule& rule : theRules()) {
        const Sample sample = sampleOf(rule.id, "breaks");
        const auto findings = of(checked(sample), rule.id);
        ASSERT_EQ(findings.size(), 1U) << rule.id;
        EXPECT_EQ(findings[0].verdict, Verdict::Conflict) << rule.id;
        EXPECT_EQ(findings[0].severity, rule.severity) << rule.id;
        const auto away = of(checked(movedEast(sample, 1)), rule.id);
        ASSERT_EQ(away.size(), 1U) << rule.id;
        EXPECT_EQ(away[0].verdict, Verdict::Undecidable) << rule.id;
        if (rule.from.empty()) continue;
        const Report before = checked({sample.snapshot, "2000-01-01"});  // in force on no such day
        EXPECT_TRUE(of(before, rule.id).empty() && !isCleared(before, rule.id)) << rule.id;
    }
}

TEST(RuleSamples, EveryRuleHasOneThatJustDoesNotBreakItAndOneMetreNearerItWould) {
    for (const Rule& rule : theRules()) {
        const Sample sample = sampleOf(rule.id, "clear");
        const Report report = checked(sample);
        EXPECT_TRUE(of(report, rule.id).empty()) << rule.id;
        EXPECT_TRUE(isCleared(report, rule.id)) << rule.id;
        EXPECT_EQ(of(checked(movedEast(sample, -1)), rule.id).size(), 1U) << rule.id;
    }
}

TEST(RuleSamples, ASiteThatFillsAHoleTouchesOnAllSidesAndIsClear) {
    const Report report = checked(sampleOf("redline-development", "hole"));
    EXPECT_TRUE(of(report, "redline-development").empty());
    EXPECT_TRUE(isCleared(report, "redline-development"));
}

// One part lies across the line by 50 m, one far away, one wholly inside: 100 x 50 + 100 x 100.
TEST(RuleSamples, AllPartsOfASiteCount) {
    const auto findings = of(checked(sampleOf("redline-development", "parts")), "redline-development");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_NEAR(findings[0].overlap.value, 15000, 1e-6);
    EXPECT_NEAR(findings[0].share, 0.5, 1e-12);
}

TEST(RuleSamples, ASliverThinnerThanTheAccuracyIsUndecidable) {
    const auto findings = of(checked(sampleOf("redline-development", "sliver")), "redline-development");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].verdict, Verdict::Undecidable);
    EXPECT_NEAR(findings[0].overlap.value, 1100, 1e-6);
}

}  // namespace
}  // namespace zonewright::analysis::siting
