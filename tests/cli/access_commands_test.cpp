#include <fstream>
#include <set>

#include "cli/command_line.h"

namespace zonewright::test {
namespace {

const std::filesystem::path kShared = ZONEWRIGHT_SHARED_DATA;

using Access = OnSample;
using Network = OnSample;

double numberAt(const nlohmann::json& json, const char* pointer) { return json.at(nlohmann::json::json_pointer(pointer)).get<double>(); }

TEST_F(Network, IsKeptInThePlanAndBuiltAgainOnlyWhenARoadChanges) {
    const auto first = run("network", "build").json();
    EXPECT_GT(first["nodes"], 100);
    EXPECT_GT(first["arcs"], first["nodes"]);
    EXPECT_GT(first["length_m"], 100000);
    EXPECT_EQ(first["components"], 1) << first["component_places"];
    // The metro's northern stations stand in the city, whose streets are not drawn: told of, never dropped.
    EXPECT_LT(first["stranded_stations"].size(), first["stations"].get<std::size_t>() / 4);
    EXPECT_EQ(first["stations_without_line"].size(), 0U);
    EXPECT_EQ(first["reused"], false);
    auto second = run("network", "build").json();
    EXPECT_EQ(second["reused"], true);
    second["reused"] = false;
    EXPECT_EQ(second, first);
    ASSERT_EQ(zonewright("edit " + plan + " set roads --feature 1 --value time_min=1").status, 0);
    const auto third = run("network", "build").json();
    EXPECT_EQ(third["reused"], false);
    EXPECT_NE(third["input_hash"], first["input_hash"]);
    EXPECT_EQ(run("network", "build mode=drive").json()["stations"], 0);
}

TEST_F(Access, AnswersWithTheKeysThatScriptsReadAndTheSameOverTheKeptNetwork) {
    const auto answer = run("access").json();
    std::vector<double> cutoffs;
    for (const auto& c : answer["origins"][0]["cutoffs"]) {
        cutoffs.push_back(c["minutes"]);
        for (const char* key : {"nodes", "network_m", "area_m2", "population"}) EXPECT_GT(c[key], 0) << key;
        EXPECT_GT(c["facilities"]["sports"], 0);
    }
    EXPECT_EQ(cutoffs, (std::vector<double>{15, 30, 45}));
    EXPECT_LT(answer["misclassified_share"], 0.02);
    EXPECT_EQ(answer["commitments"].size(), 49U);
    for (const auto& c : answer["commitments"]) {
        for (const char* key : {"origin", "destination", "limit_min", "minutes", "pass", "path"}) EXPECT_TRUE(c.contains(key)) << key;
        EXPECT_EQ(c["pass"].get<bool>(), !c["minutes"].is_null() && c["minutes"] <= c["limit_min"]);
        if (c["minutes"].is_null()) continue;
        double sum = 0;
        for (const auto& leg : c["path"]) sum += leg["minutes"].get<double>();
        EXPECT_LE(sum, c["minutes"].get<double>() + 1e-6);  // the rest is the walk to and from the network
    }
    const auto& change = answer["before_after"];
    EXPECT_NEAR(numberAt(change, "/population_gained"), numberAt(change, "/population_after") - numberAt(change, "/population_before"), 1e-6);
    for (const auto& facility : answer["facilities"]) {
        if (facility.contains("catchment")) {
            EXPECT_NEAR(facility["catchment"]["access_times_population"], facility["catchment"]["supply_used"], 1e-6 * facility["capacity"].get<double>());
        }
    }
    auto again = run("access").json();
    for (const char* key : {"origins", "commitments", "before_after", "facilities", "network", "notices"}) EXPECT_EQ(again[key], answer[key]) << key;
}

TEST_F(Access, TheCurveRisesToWhatTheCutOffsCountBeforeAndAfter) {
    const auto answer = run("access").json();
    const auto& curve = answer["curve"];
    ASSERT_EQ(curve.size(), 46U) << "each minute up to the last cut-off";
    for (std::size_t i = 1; i < curve.size(); ++i) {
        for (const char* key : {"population", "population_before"}) EXPECT_GE(curve[i][key], curve[i - 1][key]) << key << " at " << i;
        EXPECT_GE(curve[i]["population"].get<double>() + 1e-9, curve[i]["population_before"]);
    }
    EXPECT_NEAR(curve[30]["population_before"], numberAt(answer, "/before_after/population_before"), 1e-6);
    EXPECT_NEAR(curve[30]["population"], numberAt(answer, "/before_after/population_after"), 1e-6);
    const auto today = run("access", "--no-store compare=false").json();
    for (const auto& cutoff : today["origins"][0]["cutoffs"]) EXPECT_NEAR(today["curve"][cutoff["minutes"].get<std::size_t>()]["population"], cutoff["population"].get<double>(), 1e-6);
    EXPECT_FALSE(today["curve"][0].contains("population_before"));
}

TEST_F(Access, LongerLimitsHoldShorterOnesAndProjectsOnlyShortenTimes) {
    const auto today = run("access", "--no-store compare=false").json();
    const auto all = run("access", "--no-store compare=false projects=all").json();
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& a = today["origins"][0]["cutoffs"][i];
        const auto& b = all["origins"][0]["cutoffs"][i];
        EXPECT_LE(a["area_m2"], b["area_m2"].get<double>() * 1.0001);
        EXPECT_LE(a["population"], b["population"]);
        if (i > 0) {
            EXPECT_LT(today["origins"][0]["cutoffs"][i - 1]["area_m2"], a["area_m2"]);
        }
    }
    for (std::size_t i = 0; i < today["commitments"].size(); ++i) {
        if (!today["commitments"][i]["minutes"].is_null()) {
            EXPECT_GE(today["commitments"][i]["minutes"].get<double>() + 1e-9, all["commitments"][i]["minutes"].get<double>());
        }
    }
}

TEST_F(Access, SplitByNearestSharesOutWhatAllOriginsReachTogether) {
    const auto parts = run("access", "compare=false origin_kind=town shape=bands merge=nearest").json();
    const auto all = run("access", "--no-store compare=false origin_kind=town merge=dissolved").json();
    ASSERT_GT(parts["origins"].size(), 5U);
    for (std::size_t c = 0; c < 3; ++c) {
        for (const char* key : {"nodes", "network_m", "network_directed_m", "area_m2", "population"}) {
            double sum = 0;
            for (const auto& origin : parts["origins"]) sum += origin["cutoffs"][c][key].get<double>();
            const double whole = all["origins"][0]["cutoffs"][c][key];
            EXPECT_NEAR(sum, whole, whole * 1e-6) << key;
        }
        std::size_t clinics = 0;
        for (const auto& origin : parts["origins"]) clinics += origin["cutoffs"][c]["facilities"]["clinic"].get<std::size_t>();
        EXPECT_EQ(clinics, all["origins"][0]["cutoffs"][c]["facilities"]["clinic"]);
    }
    // The bands of all origins lie beside one another: with no overlap they fill what the last cut-off reaches.
    const double drawn = std::stod(shell("sqlite3 -readonly " + plan + " 'SELECT sum(area_m2) FROM access_areas'").out);
    const double whole = all["origins"][0]["cutoffs"][2]["area_m2"];
    EXPECT_NEAR(drawn, whole, whole * 1e-6);
}

TEST_F(Access, WritesLayersTablesAndATimeSurface) {
    const std::string surface = (folder / "time.tif").string();
    const std::string report = (folder / "report.xlsx").string();
    ASSERT_EQ(run("access", "surface=" + surface + " surface_cell=500 --out " + report).status, 0);
    EXPECT_GT(std::filesystem::file_size(report), 5000U);
    const Ran info = shell("gdalinfo -stats " + surface);
    EXPECT_NE(info.out.find("Type=Float32"), std::string::npos);
    EXPECT_NE(info.out.find("Unit Type: min"), std::string::npos);
    for (const char* layer : {"access_areas", "access_network", "access_cells", "access_change", "access_origins", "access_openings", "access_paths"}) {
        EXPECT_GT(std::stoi(shell("sqlite3 -readonly " + plan + " 'SELECT count(*) FROM " + layer + "'").out), 0) << layer;
    }
    expectFailure(zonewright("access " + plan + " surface=" + surface), 1, "102");
}

TEST_F(Access, FaultyQuestionsAreNamed) {
    expectFailure(zonewright("access " + plan + " minutes=ten"), 1, "110");
    expectFailure(zonewright("access " + plan + " projects=nothing"), 1, "110");
    expectFailure(zonewright("access " + plan + " origin_codes=nowhere"), 1, "124");
    expectFailure(zonewright("access " + plan + " point=0,0"), 1, "171");
    expectFailure(zonewright("network " + plan + " destroy"), 2, "2");
    expectFailure(zonewright("network " + plan + " build --osm " + (folder / "none.pbf").string()), 1, "101");
    expectFailure(zonewright("network " + plan + " build --gtfs " + (folder / "none").string()), 1, "101");
}

/// Layers of a few features as files:
///
///     W---+---E   X (no speed)        I---I  10 km to the east
///         |
///         N
class SmallTown : public testing::Test {
protected:
    void SetUp() override {
        roads = layer("roads.geojson", {line("W", 36, "[[500000,3500000],[500100,3500000]]"), line("E", 36, "[[500100,3500000],[500200,3500000]]"),
                                        line("N", 36, "[[500100,3500000],[500100,3499900]]"), line("X", 0, "[[500200,3500000],[500300,3500000]]"),
                                        line("I", 36, "[[510000,3500000],[510100,3500000]]")});
    }
    static std::string line(const std::string& code, double speed, const std::string& coordinates) {
        return R"({"type":"Feature","properties":{"code":")" + code + R"(","class":"alley","speed_kmh":)" + std::to_string(speed) + R"(},"geometry":{"type":"LineString","coordinates":)" + coordinates + "}}";
    }
    static std::string point(const std::string& properties, const std::string& coordinates) {
        return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"Point","coordinates":)" + coordinates + "}}";
    }
    std::string layer(const std::string& file, const std::vector<std::string>& features) {
        std::string all;
        for (const std::string& feature : features) all += (all.empty() ? "" : ",") + feature;
        writeFile(folder / file, R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4549"}},"features":[)" + all + "]}");
        return (folder / file).string();
    }
    /// `access` without a plan.
    [[nodiscard]] Ran access(const std::string& arguments) const { return zonewright("--json access --crs EPSG:4549 roads=" + roads + " " + arguments); }
    static std::string noticesOf(const nlohmann::json& answer, const char* language) {
        std::string all;
        for (const auto& notice : answer["notices"]) all += notice[language].get<std::string>() + "\n";
        return all;
    }
    TempFolder folder;
    std::string roads;
};

