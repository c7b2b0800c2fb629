#include <random>

#include <gtest/gtest.h>

#include "core/analysis/siting/check.h"
#include "core/analysis/siting/documents.h"
#include "core/analysis/siting/measures.h"
#include "core/analysis/siting/runs.h"
#include "core/analysis/siting/waivers.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "support/small_plan.h"

namespace zonewright::analysis::siting {
namespace {

using test::must;
using test::wkt;

/// A square of 100 m with a hole of 40 m in its middle.
const char* const kRing = "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0), (30 30, 70 30, 70 70, 30 70, 30 30)))";

/// A pair and all that is known of it; `how` is one of the measures.
template <typename How>
Measure measured(const Geometry& site, const Geometry& constraint, double accuracy, How how) {
    const Linework siteLines(site), constraintLines(constraint);
    const Pair pair{&site, &constraint, &siteLines, &constraintLines, Metres(accuracy)};
    return must(how(pair, positionOf(pair, Metres(10000))));
}

Measure overlap(const std::string& site, const std::string& constraint, double accuracy) {
    return measured(wkt(site), wkt(constraint), accuracy, [](const auto&... known) { return measureOverlap(known...); });
}

double areaOf(const Measure& measure) { return planarArea(std::get<MultiPolygon>(measure.geometry)).value; }

TEST(SitingOverlap, TouchingIsNotOverlapping) {
    for (const char* site : {"POLYGON ((100 0, 200 0, 200 100, 100 100, 100 0))",   // along an edge
                             "POLYGON ((100 100, 200 100, 200 200, 100 200, 100 100))",  // at a corner
                             "POLYGON ((30 30, 70 30, 70 70, 30 70, 30 30))"}) {         // fills the hole
        const Measure m = overlap(site, kRing, 0);
        EXPECT_FALSE(m.hit) << site;
        EXPECT_EQ(m.distance.value, 0) << site;
    }
}

TEST(SitingOverlap, AHoleIsOutside) {
    const Measure m = overlap("POLYGON ((20 20, 80 20, 80 80, 20 80, 20 20))", kRing, 0);
    ASSERT_TRUE(m.hit);
    EXPECT_NEAR(areaOf(m), 3600 - 1600, 1e-9);
    EXPECT_FALSE(overlap("POLYGON ((40 40, 60 40, 60 60, 40 60, 40 40))", kRing, 0).hit);
}

TEST(SitingOverlap, AllPartsOfAMultipartSiteCount) {
    const Measure m = overlap("MULTIPOLYGON (((90 0, 110 0, 110 10, 90 10, 90 0)), ((90 90, 110 90, 110 100, 90 100, 90 90)))", kRing, 0);
    EXPECT_NEAR(areaOf(m), 200, 1e-9);
}

//        constraint |<- 8 m ->| site: thinner than 10 m of accuracy, so undecidable; 12 m is a conflict
TEST(SitingOverlap, ThinnerThanTheAccuracyIsUndecidable) {
    const std::string field = "POLYGON ((0 0, 1000 0, 1000 1000, 0 1000, 0 0))";
    const Measure thin = overlap("POLYGON ((992 100, 1100 100, 1100 300, 992 300, 992 100))", field, 10);
    EXPECT_TRUE(thin.hit);
    EXPECT_FALSE(thin.certain);
    EXPECT_TRUE(overlap("POLYGON ((988 100, 1100 100, 1100 300, 988 300, 988 100))", field, 10).certain);
}

TEST(SitingOverlap, ANarrowSiteDeepInsideIsAConflictHoweverNarrow) {
    EXPECT_TRUE(overlap("POLYGON ((500 500, 503 500, 503 520, 500 520, 500 500))", "POLYGON ((0 0, 1000 0, 1000 1000, 0 1000, 0 0))", 10).certain);
}

TEST(SitingOverlap, ANarrowConstraintThroughAWideSiteIsAConflict) {
    EXPECT_TRUE(overlap("POLYGON ((0 0, 400 0, 400 400, 0 400, 0 0))", "POLYGON ((-10 200, 410 200, 410 204, -10 204, -10 200))", 10).certain);
}

TEST(SitingOverlap, PointsAndLinesAreInsideOrNot) {
    EXPECT_TRUE(overlap("POINT (10 10)", kRing, 0).hit);
    EXPECT_FALSE(overlap("POINT (50 50)", kRing, 0).hit);
    EXPECT_FALSE(overlap("POINT (0 10)", kRing, 0).hit);
    const Measure line = overlap("LINESTRING (-50 50, 150 50)", kRing, 0);
    ASSERT_TRUE(line.hit);
    EXPECT_NEAR(planarLength(std::get<MultiLineString>(line.geometry)).value, 60, 1e-9);
}

Measure within(const std::string& site, const std::string& constraint, ControlZone zone, double accuracy) {
    return measured(wkt(site), wkt(constraint), accuracy, [&](const Pair& pair, const Position& position) { return measureWithin(pair, zone, position); });
}

TEST(SitingWithin, ExactlyAtTheDistanceIsClearAndOneMillimetreNearerIsNot) {
    const std::string line = "LINESTRING (0 -1000, 0 1000)";
    EXPECT_FALSE(within("POLYGON ((30 0, 80 0, 80 50, 30 50, 30 0))", line, {Metres(30), Metres(0)}, 0).hit);
    EXPECT_TRUE(within("POLYGON ((29.999 0, 80 0, 80 50, 29.999 50, 29.999 0))", line, {Metres(30), Metres(0)}, 0).hit);
}

TEST(SitingWithin, IsMeasuredFromTheEdgeOfWhatIsDrawnAsALine) {
    const Measure m = within("POLYGON ((40 0, 80 0, 80 50, 40 50, 40 0))", "LINESTRING (0 -1000, 0 1000)", {Metres(30), Metres(21)}, 0);
    ASSERT_TRUE(m.hit);
    EXPECT_NEAR(m.distance.value, 19, 1e-9);
    EXPECT_NEAR(areaOf(m), 11 * 50, 0.01);  // the zone reaches to x = 51
}

TEST(SitingWithin, AShortfallBelowTheAccuracyIsUndecidable) {
    const std::string line = "LINESTRING (0 -1000, 0 1000)";
    EXPECT_FALSE(within("POLYGON ((25 0, 80 0, 80 50, 25 50, 25 0))", line, {Metres(30), Metres(0)}, 10).certain);
    EXPECT_TRUE(within("POLYGON ((15 0, 80 0, 80 50, 15 50, 15 0))", line, {Metres(30), Metres(0)}, 10).certain);
}

TEST(SitingCrossing, ALineThroughTheSiteCrossesItAndOneAlongItsEdgeDoesNot) {
    const Geometry site = wkt("POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))");
    const Geometry through = wkt("LINESTRING (-50 50, 150 50)"), along = wkt("LINESTRING (-50 0, 150 0)");
    const auto crossing = [](const auto&... known) { return measureCrossing(known...); };
    EXPECT_TRUE(measured(site, through, 5, crossing).certain);
    EXPECT_FALSE(measured(site, along, 5, crossing).hit);
}

TEST(SitingCover, OnlyThePartOutsideAllCoversCounts) {
    const Geometry site = wkt("POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))");
    const Geometry left = wkt("POLYGON ((-10 -10, 60 -10, 60 110, -10 110, -10 -10))"), right = wkt("POLYGON ((60 -10, 110 -10, 110 80, 60 80, 60 -10))");
    const std::array<const Geometry*, 2> both{&left, &right};
    const Measure m = must(measureNotCovered(site, both, Metres(5)));
    ASSERT_TRUE(m.hit);
    EXPECT_TRUE(m.certain);
    EXPECT_NEAR(areaOf(m), 40 * 20, 1e-9);
}

/// A star round a centre: simple, often concave.
MultiPolygon star(std::mt19937& random, double spread) {
    std::uniform_real_distribution<double> place(0, spread), radius(20, 120);
    const Point c{place(random), place(random)};
    Ring ring;
    for (int i = 0; i < 12; ++i) {
        const double r = radius(random), t = i * M_PI / 6;
        ring.push_back({c.x + r * std::cos(t), c.y + r * std::sin(t)});
    }
    ring.push_back(ring.front());
    return {{Polygon{{ring}}}};
}

TEST(SitingOverlap, AgreesWithInclusionAndExclusionOnRandomPolygons) {
    std::mt19937 random(20240612);
    int hits = 0;
    for (int i = 0; i < 400; ++i) {
        const MultiPolygon a = star(random, 300), b = star(random, 300);
        const Geometry s = a, c = b;
        const Measure m = measured(s, c, 0, [](const auto&... known) { return measureOverlap(known...); });
        const double expected = planarArea(a).value + planarArea(b).value - planarArea(must(geos::unionOf({a, b}))).value;
        hits += m.hit;
        EXPECT_NEAR(m.hit ? areaOf(m) : 0, expected, 1e-6 * std::max(1.0, planarArea(a).value)) << i;
        EXPECT_NEAR(m.distance.value, must(geos::distance(s, c)).value, 1e-9) << i;
    }
    EXPECT_GT(hits, 50);
}

Snapshot snapshotOf(const std::string& site, const std::string& constraint) {
    Snapshot snapshot;
    snapshot.crs = must(Crs::from("EPSG:4549"));
    snapshot.siteFields = {"kind"};
    snapshot.sites.push_back({{"s-uuid"}, "s", {"地块", "site"}, "industrial", wkt(site), {std::string("industrial")}});
    ConstraintLayer layer;
    layer.id = "zones";
    layer.title = {"分区", "Zones"};
    layer.features.push_back({{"c-uuid"}, "c", {"约束", "constraint"}, wkt(constraint), {}});
    snapshot.layers.emplace("zones", std::move(layer));
    return snapshot;
}

Rule ruleOf(const std::string& id) {
    Rule rule;
    rule.id = id;
    rule.layer = "zones";
    rule.severity = Severity::Prohibited;
    rule.hash = id;
    return rule;
}

Report checked(const Snapshot& snapshot, const std::vector<Rule>& rules, const std::string& day = "2021-06-01") {
    Progress none;
    return must(check(snapshot, rules, {.day = day, .nearest = Metres(1000)}, none));
}

const std::string kField = "POLYGON ((500000 3500000, 501000 3500000, 501000 3501000, 500000 3501000, 500000 3500000))";
const std::string kInside = "POLYGON ((500900 3500000, 501100 3500000, 501100 3500100, 500900 3500100, 500900 3500000))";
const std::string kAway = "POLYGON ((501200 3500000, 501300 3500000, 501300 3500100, 501200 3500100, 501200 3500000))";

TEST(SitingCheck, AClearRuleIsListedAsCheckedWithItsNearestConstraint) {
    const Report report = checked(snapshotOf(kAway, kField), {ruleOf("r")});
    EXPECT_TRUE(report.findings.empty());
    ASSERT_EQ(report.cleared.size(), 1U);
    EXPECT_NEAR(report.cleared[0].nearest->value, 200, 1e-9);
}

TEST(SitingCheck, ASiteBeyondAllThatIsCheckedIsToldFromAClearOne) {
    const Report beyond = checked(snapshotOf(kAway, kField), {ruleOf("r")});
    ASSERT_EQ(beyond.remarks.size(), 1U);
    EXPECT_NE(beyond.remarks.front().en.find("says nothing about the place"), std::string::npos);
    EXPECT_TRUE(checked(snapshotOf(kInside, kField), {ruleOf("r")}).remarks.empty());
}

TEST(SitingCheck, AMissingOrEmptyLayerIsNotAPass) {
    Snapshot snapshot = snapshotOf(kInside, kField);
    snapshot.layers.at("zones").features.clear();
    Rule other = ruleOf("z");
    other.layer = "farmland";
    snapshot.missing.emplace("farmland", Localized{"没有", "absent"});
    const Report report = checked(snapshot, {ruleOf("r"), other});
    EXPECT_TRUE(report.cleared.empty());
    ASSERT_EQ(report.notChecked.size(), 2U);
    EXPECT_EQ(report.checked, (std::vector<bool>{false, false}));
}

TEST(SitingCheck, AnExceptionLessensARuleOrLiftsIt) {
    Rule lessened = ruleOf("a"), lifted = ruleOf("b");
    lessened.exceptions.push_back({must(Filter::parse("kind = 'industrial'")), Severity::Advice, {"例外", "exception"}});
    lifted.exceptions.push_back({must(Filter::parse("kind = 'industrial'")), std::nullopt, {"不适用", "does not apply"}});
    const Report report = checked(snapshotOf(kInside, kField), {lessened, lifted});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].severity, Severity::Advice);
    EXPECT_EQ(report.findings[0].exceptionNote.en, "exception");
}

