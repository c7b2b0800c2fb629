#include "core/coverage/validate.h"
#include "core/coverage/repair.h"
#include "support/coverage_maps.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

std::vector<Zone> zonesOf(const std::vector<std::string>& wkts) {
    std::vector<Zone> zones;
    for (std::size_t i = 0; i < wkts.size(); ++i)
        zones.push_back({Fid{static_cast<std::int64_t>(i) + 1}, polygons(wkts[i])});
    return zones;
}

/// "kind(features)" of each fault.
std::string summary(const std::vector<Fault>& faults) {
    std::string out;
    for (const Fault& fault : faults) {
        out += (out.empty() ? "" : " ") + std::string(nameOf(fault.kind)) + "(";
        for (const Fid fid : fault.features)
            out += (out.back() == '(' ? "" : ",") + std::to_string(static_cast<std::int64_t>(fid));
        out += ")";
    }
    return out;
}

std::vector<Zone> after(std::vector<Zone> zones, const Repair& repair) {
    for (const ZoneChange& change : repair.changes) {
        for (Zone& zone : zones) {
            if (zone.fid == change.zone) zone.geometry = change.after.value();
        }
    }
    return zones;
}

TEST(Validate, ACleanCoverageHasNoFaults) {
    // T-junction, island, two zones touching in a point
    const auto zones = zonesOf(
        {"POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))",
         "POLYGON ((0 2, 4 2, 4 10, 0 10, 0 2), (1 4, 1 5, 2 5, 2 4, 1 4), (2 5, 2 6, 3 6, 3 5, 2 5))",
         "POLYGON ((1 4, 2 4, 2 5, 1 5, 1 4))", "POLYGON ((2 5, 3 5, 3 6, 2 6, 2 5))"});
    EXPECT_EQ(summary(validate(zones)), "");
    Validation within;
    within.parent = polygons("POLYGON ((0 0, 4 0, 4 10, 0 10, 0 0))");
    EXPECT_EQ(summary(validate(zones, within)), "");
}

TEST(Validate, OverlapsAndGapsAreFoundWithTheirLand) {
    const auto zones = zonesOf({"POLYGON ((0 0, 5 0, 5 10, 0 10, 0 0))",
                                "POLYGON ((4 0, 10 0, 10 4, 6 4, 6 6, 10 6, 10 10, 4 10, 4 0))",
                                "POLYGON ((10 0, 12 0, 12 10, 10 10, 10 0))"});
    const auto faults = validate(zones);
    ASSERT_EQ(summary(faults), "gap(2,3) overlap(1,2)");
    EXPECT_DOUBLE_EQ(faults[0].area.value, 8);
    EXPECT_DOUBLE_EQ(faults[1].area.value, 10);
    EXPECT_EQ(toWkt(faults[0].geometry), "POLYGON ((6 6, 6 4, 10 4, 10 6, 6 6))");
    EXPECT_EQ(faults[0].key.size(), 16U);
    EXPECT_EQ(validate(zones)[0].key, faults[0].key);
    Validation disjoint;
    disjoint.kind = Kind::Disjoint;
    EXPECT_EQ(summary(validate(zones, disjoint)), "overlap(1,2)");
}

TEST(Validate, AGapAndAnOverlapBetweenGridPointsAreFound) {
    // the boundary of 2 runs 0.5 mm beside that of 1 at its middle
    EXPECT_EQ(summary(validate(zonesOf({"POLYGON ((0 0, 2 0, 2.001 2, 0 2, 0 0))",
                                        "POLYGON ((2 0, 4 0, 4 2, 2.001 2, 2 1, 2 0))"}))),
              "overlap(1,2)");
    EXPECT_EQ(summary(validate(zonesOf({"POLYGON ((0 0, 2 0, 2.001 2, 0 2, 0 0))",
                                        "POLYGON ((2 0, 4 0, 4 2, 2.001 2, 2.001 1, 2 0))"}))),
              "gap(1,2)");
}