TEST_F(SmallTown, TurnsThatATableBansAreNotTaken) {
    const std::string asked = "mode=drive point=500000,3500000 minutes=0.25 sample=0";
    EXPECT_NEAR(numberAt(access(asked).json(), "/origins/0/cutoffs/0/network_m"), 200, 1e-6);
    const std::string bans = (folder / "bans.csv").string();
    writeFile(bans, "code,from_road,to_road,x,y\nb1,W,N,500100,3500000\nb2,W,Q,500100,3500000\n");
    const auto banned = access("'turn_bans=" + bans + "|crs=EPSG:4549' " + asked).json();
    EXPECT_NEAR(numberAt(banned, "/origins/0/cutoffs/0/network_m"), 150, 1e-6);
    EXPECT_NE(noticesOf(banned, "en").find("turn bans left out, for lack of the roads or the place they name: 1"), std::string::npos) << noticesOf(banned, "en");
}

TEST_F(SmallTown, RoadsWithoutASpeedAreCountedInBothLanguages) {
    const auto answer = access("mode=drive point=500000,3500000 minutes=1 sample=0").json();
    EXPECT_NE(noticesOf(answer, "zh").find("道路有 1 条未采用，首条为第 4 条：没有速度也没有时间"), std::string::npos) << noticesOf(answer, "zh");
    EXPECT_NE(noticesOf(answer, "en").find("roads left out: 1, the first is number 4: no speed and no travel time"), std::string::npos);
    EXPECT_NE(noticesOf(answer, "en").find("the network falls into 2 parts"), std::string::npos);
    roads = layer("slow.geojson", {line("X", 0, "[[500200,3500000],[500300,3500000]]")});
    const Ran none = access("mode=drive point=500200,3500000");
    expectFailure(none, 1, "171");
}