TEST(SitingCheck, MeasuresPlanarAndEllipsoidalAreaAndShare) {
    const Report report = checked(snapshotOf(kInside, kField), {ruleOf("r")});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_NEAR(report.findings[0].overlap.value, 10000, 1e-6);
    EXPECT_NEAR(report.findings[0].overlapEllipsoidal.value, 10000, 1);
    EXPECT_NE(report.findings[0].overlapEllipsoidal.value, report.findings[0].overlap.value);
    EXPECT_NEAR(report.findings[0].share, 0.5, 1e-12);
}


TEST(SitingWaiver, HoldsUntilItsLastDayAndOnlyForTheGeometryItWasGivenFor) {
    Report report = checked(snapshotOf(kInside, kField), {ruleOf("r")});
    const Waiver waiver{report.findings[0].key, "张三", "已批准", "武政发〔2021〕1号", "2021-06-01", report.findings[0].fingerprint, ""};
    applyWaivers(report, {waiver});
    EXPECT_TRUE(report.findings[0].waiver.has_value());
    EXPECT_EQ(countOpen(report, Severity::Advice), 0U);

    Report later = checked(snapshotOf(kInside, kField), {ruleOf("r")}, "2021-06-02");
    applyWaivers(later, {waiver});
    EXPECT_EQ(later.findings[0].lapsed, "expired");

    Report moved = checked(snapshotOf("POLYGON ((500899 3500000, 501100 3500000, 501100 3500100, 500899 3500100, 500899 3500000))", kField), {ruleOf("r")});
    applyWaivers(moved, {waiver});
    EXPECT_EQ(moved.findings[0].key, waiver.key);
    EXPECT_EQ(moved.findings[0].lapsed, "changed");
    EXPECT_EQ(countOpen(moved, Severity::Advice), 1U);
}

