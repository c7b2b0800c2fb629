#include <cstdlib>

#include <gtest/gtest.h>

#include "properties/coverage/random_edits.h"
#include "support/level_plan.h"
#include "support/plain_closure.h"
#include "support/random_coverage.h"

namespace zonewright::editing {
namespace {

using coverage::Coverage;
using coverage::Zone;
using test::must;

class RandomPlan : public testing::TestWithParam<unsigned> {};

std::string closureFault(const std::vector<Zone>& zones, const std::vector<Zone>& parents) {
    coverage::maps::PlainClosure closure;
    for (const Zone& zone : zones) closure.add(zone.geometry);
    for (const Zone& parent : parents) closure.subtract(parent.geometry);
    return closure.fault();
}

/// Fine zones that do not lie in one coarse zone whole.
std::string straddler(const std::vector<Zone>& fine, const std::vector<Zone>& coarse) {
    for (const Zone& zone : fine) {
        double largest = 0;
        for (const Zone& owner : coarse) {
            if (!boxOf(owner.geometry).intersects(boxOf(zone.geometry))) continue;
            largest = std::max(largest, planarArea(geos::intersection(zone.geometry, owner.geometry).value()).value);
        }
        if (std::abs(largest - planarArea(zone.geometry).value) > 1e-4) return std::to_string(static_cast<std::int64_t>(zone.fid));
    }
    return {};
}

/// Two levels of one partition, in a plan, under random edits of either: fractal boundaries, islands, T-junctions.
TEST_P(RandomPlan, BothLevelsStayClosedAndNestedAndUndoOfAllBringsBackTheBytes) {
    const coverage::maps::RandomCoverage made = coverage::maps::RandomCoverageMaker(GetParam(), {5, 12, 3, 400}).make();
    Coverage dissolving = Coverage::of(made.zones).value();
    std::mt19937 random(GetParam());
    while (dissolving.size() > 5) {  // the coarse level: fine zones grown together, neighbours or not
        const std::vector<Fid> fids = dissolving.fids();
        const Fid a = fids[random() % fids.size()];
        const Fid b = fids[random() % fids.size()];
        if (a != b) {
            ASSERT_TRUE(coverage::apply(dissolving, coverage::Merge{{a, b}, a}).has_value());
        }
    }
    test::TempFolder folder;
    const catalogue::Catalogue catalogue = test::levelCatalogue();
    const plan::Plan plan = must(plan::Plan::create(folder / "plan.gpkg", catalogue, {}));
    const auto geometries = [](const std::vector<Zone>& zones) {
        std::vector<MultiPolygon> out;
        for (const Zone& zone : zones) out.push_back(zone.geometry);
        return out;
    };
    std::vector<Zone> coarse;
    for (const Fid fid : dissolving.fids()) coarse.push_back({fid, *dissolving.find(fid)});
    test::putZones(plan, "district", {made.parent}, "D");
    test::putZones(plan, "clusters", geometries(coarse), "C");
    test::putZones(plan, "towns", geometries(made.zones), "T");
    const std::string start = test::bytesOfLayers(plan, {"district", "clusters", "towns"});

    coverage::RandomEdits edits(GetParam());
    const char* asked = std::getenv("ZONEWRIGHT_PROPERTY_EDITS");
    const int count = asked != nullptr ? std::atoi(asked) / 10 : 60;
    int done = 0;
    int linkedRefusals = 0;
    std::map<std::string, int> kinds;
    for (int i = 0; i < count && !HasFailure(); ++i) {
        const std::string layer = random() % 3 == 0 ? "clusters" : "towns";
        const coverage::Edit edit = edits.next(Coverage::of(test::zonesIn(plan, layer)).value());
        const std::string before = test::bytesOfLayers(plan, {"district", "clusters", "towns"});
        const auto outcome = editing::edit(plan, catalogue, {layer, edit}, {"", false, random() % 8 == 0, {}});
        if (!outcome) {
            ASSERT_NE(outcome.error().code, ErrorCode::Internal) << outcome.error().detail;
            ASSERT_EQ(test::bytesOfLayers(plan, {"district", "clusters", "towns"}), before);
            linkedRefusals += outcome.error().code == ErrorCode::LinkedLayerRefuses ? 1 : 0;
            continue;
        }
        ++done;
        ++kinds[std::string(nameOf(edit))];
        const std::vector<Zone> district = test::zonesIn(plan, "district");
        const std::vector<Zone> clusters = test::zonesIn(plan, "clusters");
        const std::vector<Zone> towns = test::zonesIn(plan, "towns");
        const std::string what = std::string(nameOf(edit)) + " of " + layer + ", edit " + std::to_string(i);
        ASSERT_EQ(closureFault(towns, district), "") << what;
        ASSERT_EQ(closureFault(clusters, district), "") << what;
        ASSERT_EQ(straddler(towns, clusters), "") << what;
    }
    std::cout << done << " edits of " << count << " made, " << linkedRefusals << " refused by the linked level;";
    for (const auto& [kind, n] : kinds) std::cout << ' ' << kind << ' ' << n;
    std::cout << '\n';
    EXPECT_GT(done, count / 8);
    while (plan::undo(plan)) {
    }
    EXPECT_EQ(test::bytesOfLayers(plan, {"district", "clusters", "towns"}), start);
    while (plan::redo(plan)) {
    }
}

INSTANTIATE_TEST_SUITE_P(Random, RandomPlan, testing::Range(1U, 6U));

}  // namespace
}  // namespace zonewright::editing
