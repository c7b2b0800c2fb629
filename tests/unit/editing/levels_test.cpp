#include <gtest/gtest.h>

#include "core/coverage/validate.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "support/level_plan.h"

namespace zonewright::editing {
namespace {

using namespace coverage;
using test::must;

MultiPolygon rectangle(double x1, double y1, double x2, double y2) {
    return {{Polygon{{{{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}, {x1, y1}}}}}};
}

/// A cluster of two towns, with the vertices where they meet.
MultiPolygon tall(double x) { return {{Polygon{{{{x, 0}, {x + 1000, 0}, {x + 1000, 1000}, {x + 1000, 2000}, {x, 2000}, {x, 1000}, {x, 0}}}}}}; }

/// Four towns of 1 km in two clusters, W and E, of one district:
///   +---+---+
///   | 3 | 4 |      W = 1 + 3
///   +---+---+      E = 2 + 4
///   | 1 | 2 |
///   +---+---+
class Levels : public testing::Test {
protected:
    explicit Levels(catalogue::LinkedEdit onEdit = catalogue::LinkedEdit::Move) : catalogue(test::levelCatalogue(onEdit)) {
        test::putZones(plan, "district", {rectangle(0, 0, 2000, 2000)}, "D");
        test::putZones(plan, "clusters", {tall(0), tall(1000)}, "C");
        test::putZones(plan, "towns",
                       {rectangle(0, 0, 1000, 1000), rectangle(1000, 0, 2000, 1000), rectangle(0, 1000, 1000, 2000), rectangle(1000, 1000, 2000, 2000)}, "T");
        start = bytes();
    }

    std::string bytes() const { return test::bytesOfLayers(plan, {"district", "clusters", "towns"}); }
    Outcome<EditReport> run(const std::string& layer, const coverage::Edit& e, const EditOptions& options = {}) {
        return edit(plan, catalogue, {layer, e}, options);
    }

    /// No fault in either level, and every cluster is the union of towns.
    void expectClosed() const {
        const std::vector<Zone> clusters = test::zonesIn(plan, "clusters");
        const std::vector<Zone> towns = test::zonesIn(plan, "towns");
        Validation checks;
        checks.parent = test::zonesIn(plan, "district").front().geometry;
        for (const auto& zones : {clusters, towns}) {
            for (const Fault& fault : validate(zones, checks)) ADD_FAILURE() << nameOf(fault.kind) << ' ' << toWkt(fault.geometry);
        }
        for (const Zone& town : towns) {
            int owners = 0;
            for (const Zone& cluster : clusters) {
                const double shared = planarArea(geos::intersection(town.geometry, cluster.geometry).value()).value;
                if (shared < 1e-6) continue;
                ++owners;
                EXPECT_NEAR(shared, planarArea(town.geometry).value, 1e-6);
            }
            EXPECT_EQ(owners, 1) << "town " << static_cast<std::int64_t>(town.fid);
        }
    }
    void expectUndone() {
        must(plan::undo(plan));
        EXPECT_EQ(bytes(), start);
    }

