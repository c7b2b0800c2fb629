#include "core/plan/history.h"

#include <map>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/small_plan.h"

namespace zonewright::plan {
namespace {

using test::must;

/// Every row of "zones" as bytes.
std::string snapshot(const Plan& plan) {
    auto rows = must(plan.database().prepare("SELECT fid, uuid, hex(geom), name, printf('%!.20e', capacity) FROM zones ORDER BY fid"));
    std::string out;
    while (must(rows.step())) {
        for (int i = 0; i < rows.columns(); ++i) out += std::string(rows.text(i)) + "|";
        out += "\n";
    }
    return out;
}

class History : public testing::Test {
protected:
    test::TempFolder folder;
    std::filesystem::path file = folder / "plan.gpkg";
    Plan plan = must(Plan::create(file, test::smallCatalogue(), {}));

    void set(Fid fid, const std::string& name) {
        auto change = must(ChangeSet::begin(plan, {"set", "name " + name, "edit", 0}));
        must(updateValue(plan, must(tableOf(plan, "zones")), fid, {"name", name}));
        must(change.commit());
    }
};

TEST_F(History, UndoOfAnythingBringsBackTheSameBytes) {
    test::addTwoZones(plan);
    const auto table = must(tableOf(plan, "zones"));
    std::mt19937_64 random(11);
    std::vector<std::string> states{snapshot(plan)};
    for (int i = 0; i < 200; ++i) {
        const auto zones = must(readFeatures(plan, "zones"));
        auto change = must(ChangeSet::begin(plan, {"test", "", "edit", 0}));
        const auto pick = [&] { return zones[random() % zones.size()].fid; };
        const double real = std::ldexp(static_cast<double>(random() >> 11), -30) / 3;
        switch (zones.size() < 2 ? 0 : random() % 4) {
            case 0:
                must(insertFeature(plan, table, {Fid{}, {"u" + std::to_string(i)}, test::wkt("POLYGON ((0 0, 1 0, 1 1, 0 0))"), {std::string("新'\""), real}}));
                break;
            case 1: must(removeFeature(plan, table, pick())); break;
            case 2: must(updateValue(plan, table, pick(), {"capacity", real})); break;
            default: must(updateGeometry(plan, table, pick(), test::wkt(fmt::format("POLYGON ((0 0, {} 0, 1 1, 0 0))", real))));
        }
        must(change.commit());
        states.push_back(snapshot(plan));
    }
    for (std::size_t i = states.size(); i-- > 1;) {
        must(undo(plan));
        ASSERT_EQ(snapshot(plan), states[i - 1]) << i;
    }
    for (std::size_t i = 1; i < states.size(); ++i) {
        must(redo(plan));
        ASSERT_EQ(snapshot(plan), states[i]) << i;
    }
    EXPECT_EQ(redo(plan).error().code, ErrorCode::NothingToRedo);
}

TEST_F(History, UndoReachesAcrossOpenings) {
    test::addTwoZones(plan);
    const std::string before = snapshot(plan);
    set(Fid{1}, "changed");
    plan = must(Plan::open(file, OpenMode::Read));  // closes the writer
    plan = must(Plan::open(file, OpenMode::Write));
    must(undo(plan));
    EXPECT_EQ(snapshot(plan), before);
}

TEST_F(History, ANewEditForgetsRedo) {
    test::addTwoZones(plan);
    set(Fid{1}, "one");
    must(undo(plan));
    set(Fid{1}, "two");
    EXPECT_EQ(redo(plan).error().code, ErrorCode::NothingToRedo);
    must(undo(plan));
    must(undo(plan));
    EXPECT_EQ(undo(plan).error().code, ErrorCode::NothingToUndo);
}

TEST_F(History, OnlyGrows) {
    test::addTwoZones(plan);
    set(Fid{1}, "one");
    must(undo(plan));
    const auto all = must(history(plan));
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2].kind, "undo");
    EXPECT_EQ(all[2].target, 2);
    EXPECT_EQ(all[1].features, 1);
    EXPECT_EQ(all[1].layers, std::vector<std::string>{"zones"});
}