TEST_F(SmallTown, OriginsCutOffOrFarFromEveryRoadAreNamedAndTheOthersAnswered) {
    const std::string origins = layer("origins.geojson", {point(R"("code":"town","name":"town")", "[500000,3500000]"), point(R"("code":"island","name":"island")", "[510000,3500000]"),
                                                          point(R"("code":"sea","name":"sea")", "[530000,3500000]")});
    for (const char* merge : {"separate", "nearest"}) {
        const auto answer = access("mode=drive origins=" + origins + " minutes=1 merge=" + merge).json();
        ASSERT_EQ(answer["origins"].size(), 2U);
        EXPECT_EQ(answer["origins"][0]["cutoffs"][0]["nodes"], 4);
        EXPECT_EQ(answer["origins"][1]["cutoffs"][0]["nodes"], 2);
        EXPECT_NE(noticesOf(answer, "en").find("origin sea (sea) left out: no road within 2000 m"), std::string::npos) << noticesOf(answer, "en");
    }
}

TEST_F(SmallTown, AStationWithoutALineIsNamed) {
    const std::string lines = layer("lines.geojson", {R"({"type":"Feature","properties":{"code":"M1","mode":"metro","speed_kmh":36,"headway_min":5},"geometry":{"type":"LineString","coordinates":[[500000,3500050],[500200,3500050]]}})"});
    const std::string stations = layer("stations.geojson", {point(R"("code":"a","line":"M1","seq":1)", "[500000,3500050]"), point(R"("code":"b","line":"M1","seq":2)", "[500200,3500050]"),
                                                            point(R"("code":"lost","line":"M9","seq":1)", "[500100,3500050]")});
    const auto answer = access("lines=" + lines + " stations=" + stations + " mode=transit point=500000,3500000 minutes=5 sample=0").json();
    EXPECT_EQ(answer["network"]["stations"], 2);
    EXPECT_NE(noticesOf(answer, "en").find("stations without a line: 1 (lost)"), std::string::npos) << noticesOf(answer, "en");
}

