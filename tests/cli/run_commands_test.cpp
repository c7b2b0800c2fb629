#include "cli/command_line.h"

namespace zonewright::test {
namespace {

class RunCommands : public OnSample {};

TEST_F(RunCommands, ModulesSayVersionLibraryAndStyleOfEachOutput) {
    const auto document = zonewright("--json modules").json();
    EXPECT_FALSE(document["version"].get<std::string>().empty());
    for (const auto& module : document["modules"]) {
        EXPECT_TRUE(std::filesystem::exists(module["library"].get<std::string>())) << module["id"];
        for (const auto& output : module["outputs"]) {
            const auto style = output["style_file"].get<std::string>();
            EXPECT_TRUE(style.empty() || std::filesystem::exists(style)) << style;
        }
    }
}

TEST_F(RunCommands, ProgressIsOneJsonObjectALineAndStdoutOneDocument) {
    const Ran ran = zonewright("--json --progress run land_use_intensity " + plan + " --no-store");
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json()["provenance"]["outputs"][0], "intensity_result");
    std::istringstream lines(ran.err);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto step = nlohmann::json::parse(line);
        EXPECT_GE(step["done"].get<double>(), 0);
        EXPECT_LE(step["done"].get<double>(), 1);
        EXPECT_TRUE(step["what"].is_string());
    }
    EXPECT_GT(count, 2U);
}

TEST_F(RunCommands, InterruptedRunSaysCancelledAndLeavesThePlanAsItWas) {
    const std::string before = readFile(plan);
    // The signal comes with the first sign of progress, so that it meets a run that has begun.
    const Ran ran = shell("mkfifo " + (folder / "steps").string() + "; \"$Z\" --progress run accessibility " + plan + " 2>" +
                          (folder / "steps").string() + " & pid=$!; { read first; kill -INT $pid; cat >&2; } <" + (folder / "steps").string() +
                          "; wait $pid");
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_NE(ran.err.find("zonewright: error[190]: cancelled; nothing was changed"), std::string::npos) << ran.err;
    EXPECT_TRUE(readFile(plan) == before);
}

TEST_F(RunCommands, LayersOfAResultGoIntoAGeoPackageOfTheirOwn) {
    const std::string file = (folder / "layers.gpkg").string();
    const Ran ran = run("run land_use_intensity", "--no-store --out " + file);
    ASSERT_EQ(ran.status, 0) << ran.err;
    const auto layers = zonewright("--json inspect " + file).json()["layers"];
    std::map<std::string, std::size_t> features;
    for (const auto& layer : layers) features[layer["name"]] = layer["features"];
    EXPECT_EQ(features.at("intensity_result"), ran.json()["zones"].size());
    EXPECT_EQ(features.count("zw_journal"), 0U) << "nothing of a plan";
    expectFailure(zonewright("run land_use_intensity " + plan + " --no-store --out " + file), 1, "102");
}

}  // namespace
}  // namespace zonewright::test
