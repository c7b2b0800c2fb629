#include <sstream>

#include "cli/command_line.h"

namespace zonewright::test {
namespace {

class OnHistory : public OnSample {
protected:
    std::string tableBytes(const std::string& layer) {
        return shell("sqlite3 -readonly " + plan + " \"SELECT * FROM (SELECT fid, uuid, hex(geom), code, name FROM " + layer + ")\"").out;
    }
    nlohmann::json changeSets() { return run("history").json()["changesets"]; }
    std::vector<nlohmann::json> script(const std::string& lines, const std::string& options, int status) {
        writeFile(folder / "script", lines);
        const Ran ran = zonewright("edit " + plan + " --script " + (folder / "script").string() + " " + options);
        EXPECT_EQ(ran.status, status) << ran.err;
        std::vector<nlohmann::json> answers;
        std::istringstream in(ran.out);
        for (std::string line; std::getline(in, line);) answers.push_back(nlohmann::json::parse(line));
        return answers;
    }
    static std::string set(int town, const std::string& name) {
        return R"({"op":"set","layer":"towns","feature":)" + std::to_string(town) + R"(,"values":{"name_en":")" + name + "\"}}\n";
    }
};

TEST_F(OnHistory, EditsOfOtherProgramsAreInTheSameHistoryAndCanBeUndone) {
    const std::string before = tableBytes("towns");
    const std::size_t count = changeSets().size();
    shell("sqlite3 " + plan + " \"UPDATE towns SET name = 'elsewhere' WHERE fid = 3\"");
    EXPECT_NE(tableBytes("towns"), before);
    const auto after = changeSets();
    ASSERT_EQ(after.size(), count + 1);
    EXPECT_EQ(after.back()["author"], "external");
    EXPECT_EQ(after.back()["layers"], nlohmann::json::array({"towns"}));
    EXPECT_EQ(after.back()["title"], "towns");
    EXPECT_EQ(run("undo").status, 0);
    EXPECT_EQ(tableBytes("towns"), before);
}

TEST_F(OnHistory, WhatOgrAppendsComesOutAgain) {
    const std::string before = tableBytes("parcels");
    const Ran appended = shell("ogr2ogr -append -update -where 'fid <= 5' -unsetFid -nln parcels -sql 'SELECT geom, code, name_x AS status FROM "
                               "(SELECT geom, code, land_use AS name_x FROM parcels WHERE fid <= 5)' " + plan + " " + plan);
    if (appended.status != 0) GTEST_SKIP() << "ogr2ogr is not here: " << appended.err;
    EXPECT_EQ(changeSets().back()["author"], "external");
    EXPECT_EQ(changeSets().back()["features"], 5);
    EXPECT_EQ(run("undo").status, 0);
    EXPECT_EQ(tableBytes("parcels"), before);
}

TEST_F(OnHistory, AnImportCanBeTakenBackAndDoneAgain) {
    const std::string before = tableBytes("development_zones");
    const std::string source = std::string(ZONEWRIGHT_SOURCE_DIR) + "/samples/wujin/sources/clusters.geojson";
    ASSERT_EQ(run("import", "development_zones " + source + " --replace").status, 0);
    const std::string imported = tableBytes("development_zones");
    EXPECT_NE(imported, before);
    EXPECT_EQ(changeSets().back()["kind"], "import");
    const auto diff = run("diff", "--from 22").json()["changes"];
    EXPECT_EQ(diff.size(), 12U);  // seven out, five in
    ASSERT_EQ(run("undo").status, 0);
    EXPECT_EQ(tableBytes("development_zones"), before);
    EXPECT_TRUE(run("diff", "--from 22").json()["changes"].empty());
    ASSERT_EQ(run("redo").status, 0);
    EXPECT_EQ(tableBytes("development_zones"), imported);
    EXPECT_EQ(run("restore", "--to 22").status, 0);
    EXPECT_EQ(tableBytes("development_zones"), before);
}

TEST_F(OnHistory, UndoEndsAtTheSampleAsDelivered) {
    expectFailure(zonewright("undo " + plan), 1, "156");
    script(set(1, "a") + set(1, "b"), "", 0);
    EXPECT_EQ(run("undo", "9").json()["changesets"].size(), 2U);
    expectFailure(zonewright("undo " + plan), 1, "156");
}

TEST_F(OnHistory, ALineThatIsNoJsonIsAnsweredAndTheRestGoesOn) {
    const auto answers = script("{\"op\": nonsense\n\n" + set(1, "x") + "[1,2]\n{\"op\":\"set\",\"layer\":\"towns\",\"feature\":1,\"values\":{}}\n"
                                "{\"op\":\"move-vertex\",\"layer\":\"towns\",\"from\":[\"a\",1],\"to\":[0]}\n\xff\xfe\n", "--snap 2", 1);
    ASSERT_EQ(answers.size(), 6U);
    EXPECT_EQ(answers[0]["line"], 1);
    EXPECT_FALSE(answers[0]["refused"].is_null());
    EXPECT_TRUE(answers[0]["refused"]["wkt"].is_null());
    EXPECT_EQ(answers[1]["line"], 3);
    EXPECT_TRUE(answers[1]["refused"].is_null());
    for (std::size_t i = 2; i < 6; ++i) EXPECT_FALSE(answers[i]["refused"].is_null()) << i;
}

TEST_F(OnHistory, AnEmptyScriptChangesNothing) {
    const std::string before = readFile(plan);
    EXPECT_TRUE(script("", "", 0).empty());
    EXPECT_TRUE(script("\n \n", "--atomic", 0).empty());
    EXPECT_TRUE(readFile(plan) == before);
    expectFailure(zonewright("edit " + plan + " --script " + (folder / "none").string()), 1, "103");
}

TEST_F(OnHistory, ADryScriptBuildsLineOnLineAndWritesNothing) {
    const std::string before = readFile(plan);
    const auto answers = script(R"({"op":"merge","layer":"towns","features":[1,2],"keep":1})" "\n" + set(2, "gone") + set(1, "kept"), "--dry-run", 1);
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_TRUE(answers[0]["refused"].is_null());
    EXPECT_TRUE(answers[0]["changeset"].is_null());
    EXPECT_FALSE(answers[1]["refused"].is_null()) << "feature 2 was merged away by line 1";
    EXPECT_TRUE(answers[2]["refused"].is_null());
    EXPECT_TRUE(readFile(plan) == before);
    EXPECT_EQ(script(set(1, "kept"), "--dry-run --atomic", 0).size(), 1U);
    EXPECT_EQ(run("edit", "set towns --feature 1 --value name_en=x --dry-run").status, 0);
    EXPECT_TRUE(readFile(plan) == before);
}

TEST_F(OnHistory, ARefusedAtomicScriptKeepsEveryByte) {
    const std::string before = readFile(plan);
    const auto answers = script(set(1, "a") + set(99, "b") + set(2, "c"), "--atomic", 1);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0]["line"], 2);
    EXPECT_TRUE(readFile(plan) == before);
    EXPECT_EQ(script(set(1, "a") + set(2, "c"), "--atomic", 0).size(), 2U);
    EXPECT_EQ(run("undo").json()["changesets"].size(), 1U);
}