TEST_F(SmallTown, AFeedWhoseTimesGoBackwardsOrThatLacksFilesIsNamed) {
    const std::filesystem::path feed = folder / "feed";
    std::filesystem::create_directory(feed);
    writeFile(feed / "stops.txt", "stop_id,stop_lat,stop_lon\ns1,31.62,120\ns2,31.63,120\n");
    writeFile(feed / "routes.txt", "route_id,route_type\nB,3\n");
    writeFile(feed / "trips.txt", "route_id,service_id,trip_id\nB,all,good\nB,all,back\n");
    writeFile(feed / "stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\ngood,8:00:00,8:00:00,s1,1\ngood,8:05:00,8:05:00,s2,2\nback,8:10:00,8:10:00,s1,1\nback,8:05:00,8:05:00,s2,2\n");
    writeFile(feed / "calendar_dates.txt", "service_id,date,exception_type\nall,20240102,1\n");
    const std::string asked = "mode=transit point=500000,3500000 minutes=5 sample=0 gtfs=" + feed.string();
    const auto answer = access(asked).json();
    EXPECT_NE(noticesOf(answer, "en").find("2 trips read, 1 taken, 0 of other days, 0 outside the window, 1 faulty"), std::string::npos) << noticesOf(answer, "en");
    EXPECT_NE(noticesOf(answer, "zh").find("班次 back：时间倒退，在车站 s2"), std::string::npos) << noticesOf(answer, "zh");
    const Ran night = access(asked + " window_start=1 window_end=3");
    expectFailure(night, 1, "144");
    EXPECT_NE(night.err.find("window_start=8 window_end=10"), std::string::npos) << night.err;
    std::filesystem::remove(feed / "routes.txt");
    const Ran missing = access(asked);
    expectFailure(missing, 1, "140");
    EXPECT_NE(missing.err.find("routes.txt"), std::string::npos) << missing.err;
}

