#include <gtest/gtest.h>

#include <fmt/ranges.h>

#include "core/plan/changes.h"
#include "support/small_plan.h"

namespace zonewright::plan {
namespace {

using test::must;

/// What the watch says, told in one line.
std::string told(const Result<std::optional<Changes>>& poll) {
    if (!poll) return "error: " + poll.error().detail;
    if (!*poll) return "nothing";
    if ((*poll)->replaced) return "replaced";
    std::string text;
    for (const ChangeSetRecord& record : (*poll)->changeSets) {
        text += fmt::format("{}{} {}:{}", text.empty() ? "" : ", ", record.kind, fmt::join(record.layers, "+"), record.features);
    }
    return fmt::format("{} in [{}]{}", text, fmt::join((*poll)->layers, " "), (*poll)->unlisted ? " unlisted" : "");
}

class Watching : public testing::Test {
protected:
    void SetUp() override {
        auto made = must(Plan::create(file, test::smallCatalogue(), {}));
        test::addTwoZones(made);
    }

    /// A row changed by a program that knows nothing of Zonewright.
    void writeFromOutside(const std::string& sql) const {
        const auto other = must(Database::open(file, Database::Access::ReadWrite));
        must(other.execute(sql));
    }

    test::TempFolder folder;
    std::filesystem::path file = folder / "plan.gpkg";
};

TEST_F(Watching, AnEditFromOutsideIsToldOnceWithItsLayers) {
    const Plan plan = must(Plan::open(file, OpenMode::Read));
    ChangeWatch watch = must(ChangeWatch::begin(plan));
    EXPECT_EQ(told(watch.poll()), "nothing");
    writeFromOutside("UPDATE zones SET name = 'outside' WHERE fid = 1; INSERT INTO notes(name) VALUES('new')");
    EXPECT_EQ(told(watch.poll()), "external notes+zones:2 in [notes zones]");
    EXPECT_EQ(told(watch.poll()), "nothing");
}

TEST_F(Watching, RowsThatJoinAnEarlierChangeSetAreTold) {
    const Plan plan = must(Plan::open(file, OpenMode::Read));
    ChangeWatch watch = must(ChangeWatch::begin(plan));
    writeFromOutside("UPDATE zones SET name = 'first' WHERE fid = 1");
    const auto first = must(watch.poll());
    writeFromOutside("UPDATE zones SET name = 'second' WHERE fid = 2");  // within two seconds: the same change-set
    const auto second = must(watch.poll());
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->changeSets.front().id, second->changeSets.front().id);
    EXPECT_EQ(second->changeSets.front().features, 1);
    EXPECT_EQ(second->layers, std::vector<std::string>{"zones"});
}

TEST_F(Watching, TheEditorsOwnEditsAreNoNewsToItAfterTheFirst) {
    const Plan plan = must(Plan::open(file, OpenMode::Write));
    ChangeWatch watch = must(ChangeWatch::begin(plan));
    const auto table = must(tableOf(plan, "zones"));
    const auto editOnce = [&](const std::string& name) {
        auto change = must(ChangeSet::begin(plan, {"set", "own", "edit", 0}));
        must(updateValue(plan, table, Fid{1}, {"name", name}));
        must(change.commit());
    };
    editOnce("the journal mode changes");
    EXPECT_EQ(told(watch.poll()), "edit zones:1 in [zones]");
    editOnce("own");
    EXPECT_EQ(told(watch.poll()), "nothing");
    writeFromOutside("DELETE FROM zones WHERE fid = 2");
    EXPECT_EQ(must(watch.poll())->layers, std::vector<std::string>{"zones"});
}

TEST_F(Watching, AnotherZonewrightIsSeenByAReader) {
    const Plan reader = must(Plan::open(file, OpenMode::Read));
    ChangeWatch watch = must(ChangeWatch::begin(reader));
    {
        const Plan writer = must(Plan::open(file, OpenMode::Write));
        const auto table = must(tableOf(writer, "zones"));
        auto change = must(ChangeSet::begin(writer, {"set", "", "edit", 0}));
        must(updateValue(writer, table, Fid{1}, {"name", std::string("x")}));
        must(change.commit());
        EXPECT_EQ(told(watch.poll()), "edit zones:1 in [zones]") << "while the writer has the plan open";
        must(undo(writer));
    }
    EXPECT_EQ(told(watch.poll()), "undo zones:1 in [zones]") << "after it was closed";
}

TEST_F(Watching, AnImportSaysThatItListsNoRows) {
    const Plan plan = must(Plan::open(file, OpenMode::Read));
    ChangeWatch watch = must(ChangeWatch::begin(plan));
    {
        const Plan writer = must(Plan::open(file, OpenMode::Write));
        auto change = must(ChangeSet::begin(writer, {"import", "zones", "import", 0}));
        must(change.withoutJournal());
        must(writer.database().execute("DELETE FROM zones"));
        must(change.commit());
    }
    EXPECT_EQ(told(watch.poll()), "import :0 in [] unlisted");
}

TEST_F(Watching, WhatIsNoLayerIsToldWithoutLayers) {
    const Plan plan = must(Plan::open(file, OpenMode::Read));
    ChangeWatch watch = must(ChangeWatch::begin(plan));
    writeFromOutside("INSERT INTO zw_meta VALUES('note_en', 'new')");
    EXPECT_EQ(told(watch.poll()), " in []");
}

TEST_F(Watching, AWriterInTheMiddleOfItsTransactionIsNotWaitedFor) {
    const Plan plan = must(Plan::open(file, OpenMode::Read));
    ChangeWatch watch = must(ChangeWatch::begin(plan));
    const auto other = must(Database::open(file, Database::Access::ReadWrite));
    must(other.execute("BEGIN EXCLUSIVE; UPDATE zones SET name = 'held' WHERE fid = 1"));
    EXPECT_EQ(told(watch.poll()), "nothing") << "locked, so later";
    must(other.execute("COMMIT"));
    EXPECT_EQ(told(watch.poll()), "external zones:1 in [zones]");
}

TEST_F(Watching, AFileThatTookThePlansNameIsSaid) {
    const Plan plan = must(Plan::open(file, OpenMode::Read));
    ChangeWatch watch = must(ChangeWatch::begin(plan));
    std::filesystem::copy_file(file, folder / "copy.gpkg");
    std::filesystem::rename(folder / "copy.gpkg", file);
    EXPECT_EQ(told(watch.poll()), "replaced");
    EXPECT_EQ(told(watch.poll()), "nothing");
}

TEST_F(Watching, ChangesSinceTheBeginningAreTheWholeHistory) {
    const Plan plan = must(Plan::open(file, OpenMode::Read));
    const Changes all = must(changesSince(plan, {}));
    EXPECT_EQ(all.layers, std::vector<std::string>{"zones"});
    EXPECT_EQ(all.now, must(position(plan)));
    EXPECT_TRUE(must(changesSince(plan, all.now)).changeSets.empty());
}

}  // namespace
}  // namespace zonewright::plan