TEST_F(OnHistory, ARefusedValueKeepsEveryByte) {
    const std::string before = readFile(plan);
    expectFailure(zonewright("edit " + plan + " set towns --feature 1 --value population=many"), 1, "110");
    expectFailure(zonewright("edit " + plan + " set towns --feature 1 --value colour=red"), 1, "122");
    EXPECT_TRUE(readFile(plan) == before);
}

TEST_F(OnHistory, AFileThatGoesAwayUnderAnEditIsSaid) {
    const std::string out = (folder / "out").string();
    const Ran ran = shell("(echo '" + set(1, "a") + "'; while ! grep -qs line " + out + "; do sleep 0.1; done; mv " + plan + " " + plan +
                          ".moved; echo '" + set(1, "b") + "') | \"$Z\" edit " + plan + " --script - > " + out);
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("error[101]"), std::string::npos) << ran.err;
    EXPECT_EQ(shell("sqlite3 " + plan + ".moved \"SELECT name_en FROM towns WHERE fid = 1\"").out, "a\n");
}

TEST_F(OnHistory, AReadOnlyPlanIsReadAndNotWritten) {
    shell("chmod 444 " + plan);
    if (shell("test -w " + plan).status == 0) GTEST_SKIP() << "this user writes everything";
    expectFailure(zonewright("edit " + plan + " set towns --feature 1 --value name_en=x"), 1, "134");
    expectFailure(zonewright("undo " + plan), 1, "134");
    EXPECT_EQ(run("history").status, 0);
    EXPECT_EQ(run("edit", "set towns --feature 1 --value name_en=x --dry-run").status, 0);
}

/// SQLite shuts readers out for the milliseconds in which a plan takes up its log or lays it down; GDAL and QGIS wait for
/// five seconds, the sqlite3 shell not at all unless it is told to.
TEST_F(OnHistory, ReadersReadWhileAScriptWrites) {
    std::string lines;
    for (int i = 0; i < 60; ++i) lines += set(1 + i % 16, "n" + std::to_string(i));
    writeFile(folder / "script", lines);
    const Ran ran = shell("(for i in 1 2 3; do \"$Z\" --json history " + plan + " > /dev/null || echo failed; sqlite3 -readonly -cmd '.timeout 5000' " + plan +
                          " 'SELECT count(*) FROM towns'; done) & \"$Z\" --quiet edit " + plan + " --script " + (folder / "script").string() + " > /dev/null; s=$?; wait; exit $s");
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.out, "16\n16\n16\n");
}

TEST_F(OnHistory, TheJournalGrowsWithTheChangeNotWithTheLayer) {
    script(set(1, "warm"), "", 0);
    const auto size = [&] { return std::filesystem::file_size(plan); };
    const auto before = size();
    std::string lines;
    for (int i = 0; i < 100; ++i) lines += set(1 + i % 16, "n" + std::to_string(i));
    script(lines, "", 0);
    EXPECT_LT(size() - before, 100 * 4096U);  // attributes only: no geometry is kept
}

}  // namespace
}  // namespace zonewright::test
