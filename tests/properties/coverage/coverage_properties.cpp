#include <cstdlib>

#include "core/coverage/repair.h"
#include "core/coverage/validate.h"
#include "properties/coverage/random_edits.h"
#include "support/coverage_maps.h"
#include "support/plain_closure.h"
#include "support/random_coverage.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

/// Edits in all; ZONEWRIGHT_PROPERTY_EDITS asks for more.
int editCount() {
    const char* asked = std::getenv("ZONEWRIGHT_PROPERTY_EDITS");
    return asked != nullptr ? std::atoi(asked) : 1500;
}

std::vector<Zone> zonesIn(const Coverage& coverage) {
    std::vector<Zone> zones;
    for (const Fid fid : coverage.fids()) zones.push_back({fid, *coverage.find(fid)});
    return zones;
}

double areaBetween(const std::optional<MultiPolygon>& before, const std::optional<MultiPolygon>& after) {
    return before && after ? planarArea(geos::intersection(*before, *after).value()).value : 0;
}

/// Flows and gains against GEOS overlay of the zones before and after.
void expectFlowsAsByOverlay(const Applied& applied) {
    constexpr double tolerance = 0.02;  // m2
    for (const Flow& flow : applied.flows) {
        if (!flow.from || !flow.to) continue;
        const auto change = [&](Fid zone) -> const ZoneChange& {
            return *std::find_if(applied.changes.begin(), applied.changes.end(),
                                 [&](const ZoneChange& c) { return c.zone == zone; });
        };
        EXPECT_NEAR(flow.area.value, areaBetween(change(*flow.from).before, change(*flow.to).after),
                    tolerance);
    }
    for (std::size_t i = 0; i < applied.changes.size(); ++i) {
        const ZoneChange& change = applied.changes[i];
        const double kept = areaBetween(change.before, change.after);
        const double before = change.before ? planarArea(*change.before).value : 0;
        const double after = change.after ? planarArea(*change.after).value : 0;
        EXPECT_NEAR(applied.areas[i].gained.value, after - kept, tolerance);
        EXPECT_NEAR(applied.areas[i].lost.value, before - kept, tolerance);
    }
}

struct Tally {
    int made = 0;
    int refused = 0;
    std::vector<int> madeOfKind = std::vector<int>(std::variant_size_v<Edit>, 0);
};

class Partition : public testing::TestWithParam<unsigned> {};

/// What a run of random edits must keep true of a partition.
class PartitionRun {
public:
    explicit PartitionRun(unsigned seed)
        : mMade(RandomCoverageMaker(seed, {}).make()),
          mCoverage(Coverage::of(mMade.zones).value()),
          mParent(Coverage::of({{Fid{1}, mMade.parent}}, {Kind::Disjoint, true, Fid{0}}).value()),
          mEdits(seed) {}

    void run(int edits) {
        const std::string start = bytesOf(mCoverage);
        ASSERT_EQ(closureFault(), "");
        for (int i = 0; i < edits && !testing::Test::HasFailure(); ++i) step(i);
        for (auto undo = mUndo.rbegin(); undo != mUndo.rend(); ++undo)
            ASSERT_TRUE(coverage::apply(mCoverage, *undo).has_value());
        EXPECT_EQ(bytesOf(mCoverage), start);
    }

    [[nodiscard]] const Tally& tally() const { return mTally; }

private:
    void step(int i) {
        const Edit edit = mEdits.next(mCoverage);
        auto done = coverage::apply(mCoverage, edit);
        if (!done) {
            ++mTally.refused;
            ASSERT_NE(done.error().code, ErrorCode::Internal);
            done = legalPart(edit, done.error());
            if (!done) return;
        }
        ++mTally.made;
        ++mTally.madeOfKind[edit.index()];
        mUndo.push_back(done->inverse());
        for (const LineString& course : done->outerCourses) {
            const auto followed = followCourse(mParent, course);
            ASSERT_TRUE(followed.has_value()) << followed.error().detail;
        }
        ASSERT_EQ(closureFault(), "") << "edit " << i << " kind " << edit.index();
        for (const ZoneChange& change : done->changes) {
            if (!change.after) continue;
            const auto fault = geos::invalidity(*change.after).value();
            ASSERT_FALSE(fault.has_value()) << "edit " << i << " kind " << edit.index() << ' '
                                            << fault->reason << ' ' << toWkt(*change.after);
        }
        if (i % 7 == 0) expectFlowsAsByOverlay(*done);
        if (i % 50 == 0) expectNoFault();
    }

    /// The legal part of a refused move is legal.
    Outcome<Applied> legalPart(const Edit& edit, const Refusal& why) {
        const auto* move = std::get_if<MoveVertex>(&edit);
        if (move == nullptr || !why.legal) return tl::unexpected(why);
        auto done = coverage::apply(mCoverage, MoveVertex{move->from, *why.legal});
        EXPECT_TRUE(done.has_value());
        return done;
    }

    std::string closureFault() const {
        PlainClosure closure;
        for (const Fid fid : mCoverage.fids()) closure.add(*mCoverage.find(fid));
        closure.subtract(*mParent.find(Fid{1}));
        return closure.fault();
    }

    void expectNoFault() const {
        Validation options;
        options.parent = *mParent.find(Fid{1});
        options.sliverWidth = Metres(0);
        const auto faults = validate(zonesIn(mCoverage), options);
        EXPECT_TRUE(faults.empty()) << nameOf(faults.front().kind) << ' ' << toWkt(faults.front().geometry);
    }

    RandomCoverage mMade;
    Coverage mCoverage;
    Coverage mParent;
    RandomEdits mEdits;
    std::vector<Edit> mUndo;
    Tally mTally;
};

constexpr unsigned kRuns = 10;