class Foreign : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(kShared / "osm")) GTEST_SKIP() << "no " << (kShared / "osm").string();
    }
    std::string newPlan(const std::string& crs) {
        const std::string plan = (folder / "plan.gpkg").string();
        EXPECT_EQ(zonewright("new " + plan + " --crs " + crs).status, 0);
        return plan;
    }
    TempFolder folder;
};

TEST_F(Foreign, ACountryFromOpenStreetMapServesLaterQuestions) {
    const std::string plan = newPlan("EPSG:32632");
    const std::string osm = (kShared / "osm/valhalla_liechtenstein-latest.osm.pbf").string();
    const auto built = zonewright("--json network " + plan + " build --osm " + osm).json();
    EXPECT_GT(built["nodes"], 3000);
    EXPECT_EQ(built["roads"]["read"], built["roads"]["taken"].get<int>() + built["roads"]["rejected"].get<int>());
    EXPECT_EQ(zonewright("--json network " + plan + " build --osm " + osm).json()["reused"], true);
    const auto reached = zonewright("--json access " + plan + " point=541000,5220000 minutes=10").json();
    EXPECT_GT(reached["origins"][0]["cutoffs"][0]["nodes"], 300);
    EXPECT_EQ(reached["network"]["nodes"], built["nodes"]);
}

TEST_F(Foreign, TimetablesCountTheirTripsAndBadOnesAreNamed) {
    const std::string plan = newPlan("EPSG:32722");
    const std::string osm = (kShared / "osm/r5r_poa_osm.pbf").string();
    const std::string gtfs = (kShared / "gtfs/r5r_poa_eptc.zip").string();
    const auto built = zonewright("--json network " + plan + " build mode=transit window_start=12 window_end=14 --osm " + osm + " --gtfs " + gtfs).json();
    EXPECT_GT(built["stations"], 1000);
    EXPECT_EQ(built["lines"]["read"], built["lines"]["taken"].get<int>() + built["lines"]["rejected"].get<int>());
    // A later question needs to name neither the files nor the hours.
    const auto reached = zonewright("--json access " + plan + " point=478000,6677000 minutes=20 sample=0").json();
    EXPECT_EQ(reached["network"]["nodes"], built["nodes"]);
    const std::string feed = (folder / "feed").string();
    ASSERT_EQ(shell("mkdir " + feed + " && cd " + feed + " && unzip -q " + gtfs + " && rm stop_times.txt").status, 0);
    const Ran missing = zonewright("network " + plan + " build mode=transit --osm " + osm + " --gtfs " + feed);
    expectFailure(missing, 1, "140");
    EXPECT_NE(missing.err.find("stop_times.txt"), std::string::npos);
}

TEST_F(Foreign, ATruncatedExtractIsRefusedWhereverItEnds) {
    const std::string plan = newPlan("EPSG:32632");
    const std::string whole = readFile(kShared / "osm/valhalla_liechtenstein-latest.osm.pbf");
    const std::string osm = (folder / "cut.osm.pbf").string();
    for (const std::size_t part : {0, 10, 500, 995}) {
        std::ofstream(osm, std::ios::binary) << whole.substr(0, whole.size() * part / 1000);
        expectFailure(zonewright("network " + plan + " build --osm " + osm), 1, "140");
    }
}

}  // namespace
}  // namespace zonewright::test