TEST_F(History, DiffIsTheNetOfWhatLiesBetween) {
    test::addTwoZones(plan);  // 1
    set(Fid{1}, "x");         // 2
    set(Fid{1}, "A");         // 3: back again
    set(Fid{2}, "乙");        // 4
    const auto changes = must(diff(plan, 1, 4));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].fields.at(0).before, "B");
    EXPECT_EQ(changes[0].fields.at(0).after, "乙");
    EXPECT_FALSE(changes[0].geometryChanged);
    const auto backward = must(diff(plan, 4, 1));
    EXPECT_EQ(backward.at(0).fields.at(0).after, "B");
    const auto added = must(diff(plan, 0, 4));
    ASSERT_EQ(added.size(), 2U);
    EXPECT_EQ(added[0].kind, ChangeKind::Added);
    EXPECT_EQ(boxOf(added[0].after), (Box{0, 0, 1000, 1000}));
}

TEST_F(History, RestoreBringsBackATaggedState) {
    test::addTwoZones(plan);
    must(tag(plan, "报批稿 v1"));
    const std::string tagged = snapshot(plan);
    set(Fid{1}, "later");
    auto change = must(ChangeSet::begin(plan, {"test", "", "edit", 0}));
    must(removeFeature(plan, must(tableOf(plan, "zones")), Fid{2}));
    must(change.commit());
    const std::string later = snapshot(plan);
    must(restore(plan, must(changeSetOf(plan, "报批稿 v1"))));
    EXPECT_EQ(snapshot(plan), tagged);
    must(undo(plan));
    EXPECT_EQ(snapshot(plan), later);
}

TEST_F(History, RestoringAnyStateFromAnyStateBringsBackItsBytes) {
    test::addTwoZones(plan);
    std::mt19937_64 random(3);
    std::map<std::int64_t, std::string> states{{must(newestChangeSet(plan)), snapshot(plan)}};
    for (int i = 0; i < 120; ++i) {
        switch (random() % 4) {
            case 0: (void)undo(plan); break;
            case 1: {
                auto wanted = std::next(states.begin(), static_cast<std::ptrdiff_t>(random() % states.size()));
                must(restore(plan, wanted->first));
                ASSERT_EQ(snapshot(plan), wanted->second) << i << ": back to " << wanted->first;
                break;
            }
            default: set(Fid(static_cast<std::int64_t>(1 + random() % 2)), "n" + std::to_string(i));
        }
        states.insert_or_assign(must(newestChangeSet(plan)), snapshot(plan));
    }
}

TEST_F(History, RestoringTheSameStateAgainAndAgainWritesOnlyWhatChangedSince) {
    test::addTwoZones(plan);
    const std::int64_t base = must(newestChangeSet(plan));
    const auto rows = [&] { return std::stoll(must(plan.database().value("SELECT count(*) FROM zw_journal")).value()); };
    const auto before = rows();
    for (int i = 0; i < 40; ++i) {
        set(Fid(1), "n" + std::to_string(i));
        must(restore(plan, base));
    }
    EXPECT_EQ(rows(), before + 80) << "one row an edit, one a restore";
}

TEST_F(History, APrintedCodeIsFoundAndAForgedHistoryIsNot) {
    test::addTwoZones(plan);
    const Tag made = must(tag(plan, "v1"));
    EXPECT_EQ(tag(plan, "v1").error().code, ErrorCode::FileExists);
    auto found = must(verify(plan, made.code.substr(0, 12)));
    EXPECT_TRUE(found.found);
    EXPECT_TRUE(found.isCurrent);
    EXPECT_EQ(found.tags, std::vector<std::string>{"v1"});
    set(Fid{1}, "later");
    found = must(verify(plan, made.code));
    EXPECT_TRUE(found.found);
    EXPECT_FALSE(found.isCurrent);
    must(plan.database().execute("UPDATE zw_journal SET new_attributes = replace(new_attributes, 'A', 'Z') WHERE id = 1"));
    EXPECT_FALSE(must(verify(plan, made.code)).found);
    EXPECT_EQ(verify(plan, "abc").error().code, ErrorCode::BadArgument);
}

}  // namespace
}  // namespace zonewright::plan
