#include <csignal>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "cli/command_line.h"

namespace zonewright::test {
namespace {

/// A vertex that 活力城区组团 and 高新智造组团 share, away from every third zone.
struct Vertex {
    double x = 0;
    double y = 0;
};

std::string position(double x, double y) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.3f,%.3f", x, y);
    return text.data();
}

Vertex sharedVertex() {
    const auto clusters = nlohmann::json::parse(readFile(std::string(ZONEWRIGHT_SOURCE_DIR) + "/samples/wujin/sources/clusters.geojson"));
    std::map<std::pair<double, double>, std::set<std::string>> users;
    std::vector<std::pair<double, double>> order;
    for (const auto& feature : clusters["features"]) {
        const auto& geometry = feature["geometry"];
        const auto ring = geometry["type"] == "Polygon" ? geometry["coordinates"][0] : geometry["coordinates"][0][0];
        for (const auto& p : ring) {
            users[{p[0], p[1]}].insert(feature["properties"]["code"]);
            order.emplace_back(p[0], p[1]);
        }
    }
    std::vector<Vertex> shared;
    for (const auto& p : order) {
        if (users[p] == std::set<std::string>{"vitality", "hightech"}) shared.push_back({p.first, p.second});
    }
    return shared.at(shared.size() / 4);
}

class Edit : public OnSample {
protected:
    Vertex v = sharedVertex();
    std::string here = position(v.x, v.y);
    std::string beside = position(v.x + 12.345, v.y + 7);