TEST(Validate, AZoneWithinAnotherOverlapsItThoughNoBoundaryCrosses) {
    const auto faults =
        validate(zonesOf({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))"}));
    ASSERT_EQ(summary(faults), "overlap(1,2)");
    EXPECT_DOUBLE_EQ(faults[0].area.value, 4);
    EXPECT_EQ(summary(validate(zonesOf(
                  {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"}))),
              "overlap(1,2)");
}

TEST(Validate, TheParentMustBeFilledAndNotLeft) {
    Validation within;
    within.parent = polygons("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))");
    const auto faults = validate(
        zonesOf({"POLYGON ((0 0, 12 0, 12 5, 0 5, 0 0))", "POLYGON ((0 5, 10 5, 10 9, 0 9, 0 5))"}), within);
    ASSERT_EQ(summary(faults), "gap(2) outside_parent(1)");
    EXPECT_DOUBLE_EQ(faults[0].area.value, 10);
    EXPECT_DOUBLE_EQ(faults[1].area.value, 10);
}

TEST(Validate, RingsThatAreNoPolygonAreNamedWithTheirPlace) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))", "Self-intersection"},
        {"POLYGON ((0 0, 4 0, 4 4, 2 4, 2 0, 2 4, 0 4, 0 0))", "Ring Self-intersection"},
        {"POLYGON ((0 0, 4 0, 2 2, 4 4, 0 4, 2 2, 0 0))", "Ring Self-intersection"},
        {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (6 6, 6 7, 7 7, 6 6))",
         "Hole lies outside shell or parts overlap"},
        {"MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((1 1, 2 1, 2 2, 1 1)))",
         "Hole lies outside shell or parts overlap"},
        {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (2 0, 1 2, 2 4, 3 2, 2 0))", "Interior is disconnected"},
    };
    for (const auto& [wkt, reason] : cases) {
        const auto faults = validate(zonesOf({wkt}));
        ASSERT_FALSE(faults.empty()) << wkt;
        EXPECT_EQ(faults[0].kind, FaultKind::InvalidRing) << wkt;
        EXPECT_EQ(faults[0].reason, reason) << wkt;
        EXPECT_TRUE(geos::invalidity(polygons(wkt)).value().has_value()) << wkt;
    }
    Validation disjoint;
    disjoint.kind = Kind::Disjoint;
    for (const char* wkt :
         {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (0 0, 1 2, 2 1, 0 0))",
          "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((2 2, 4 2, 4 4, 2 4, 2 2)))",
          "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 3, 3 3, 3 1, 1 1), (3 3, 3 5, 5 5, 5 3, 3 3))"}) {
        EXPECT_EQ(summary(validate(zonesOf({wkt}), disjoint)), "") << wkt;
    }
}

TEST(Validate, HostileGeometryIsReportedNotCrashedOn) {
    std::vector<Zone> zones;
    const auto add = [&](Ring ring) {
        zones.push_back({Fid{static_cast<std::int64_t>(zones.size()) + 1}, {{Polygon{{std::move(ring)}}}}});
    };
    add({{0, 0}, {1, 0}, {std::nan(""), 1}, {0, 0}});
    add({{0, 0}, {1, 0}, {1e300, 1}, {0, 0}});
    add({});
    add({{5, 5}});
    add({{5, 5}, {5, 5}, {5, 5}, {5, 5}});
    add({{5, 5}, {6, 6}, {5, 5}});
    zones.push_back({Fid{7}, {{Polygon{}}}});
    zones.push_back({Fid{8}, {}});
    EXPECT_EQ(summary(validate(zones)),
              "invalid_ring(1) invalid_ring(2) invalid_ring(3) invalid_ring(4) invalid_ring(5) "
              "invalid_ring(6) invalid_ring(7) duplicate_vertex(5)");
    EXPECT_FALSE(repair(zones).left.empty());
}

TEST(Validate, RepeatedVerticesAndSliversAreFound) {
    EXPECT_EQ(summary(validate(zonesOf({"POLYGON ((0 0, 4 0, 4 0, 4 4, 0 4, 0 0))",
                                        "POLYGON ((9 0, 9.05 0, 9.05 40, 9 40, 9 0))"}))),
              "sliver(2) duplicate_vertex(1)");
}