TEST_P(Partition, StaysClosedThroughRandomEditsAndUndoRestoresItsBytes) {
    PartitionRun run(GetParam());
    run.run(editCount() / static_cast<int>(kRuns));
    const Tally& tally = run.tally();
    std::string kinds;
    for (const int count : tally.madeOfKind) kinds += std::to_string(count) + " ";
    std::cout << "made " << tally.made << " refused " << tally.refused << " by kind " << kinds << '\n';
    EXPECT_GT(tally.made, tally.refused / 4);
}

INSTANTIATE_TEST_SUITE_P(Random, Partition, testing::Range(1U, kRuns + 1));

class Disjoint : public testing::TestWithParam<unsigned> {};

TEST_P(Disjoint, ZonesNeverOverlapThroughRandomEdits) {
    RandomCoverage made = RandomCoverageMaker(GetParam() + 100, {}).make();
    Options options;
    options.kind = Kind::Disjoint;
    Coverage coverage = Coverage::of(made.zones, options).value();
    const std::string start = bytesOf(coverage);
    RandomEdits edits(GetParam());
    std::vector<Edit> undo;
    for (int i = 0; i < editCount() / 15 && !HasFailure(); ++i) {
        const std::vector<Fid> fids = coverage.fids();
        Edit edit = edits.next(coverage);
        if (i % 9 == 0 && fids.size() > 8) edit = RemoveZone{fids[edits.below(fids.size())]};
        if (i % 9 == 4)
            edit =
                NewZone{edits.blob({450000 + edits.uniform(-300, 2700), 3500000 + edits.uniform(-300, 2700)},
                                   edits.uniform(20, 300))};
        if (i % 9 == 7)
            edit = FillGap{{450000 + edits.uniform(0, 2400), 3500000 + edits.uniform(0, 2400)}, std::nullopt};
        const auto done = coverage::apply(coverage, edit);
        if (!done) continue;
        undo.push_back(done->inverse());
        for (const ZoneChange& change : done->changes) {
            if (!change.after) continue;
            ASSERT_FALSE(geos::invalidity(*change.after).value().has_value())
                << i << ' ' << edit.index() << ' ' << toWkt(*change.after);
            for (const Fid fid : coverage.fids()) {
                if (fid == change.zone || !boxOf(*coverage.find(fid)).intersects(boxOf(*change.after)))
                    continue;
                ASSERT_FALSE(geos::interiorsMeet(*coverage.find(fid), *change.after).value())
                    << i << " kind " << edit.index();
            }
        }
    }
    Validation checks;
    checks.kind = Kind::Disjoint;
    checks.sliverWidth = Metres(0);
    EXPECT_TRUE(validate(zonesIn(coverage), checks).empty());
    for (auto step = undo.rbegin(); step != undo.rend(); ++step)
        ASSERT_TRUE(coverage::apply(coverage, *step).has_value());
    EXPECT_EQ(bytesOf(coverage), start);
}

INSTANTIATE_TEST_SUITE_P(Random, Disjoint, testing::Range(1U, 4U));

class Damaged : public testing::TestWithParam<unsigned> {};

/// Vertices shaken by up to 2 cm zone by zone, so that neighbours drift apart everywhere.
std::vector<Zone> shaken(std::vector<Zone> zones, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> shake(-0.02, 0.02);
    for (Zone& zone : zones) {
        for (Polygon& polygon : zone.geometry.polygons) {
            for (Ring& ring : polygon.rings) {
                for (Point& p : ring) {
                    if (random() % 10 == 0) p = snapped(Point{p.x + shake(random), p.y + shake(random)});
                }
                ring.back() = ring.front();
            }
        }
    }
    return zones;
}

TEST_P(Damaged, WhatRepairReportsAsRepairedIsGoneAndFaultAreasAgreeWithOverlay) {
    const RandomCoverage made = RandomCoverageMaker(GetParam() + 200, {}).make();
    const std::vector<Zone> zones = shaken(made.zones, GetParam());
    Repairing options;
    options.checks.parent = made.parent;
    const std::vector<Fault> faults = validate(zones, options.checks);
    ASSERT_FALSE(faults.empty());

    double overlaps = 0;
    double gaps = 0;
    for (const Fault& fault : faults) {
        if (fault.kind == FaultKind::Overlap) overlaps += fault.area.value;
        if (fault.kind == FaultKind::Gap) gaps += fault.area.value;
    }
    std::vector<MultiPolygon> all;
    double sum = 0;
    for (const Zone& zone : zones) {
        all.push_back(zone.geometry);
        sum += planarArea(zone.geometry).value;
    }
    const MultiPolygon together = geos::unionOf(all).value();
    EXPECT_NEAR(overlaps, sum - planarArea(together).value, 0.01);
    EXPECT_NEAR(gaps, planarArea(geos::difference(made.parent, together).value()).value, 0.01);

    const Repair done = repair(zones, options);
    std::vector<Zone> after = zones;
    for (const ZoneChange& change : done.changes) {
        for (Zone& zone : after) {
            if (zone.fid == change.zone) zone.geometry = change.after.value();
        }
    }
    std::set<std::string> left;
    for (const Fault& fault : validate(after, options.checks)) left.insert(fault.key);
    for (const Fault& fault : done.repaired) EXPECT_FALSE(left.contains(fault.key));
    EXPECT_EQ(left.size(), done.left.size());
    for (const Unrepaired& unrepaired : done.left)
        ADD_FAILURE() << nameOf(unrepaired.fault.kind) << ' ' << unrepaired.reason << ' '
                      << toWkt(unrepaired.fault.geometry);
}

INSTANTIATE_TEST_SUITE_P(Random, Damaged, testing::Range(1U, 6U));

}  // namespace
}  // namespace zonewright::coverage
