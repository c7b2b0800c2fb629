#include <gtest/gtest.h>

#include "core/analysis/siting/suggest.h"
#include "core/analysis/siting/trial.h"
#include "core/geometry/linework.h"
#include "core/geometry/measure.h"
#include "support/small_plan.h"

namespace zonewright::analysis::siting {
namespace {

using test::must;
using test::wkt;

/// One prohibited layer and one that restricts; 1 km and 200 m wide:
///
///     +---------+
///     | no      |----+
///     |         | re |      north is up, the lower left corner at 500000, 3500000
///     |         |----+
///     +---------+
const std::string kNo = "POLYGON ((500000 3500000, 501000 3500000, 501000 3501000, 500000 3501000, 500000 3500000))";
const std::string kRestricted = "POLYGON ((501000 3500400, 501200 3500400, 501200 3500600, 501000 3500600, 501000 3500400))";

Site siteOf(const std::string& text) {
    Site site;
    site.key = "s";
    site.geometry = wkt(text);
    return site;
}

Trial trialOf(double distance = 0) {
    Snapshot snapshot;
    std::vector<Rule> rules;
    for (const auto& [id, text, severity] : {std::tuple("no", kNo, Severity::Prohibited), std::tuple("re", kRestricted, Severity::Restricted)}) {
        ConstraintLayer layer;
        layer.id = id;
        layer.features.push_back({FeatureId{"1"}, "1", {}, wkt(text), {}});
        snapshot.layers.emplace(id, std::move(layer));
        Rule rule;
        rule.id = rule.layer = id;
        rule.severity = severity;
        if (distance > 0 && severity == Severity::Prohibited) {
            rule.relation = Relation::Within;
            rule.distance = Metres(distance);
        }
        rules.push_back(std::move(rule));
    }
    return Trial(std::move(snapshot), rules, "2021-06-01");
}

TEST(SitingTrial, TellsWhatSpeaksAgainstASiteBySeverity) {
    const Trial trial = trialOf();
    const Site site = siteOf("POLYGON ((500950 3500450, 501050 3500450, 501050 3500550, 500950 3500550, 500950 3500450))");
    const auto hits = must(trial.hits(site, Severity::Advice));
    ASSERT_EQ(hits.size(), 2U);
    EXPECT_NEAR(hits[0].overlap.value, 5000, 1e-6);
    EXPECT_NEAR(hits[1].overlap.value, 5000, 1e-6);
    EXPECT_EQ(must(trial.hits(site, Severity::Prohibited)).size(), 1U);
    EXPECT_FALSE(must(trial.isFree(site, Severity::Prohibited)));
    EXPECT_TRUE(must(trial.isFree(siteOf("POLYGON ((502000 3500000, 502100 3500000, 502100 3500100, 502000 3500000))"), Severity::Advice)));
}

TEST(SitingTrial, TheSmallestShiftIsTheNearestWayOutAndClears) {
    const Site site = siteOf("POLYGON ((500970 3500700, 501070 3500700, 501070 3500800, 500970 3500800, 500970 3500700))");
    const Trial trial = trialOf();
    const auto shift = must(trial.smallestShift(site, Metres(200)));
    ASSERT_TRUE(shift.has_value());
    EXPECT_NEAR(shift->distance.value, 30, 0.02) << "30 m east";
    EXPECT_NEAR(shift->east.value, 30, 0.02);
    Site there = site;
    there.geometry = moved(site.geometry, *shift);
    EXPECT_TRUE(must(trial.isFree(there, Severity::Prohibited)));

    const auto withDistance = must(trialOf(50).smallestShift(site, Metres(200)));
    ASSERT_TRUE(withDistance.has_value());
    EXPECT_NEAR(withDistance->distance.value, 80, 0.02) << "and 50 m away from the edge";
}

TEST(SitingTrial, NoShiftWithinReachIsSaid) {
    const Site site = siteOf("POLYGON ((500450 3500450, 500550 3500450, 500550 3500550, 500450 3500550, 500450 3500450))");
    EXPECT_FALSE(must(trialOf().smallestShift(site, Metres(300))).has_value()) << "it lies 450 m inside";
    EXPECT_EQ(must(trialOf().smallestShift(siteOf("POLYGON ((502000 3500000, 502100 3500000, 502100 3500100, 502000 3500000))"), Metres(300)))->distance, Metres(0));
}

TEST(SitingTrial, TheSmallestCutIsThePartInConflict) {
    const Site site = siteOf("POLYGON ((500970 3500700, 501070 3500700, 501070 3500800, 500970 3500800, 500970 3500700))");
    const Cut cut = must(trialOf().smallestCut(site));
    EXPECT_NEAR(cut.removed.value, 3000, 1e-6);
    EXPECT_NEAR(planarArea(cut.left).value, 7000, 1e-6);
}

TEST(SitingSuggest, PlacesLieInsideAreFreeAndTheUnrestrictedComeFirst) {
    SuggestRequest request;
    request.within = {wkt("POLYGON ((500800 3500300, 501400 3500300, 501400 3500700, 500800 3500700, 500800 3500300))")};
    request.area = SquareMetres(10000);
    request.roads = {wkt("LINESTRING (501400 3500000, 501400 3501000)")};
    request.most = 30;
    Progress progress;
    const Trial trial = trialOf();
    const Suggestions found = must(suggest(trial, request, progress));
    ASSERT_FALSE(found.candidates.empty());
    EXPECT_LE(found.free, found.tried);
    const Linework around(request.within.front());
    SquareMetres before;
    for (const Candidate& candidate : found.candidates) {
        Site site;
        site.geometry = candidate.shape;
        EXPECT_NEAR(planarArea(candidate.shape).value, 10000, 1e-6);
        EXPECT_TRUE(must(trial.isFree(site, Severity::Prohibited)));
        forEachPoint(candidate.shape, [&](const Point& p) { EXPECT_TRUE(around.surrounds(p)); });
        EXPECT_GE(candidate.restricted.value + 1, before.value) << "ranked by restricted area";
        before = candidate.restricted;
        ASSERT_TRUE(candidate.toRoad.has_value());
    }
    EXPECT_EQ(found.candidates.front().restricted, SquareMetres(0));
    EXPECT_GT(found.candidates.back().restricted, SquareMetres(0)) << "the restricted places come last, not never";
    EXPECT_EQ(suggestionsTable(found).rows.size(), found.candidates.size());
}

TEST(SitingSuggest, NoPlaceIsAnAnswer) {
    SuggestRequest request;
    request.within = {wkt(kNo)};
    request.area = SquareMetres(40000);
    Progress progress;
    const Suggestions found = must(suggest(trialOf(), request, progress));
    EXPECT_TRUE(found.candidates.empty());
    EXPECT_GT(found.tried, 0U);
}

}  // namespace
}  // namespace zonewright::analysis::siting