TEST(Repair, ThinGapsGoToTheZoneWithTheLongestBoundary) {
    const auto zones =
        zonesOf({"POLYGON ((0 0, 5 0, 5 10, 0 10, 0 0))", "POLYGON ((5 0, 10 0, 10 4, 5.05 5, 5 0))",
                 "POLYGON ((5.05 5, 10 4, 10 10, 5 10, 5.05 5))"});
    ASSERT_EQ(summary(validate(zones)), "gap(1,2,3)");
    const Repair done = repair(zones);
    EXPECT_EQ(summary(done.repaired), "gap(1,2,3)");
    EXPECT_TRUE(done.left.empty());
    ASSERT_EQ(done.changes.size(), 1U);  // 2 and 3 stay as they are
    EXPECT_EQ(toWkt(*done.changes[0].after), "POLYGON ((0 0, 5 0, 5.05 5, 5 10, 0 10, 0 0))");
    EXPECT_EQ(summary(validate(after(zones, done))), "");
}

TEST(Repair, ThinOverlapsGoToOneZoneAndTheOthersStay) {
    const auto zones =
        zonesOf({"POLYGON ((0 0, 5.02 0, 5.02 10, 0 10, 0 0))", "POLYGON ((5 0, 10 0, 10 10, 5 10, 5 0))",
                 "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))"});
    const Repair done = repair(zones);
    EXPECT_EQ(summary(done.repaired), "overlap(1,2)");
    EXPECT_EQ(summary(validate(after(zones, done))), "");
    for (const ZoneChange& change : done.changes) EXPECT_NE(change.zone, Fid{3});
}

TEST(Repair, ACrossingTangleOfBoundariesComesOutClean) {
    const auto zones = zonesOf({"POLYGON ((0 0, 5 0, 5.03 2, 4.98 4, 5.01 7, 5 10, 0 10, 0 0))",
                                "POLYGON ((5 0, 10 0, 10 10, 5 10, 4.99 8, 5.02 5, 4.97 3, 5 0))"});
    EXPECT_FALSE(validate(zones).empty());
    const Repair done = repair(zones);
    EXPECT_TRUE(done.left.empty());
    EXPECT_EQ(summary(validate(after(zones, done))), "");
}

TEST(Repair, WideFaultsAreLeftWithTheReason) {
    const auto zones =
        zonesOf({"POLYGON ((0 0, 5 0, 5 10, 0 10, 0 0))", "POLYGON ((4 0, 10 0, 10 10, 4 10, 4 0))"});
    const Repair done = repair(zones);
    EXPECT_TRUE(done.changes.empty());
    ASSERT_EQ(done.left.size(), 1U);
    EXPECT_EQ(done.left[0].reason, "its mean width of 0.909 m is more than 0.100 m");
}

TEST(Repair, LandJustOutsideTheParentIsCutOffAndThinGapsInsideAreFilled) {
    Repairing options;
    options.checks.parent = polygons("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))");
    const auto zones = zonesOf(
        {"POLYGON ((0 0, 10.05 0, 10.05 5, 0 5, 0 0))", "POLYGON ((0 5, 9.96 5, 9.96 10, 0 10, 0 5))"});
    const Repair done = repair(zones, options);
    EXPECT_TRUE(done.left.empty());
    EXPECT_EQ(summary(validate(after(zones, done), options.checks)), "");
}

TEST(Repair, RepeatedVerticesSpikesAndEmptyRingsGoAndTheStartStays) {
    const auto zones =
        zonesOf({"POLYGON ((0 0, 0 0, 4 0, 4 0, 4 4, 4 9, 4 4, 0 4, 0 0), (1 1, 2 2, 1 1, 1 1))"});
    const Repair done = repair(zones);
    EXPECT_TRUE(done.left.empty());
    EXPECT_EQ(toWkt(*done.changes.at(0).after), "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))");
}

TEST(Repair, AnInvalidRingIsLeftAsItIs) {
    const auto zones = zonesOf({"POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))"});
    const Repair done = repair(zones);
    EXPECT_TRUE(done.changes.empty());
    EXPECT_EQ(done.left.at(0).reason, "which land the ring is meant to go around is not certain");
}

}  // namespace
}  // namespace zonewright::coverage