    std::string moveLine(double dx, double dy, bool back) {
        const Vertex a = back ? Vertex{v.x + dx, v.y + dy} : v;
        const Vertex b = back ? v : Vertex{v.x + dx, v.y + dy};
        return R"({"op":"move-vertex","layer":"clusters","from":[)" + position(a.x, a.y) + R"(],"to":[)" + position(b.x, b.y) + "]}\n";
    }
    std::string tableBytes() {
        return shell("sqlite3 -readonly " + plan + " 'SELECT fid, hex(geom) FROM clusters UNION ALL SELECT fid, hex(geom) FROM towns'").out;
    }
};

TEST_F(Edit, ASharedVertexMovesInBothZonesAndInTheLinkedLevel) {
    const auto done = run("edit", "move-vertex clusters --from " + here + " --to " + beside).json();
    std::set<std::string> layers;
    double balance = 0;
    for (const auto& one : done["changed"]) {
        layers.insert(one["layer"]);
        balance += one["gained_m2"].get<double>() - one["lost_m2"].get<double>();
    }
    EXPECT_EQ(layers, (std::set<std::string>{"clusters", "towns"}));
    EXPECT_EQ(done["changed"].size(), 4U);
    EXPECT_NEAR(balance, 0, 1e-6);
    EXPECT_EQ(run("validate").json()["count"], 0);
    const auto change = run("diff", "--from " + std::to_string(done["changeset"].get<int>() - 1)).json()["changes"];
    EXPECT_EQ(change.size(), 4U);
}

TEST_F(Edit, UndoOfAnotherDayBringsBackTheBytes) {
    const std::string before = tableBytes();
    run("edit", "move-vertex clusters --from " + here + " --to " + beside);
    EXPECT_FALSE(tableBytes() == before);
    EXPECT_EQ(run("undo").status, 0);
    EXPECT_TRUE(tableBytes() == before);
    EXPECT_EQ(run("redo").status, 0);
    EXPECT_EQ(run("undo").status, 0);
    EXPECT_TRUE(tableBytes() == before);
    expectFailure(zonewright("undo " + plan), 1, "156");
}

TEST_F(Edit, ARefusedEditSaysWhereAndLeavesTheFileAlone) {
    const std::string before = readFile(plan);
    const Ran refused = run("edit", "move-vertex clusters --from " + here + " --to " + position(v.x, v.y + 20000));
    expectFailure({refused.status, "", refused.err}, 1, "15[0-9]");
    const auto document = refused.json();
    EXPECT_TRUE(document["refused"]["wkt"].is_string());
    EXPECT_TRUE(document["changed"].empty());
    EXPECT_TRUE(readFile(plan) == before);
}

TEST_F(Edit, ADryRunWritesNothing) {
    const std::string before = readFile(plan);
    const auto would = run("edit", "move-vertex clusters --dry-run --from " + here + " --to " + beside).json();
    EXPECT_EQ(would["changed"].size(), 4U);
    EXPECT_TRUE(would["changeset"].is_null());
    EXPECT_TRUE(readFile(plan) == before);
}

TEST_F(Edit, AScriptAnswersLineByLine) {
    writeFile(folder / "script", moveLine(5, 5, false) + R"({"op":"fly","layer":"clusters"})" "\n" + moveLine(5, 5, true) +
                                     R"({"op":"set","layer":"clusters","feature":1,"values":{"name_en":"Core"}})" "\n");
    const Ran ran = zonewright("edit " + plan + " --script " + (folder / "script").string());
    EXPECT_EQ(ran.status, 1);
    std::istringstream lines(ran.out);
    std::vector<nlohmann::json> answers;
    for (std::string line; std::getline(lines, line);) answers.push_back(nlohmann::json::parse(line));
    ASSERT_EQ(answers.size(), 4U);
    EXPECT_TRUE(answers[0]["refused"].is_null());
    EXPECT_FALSE(answers[1]["refused"].is_null());
    EXPECT_TRUE(answers[3]["refused"].is_null()) << answers[3].dump();
    EXPECT_EQ(run("validate").json()["count"], 0);
}

TEST_F(Edit, AnAtomicScriptIsAllOrNothing) {
    const std::string before = tableBytes();
    writeFile(folder / "script", moveLine(5, 5, false) + moveLine(9, 9, false));
    expectFailure(zonewright("edit " + plan + " --atomic --script " + (folder / "script").string()), 1, "[0-9]+");
    EXPECT_TRUE(tableBytes() == before);
    writeFile(folder / "script", moveLine(5, 5, false) + moveLine(5, 5, true));
    EXPECT_EQ(zonewright("edit " + plan + " --atomic --script " + (folder / "script").string()).status, 0);
}

TEST_F(Edit, WhatWasAcknowledgedSurvivesAKill) {
    std::string script;
    for (int i = 0; i < 400; ++i) script += moveLine(3 + i % 7, 4, false) + moveLine(3 + i % 7, 4, true);
    writeFile(folder / "script", script);
    const char* wanted = std::getenv("ZONEWRIGHT_KILLS");
    const int kills = wanted != nullptr ? std::atoi(wanted) : 8;
    std::mt19937 random(5);
    for (int i = 0; i < kills; ++i) {
        const int before = run("history").json()["changesets"].size();
        const std::string out = (folder / "out").string();
        shell("\"$Z\" edit " + plan + " --script " + (folder / "script").string() + " > " + out + " & sleep 0." +
              std::to_string(100 + random() % 400) + "; kill -9 $!; wait $! 2>/dev/null; true");
        int acknowledged = 0;
        std::istringstream lines(readFile(out));
        for (std::string line; std::getline(lines, line);) {
            const auto answer = nlohmann::json::parse(line, nullptr, false);
            if (answer.is_object() && answer["refused"].is_null()) ++acknowledged;
        }
        const int after = run("history").json()["changesets"].size();
        EXPECT_GE(after - before, acknowledged) << "kill " << i;
        EXPECT_LE(after - before, acknowledged + 1) << "kill " << i;
        EXPECT_EQ(run("validate", "clusters").json()["count"], 0);
        if (run("history").json()["changesets"].size() > static_cast<std::size_t>(before)) {
            EXPECT_EQ(run("undo").status, 0);
        }
        EXPECT_EQ(run("restore", "--to 22").status, 0);
    }
}

TEST_F(Edit, ASecondWriterIsToldWhoHoldsThePlan) {
    const Ran ran = shell("(sleep 2 | \"$Z\" edit " + plan + " --script - ) & sleep 0.5; \"$Z\" undo " + plan + "; s=$?; wait; exit $s");
    expectFailure(ran, 1, "131");
    EXPECT_NE(ran.err.find("pid"), std::string::npos);
}

/// The disk becomes full before the command's first write, then before its second, and so on until it has room for all.
class FullDisk : public Edit {
protected:
    void expectNothingLost(const std::string& command, const std::string& rest = "") {
        const std::string before = tableBytes();
        const auto changeSets = [&] { return run("history").json()["changesets"].size(); };
        const std::size_t known = changeSets();
        for (int writes = 0; writes < 400; writes += writes < 16 ? 1 : 7) {
            const Ran ran = shell("FULL_DISK_AFTER=" + std::to_string(writes) + " LD_PRELOAD=" ZONEWRIGHT_FULL_DISK " \"$Z\" " + command + " " + plan + " " + rest);
            if (ran.status == 0) {
                EXPECT_GT(writes, 3) << "the disk never was full while the plan was written";
                EXPECT_FALSE(tableBytes() == before);
                EXPECT_EQ(run("validate", "clusters").json()["count"], 0);
                return;
            }
            expectFailure({ran.status, "", ran.err}, 1, "105");
            ASSERT_EQ(changeSets(), known) << "after " << writes << " writes: no reader, or another history";
            ASSERT_TRUE(tableBytes() == before) << "after " << writes << " writes";
        }
        FAIL() << "400 writes are not enough";
    }
};

TEST_F(FullDisk, AnEditThatFindsNoRoomChangesNothing) { expectNothingLost("edit", "move-vertex clusters --from " + here + " --to " + beside); }

TEST_F(FullDisk, AnUndoThatFindsNoRoomChangesNothing) {
    ASSERT_EQ(run("edit", "move-vertex clusters --from " + here + " --to " + beside).status, 0);
    expectNothingLost("undo");
}

}  // namespace
}  // namespace zonewright::test