TEST(SitingRuns, FindingsAreNewResolvedChangedOrUnchanged) {
    const auto before = keptFindings(checked(snapshotOf(kInside, kField), {ruleOf("a"), ruleOf("b")}));
    const auto after = keptFindings(checked(snapshotOf("POLYGON ((500800 3500000, 501100 3500000, 501100 3500100, 500800 3500100, 500800 3500000))", kField), {ruleOf("b"), ruleOf("c")}));
    const auto changes = compare(before, after);
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0].change, RunChange::Resolved);
    EXPECT_EQ(changes[1].change, RunChange::Changed);
    EXPECT_NEAR((changes[1].after.overlap - changes[1].before.overlap).value, 10000, 1e-3);
    EXPECT_EQ(changes[2].change, RunChange::New);
    for (const FindingChange& c : compare(before, before)) EXPECT_EQ(c.change, RunChange::Unchanged);
}

TEST(SitingCheck, TheSameInputGivesTheSameBytes) {
    const Snapshot snapshot = snapshotOf(kInside, kField);
    const auto once = checked(snapshot, {ruleOf("r")}), again = checked(snapshot, {ruleOf("r")});
    EXPECT_EQ(toJson(once, runId(once)).dump(), toJson(again, runId(again)).dump());
}

}  // namespace
}  // namespace zonewright::analysis::siting