    test::TempFolder folder;
    catalogue::Catalogue catalogue;
    plan::Plan plan = must(plan::Plan::create(folder / "plan.gpkg", catalogue, {}));
    std::string start;
};

std::set<std::string> layersOf(const EditReport& report) {
    std::set<std::string> out;
    for (const ChangedFeature& one : report.changed) out.insert(one.layer);
    return out;
}

TEST_F(Levels, AVertexOfBothMovesInBothWhicheverIsEdited) {
    for (const char* layer : {"towns", "clusters"}) {
        const auto done = run(layer, MoveVertex{{1000, 1000}, {900, 1050}});
        ASSERT_TRUE(done.has_value()) << done.error().detail;
        EXPECT_EQ(layersOf(*done), (std::set<std::string>{"clusters", "towns"}));
        expectClosed();
        expectUndone();
    }
}

TEST_F(Levels, ABoundaryOfTownsAloneLeavesTheClustersAlone) {
    const auto done = run("towns", InsertVertex{{500, 1000}});
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(layersOf(*done), std::set<std::string>{"towns"});
    EXPECT_TRUE(run("towns", MoveVertex{{500, 1000}, {500, 1200}}).has_value());
    expectClosed();
}

TEST_F(Levels, AReshapedLineBendsBothLevelsAndFlowsBalanceInBoth) {
    for (const char* layer : {"towns", "clusters"}) {
        const auto done = run(layer, Reshape{{{1000, 200}, {1300, 500}, {1000, 800}}, Fid{1}});
        ASSERT_TRUE(done.has_value()) << done.error().detail;
        EXPECT_EQ(layersOf(*done), (std::set<std::string>{"clusters", "towns"}));
        double towns = 0;
        double clusters = 0;
        for (const LandFlow& flow : done->flows) (flow.layer == "towns" ? towns : clusters) += flow.area.value;
        EXPECT_NEAR(towns, 90000, 1e-6) << layer;
        EXPECT_NEAR(clusters, 90000, 1e-6) << layer;
        expectClosed();
        expectUndone();
    }
}

TEST_F(Levels, ASplitClusterSplitsTheTownsItCuts) {
    // Through towns 1 and, along their common boundary, between none: the piece of 1 becomes a town.
    const auto done = run("clusters", SplitByLine{Fid{1}, {{-10, 500}, {1010, 500}}}, {"", false, false, {{"name", "南"}, {"code", "S"}}});
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    EXPECT_EQ(test::zonesIn(plan, "clusters").size(), 3U);
    EXPECT_EQ(test::zonesIn(plan, "towns").size(), 5U);
    EXPECT_EQ(must(plan.database().value("SELECT name FROM clusters WHERE code = 'S'")), "南");
    EXPECT_EQ(must(plan.database().value("SELECT count(*) FROM towns WHERE name = '南'")), "0") << "the name given is the cluster's";
    expectClosed();
    expectUndone();
}

TEST_F(Levels, ANewClusterTakesPiecesOfTowns) {
    const auto done = run("clusters", NewZone{rectangle(700, 700, 1300, 1300)}, {"", false, false, {{"name", "中"}, {"code", "M"}}});
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    EXPECT_EQ(test::zonesIn(plan, "clusters").size(), 3U);
    EXPECT_EQ(test::zonesIn(plan, "towns").size(), 8U);
    expectClosed();
    expectUndone();
}

TEST_F(Levels, MergedTownsOfTwoClustersMergeIntoTheKeptOnesCluster) {
    const auto done = run("towns", Merge{{Fid{1}, Fid{2}}, Fid{1}});
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    expectClosed();
    expectUndone();
}

TEST_F(Levels, TransfersGoBothWays) {
    for (const char* layer : {"towns", "clusters"}) {
        const auto done = run(layer, Transfer{Fid{1}, Fid{2}, rectangle(800, 100, 1100, 400)});
        ASSERT_TRUE(done.has_value()) << layer << ' ' << done.error().detail;
        EXPECT_EQ(layersOf(*done), (std::set<std::string>{"clusters", "towns"}));
        expectClosed();
        expectUndone();
    }
}

TEST_F(Levels, TheOuterBoundaryMovesOnlyWithPermissionAndThenInAllThree) {
    const auto refused = run("towns", MoveVertex{{2000, 1000}, {2100, 1000}});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::WouldLeaveGap);
    EXPECT_EQ(bytes(), start);
    const auto done = run("towns", MoveVertex{{2000, 1000}, {2100, 1000}}, {"", false, true, {}});
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    EXPECT_EQ(layersOf(*done), (std::set<std::string>{"clusters", "district", "towns"}));
    expectClosed();
    expectUndone();
}

class LevelsThatRefuse : public Levels {
protected:
    LevelsThatRefuse() : Levels(catalogue::LinkedEdit::Refuse) {}
};

TEST_F(LevelsThatRefuse, SayWhichAndWhere) {
    for (const char* layer : {"towns", "clusters"}) {
        const auto refused = run(layer, MoveVertex{{1000, 1000}, {900, 1050}});
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::LinkedLayerRefuses);
        EXPECT_NE(refused.error().detail.find(std::string(layer) == "towns" ? "clusters" : "towns"), std::string::npos);
        EXPECT_NE(refused.error().place, Point{});
    }
    EXPECT_EQ(bytes(), start);
    EXPECT_TRUE(run("towns", InsertVertex{{500, 1000}}).has_value()) << "what is no boundary of the other may move";
}

}  // namespace
}  // namespace zonewright::editing
