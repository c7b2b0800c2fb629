#include "cli/command_line.h"

// Keys that scripts rely on: each must be there, of the type given. More may stand beside them.
namespace zonewright::test {
namespace {

using nlohmann::json;
using Keys = std::vector<std::pair<const char*, json::value_t>>;

constexpr auto kText = json::value_t::string;
constexpr auto kCount = json::value_t::number_unsigned;
constexpr auto kReal = json::value_t::number_float;
constexpr auto kList = json::value_t::array;
constexpr auto kObject = json::value_t::object;
constexpr auto kFlag = json::value_t::boolean;

bool sameKind(json::value_t wanted, const json& value) {
    return wanted == kReal || wanted == kCount ? value.is_number() : value.type() == wanted;
}

void expectKeys(const json& document, const Keys& keys, const std::string& what) {
    for (const auto& [key, kind] : keys) {
        ASSERT_TRUE(document.contains(key)) << what << " lacks " << key << ": " << document.dump().substr(0, 400);
        EXPECT_TRUE(sameKind(kind, document[key])) << what << ": " << key << " is " << document[key].type_name();
    }
}

class Contract : public OnSample {
protected:
    /// Two squares that touch, one bow tie; in degrees, in the middle of the district.
    std::string squares() {
        const std::string file = (folder / "squares.geojson").string();
        writeFile(file, R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"a","name":"甲"},"geometry":{"type":"Polygon","coordinates":[[[119.9,31.6],[119.91,31.6],[119.91,31.61],[119.9,31.61],[119.9,31.6]]]}},
{"type":"Feature","properties":{"code":"b","name":"乙"},"geometry":{"type":"Polygon","coordinates":[[[119.91,31.6],[119.92,31.6],[119.92,31.61],[119.91,31.61],[119.91,31.6]]]}},
{"type":"Feature","properties":{"code":"c","name":"丙"},"geometry":{"type":"Polygon","coordinates":[[[119.93,31.6],[119.94,31.61],[119.94,31.6],[119.93,31.61],[119.93,31.6]]]}}]})");
        return file;
    }
};

TEST_F(Contract, ImportCountsEveryRow) {
    const json done = run("import", "development_zones " + squares() + " --replace --source-crs EPSG:4490").json();
    expectKeys(done, {{"read", kCount}, {"taken", kCount}, {"rejected", kCount}, {"rejects", kList}, {"encoding", kText}, {"crs", kText}}, "import");
    EXPECT_EQ(done["read"], 3);
    EXPECT_EQ(done["read"].get<int>(), done["taken"].get<int>() + done["rejected"].get<int>());
    ASSERT_EQ(done["rejects"].size(), 1U);
    expectKeys(done["rejects"][0], {{"row", kCount}, {"reason", kText}}, "reject");
    EXPECT_EQ(done["rejects"][0]["row"], 3);
}

TEST_F(Contract, InspectGivesEvidence) {
    const json seen = zonewright("--json inspect " + squares()).json();
    expectKeys(seen, {{"layers", kList}, {"encoding", kObject}, {"crs", kObject}, {"faults", kList}}, "inspect");
    expectKeys(seen["layers"][0], {{"name", kText}, {"features", kCount}, {"geometry_type", kText}, {"extent", kList}}, "layer");
    expectKeys(seen["encoding"], {{"value", kText}, {"evidence", kText}}, "encoding");
    expectKeys(seen["crs"], {{"value", kText}, {"evidence", kText}, {"gcj02", kObject}}, "crs");
    expectKeys(seen["crs"]["gcj02"], {{"likely", kFlag}, {"confidence", kReal}, {"shift_m", kReal}}, "gcj02");
    ASSERT_EQ(seen["faults"].size(), 1U);
    expectKeys(seen["faults"][0], {{"kind", kText}, {"count", kCount}}, "fault");
    EXPECT_TRUE(seen["faults"][0].contains("first"));
}

TEST_F(Contract, ValidateNamesFaultPlaceAndKey) {
    // The second zone also claims half of the first.
    ASSERT_EQ(run("import", "development_zones " + squares() + " --replace --source-crs EPSG:4490").status, 0);
    const std::string twice = (folder / "twice.geojson").string();
    writeFile(twice, R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"d","name":"丁"},"geometry":{"type":"Polygon","coordinates":[[[119.905,31.6],[119.91,31.6],[119.91,31.61],[119.905,31.61],[119.905,31.6]]]}}]})");
    ASSERT_EQ(run("import", "development_zones " + twice + " --source-crs EPSG:4490").status, 0);
    const json found = run("validate", "development_zones").json();
    expectKeys(found, {{"faults", kList}, {"count", kCount}}, "validate");
    ASSERT_FALSE(found["faults"].empty());
    EXPECT_EQ(found["count"], found["faults"].size());
    for (const json& fault : found["faults"]) {
        expectKeys(fault, {{"kind", kText}, {"layer", kText}, {"features", kList}, {"area_m2", kReal}, {"wkt", kText}, {"key", kText}}, "fault");
    }
    EXPECT_EQ(found["faults"][0]["kind"], "overlap");
}

TEST_F(Contract, CheckNamesRunRulesAndFindings) {
    const json done = run("check").json();
    expectKeys(done, {{"sites", kCount}, {"rules_checked", kList}, {"findings", kList}, {"not_checked", kList}}, "check");
    EXPECT_TRUE(done.contains("run"));
    ASSERT_FALSE(done["findings"].empty());
    for (const json& finding : done["findings"]) {
        expectKeys(finding, {{"site", kText}, {"rule", kText}, {"severity", kText}, {"verdict", kText}, {"layer", kText}, {"feature", kText},
                             {"overlap_m2", kReal}, {"overlap_ellipsoidal_m2", kReal}, {"share", kReal}, {"distance_m", kReal}, {"waived", kFlag}, {"key", kText}},
                   "finding");
    }
    for (const json& rule : done["not_checked"]) expectKeys(rule, {{"rule", kText}, {"reason", kText}}, "not_checked");
}

TEST_F(Contract, PrintAndAtlasNameFilePagesAndWarnings) {
    const Keys keys{{"file", kText}, {"pages", kCount}, {"warnings", kList}};
    expectKeys(run("print", "--theme clusters --dpi 30 --out " + (folder / "a.png").string()).json(), keys, "print");
    expectKeys(run("atlas", "--theme clusters --over clusters --filter \"code='taihu'\" --out " + (folder / "a.pdf").string()).json(), keys, "atlas");
}

TEST_F(Contract, EveryDocumentIsOneJsonDocumentAndStderrIsEmpty) {
    for (const std::string& command : {"info " + plan, "themes " + plan, "inspect " + squares(), "export " + plan + " towns " + (folder / "t.fgb").string(),
                                       "new " + (folder / "n.gpkg").string(), std::string("modules")}) {
        const Ran ran = zonewright("--json " + command);
        EXPECT_EQ(ran.status, 0) << command << ran.err;
        EXPECT_TRUE(json::accept(ran.out)) << command << ": " << ran.out.substr(0, 200);
        EXPECT_EQ(ran.err, "") << command;
    }
}

}  // namespace
}  // namespace zonewright::test
