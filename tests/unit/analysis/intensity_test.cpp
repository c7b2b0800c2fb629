#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "plugins/land_use_intensity/counted_once.h"
#include "plugins/land_use_intensity/intensity.h"
#include "plugins/land_use_intensity/overlaps.h"
#include "plugins/land_use_intensity/study.h"
#include "support/small_plan.h"

namespace zonewright::intensity {
namespace {

using test::must;

catalogue::Catalogue productCatalogue() { return must(catalogue::load(std::string(ZONEWRIGHT_SOURCE_DIR) + "/layers")); }

/// Areas of a map of letters, 100 m a character, the last line at y = 0; '.' is nothing.
std::map<char, MultiPolygon> fromMap(const std::vector<std::string>& rows) {
    std::map<char, std::vector<MultiPolygon>> cells;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            if (rows[r][c] == '.') continue;
            const double x = 100.0 * static_cast<double>(c);
            const double y = 100.0 * static_cast<double>(rows.size() - 1 - r);
            cells[rows[r][c]].push_back({{Polygon{{{{x, y}, {x + 100, y}, {x + 100, y + 100}, {x, y + 100}, {x, y}}}}}});
        }
    }
    std::map<char, MultiPolygon> out;
    for (const auto& [letter, parts] : cells) out[letter] = must(geos::unionOf(parts));
    return out;
}

Zones zonesFrom(const std::vector<std::string>& rows) {
    Zones out;
    out.layer = "zones";
    for (const auto& [letter, polygon] : fromMap(rows)) {
        out.geometry.add(polygon);
        out.codes.emplace_back(1, letter);
        out.names.push_back({std::string(1, letter), std::string(1, letter)});
    }
    return out;
}

struct Plot {
    std::string code;
    double floorArea = 0;
    double footprint = 0;
    double output = 0;
};

Parcels parcelsFrom(const std::vector<std::string>& rows, const std::map<char, Plot>& plots, const LandUse& landUse) {
    Parcels out;
    out.layer = "parcels";
    for (const auto& [letter, polygon] : fromMap(rows)) {
        const Plot& plot = plots.at(letter);
        out.geometry.add(polygon);
        out.fids.push_back(letter);
        out.classOf.push_back(static_cast<std::uint32_t>(out.classes.size()));
        out.classes.push_back(landUse.classify(plot.code));
        out.floorArea.push_back(plot.floorArea);
        out.footprint.push_back(plot.footprint);
        out.output.push_back(plot.output);
    }
    out.read = out.size();
    return out;
}

class Intensity : public ::testing::Test {
protected:
    LandUse landUse = must(LandUse::from(productCatalogue(), {}));
    Progress progress;
};

TEST_F(Intensity, RatiosComeFromTheSharesOfEachZone) {
    // a: housing, b: farmland, c: industry; b straddles the zones' boundary.
    const Zones zones = zonesFrom({"LLLRRR",  //
                                   "LLLRRR"});
    const Parcels parcels = parcelsFrom({"aabbbc",  //
                                         "aabbbc"},
                                        {{'a', {"0701", 80000, 10000, 0}}, {'b', {"0101", 0, 0, 0}}, {'c', {"1001", 30000, 12000, 900}}}, landUse);
    const ZoneSums sums = must(sumUp(parcels, zones, std::nullopt, progress));
    const Ratios left = ratiosOf(sums.zones[0], parcels, landUse);
    EXPECT_EQ(sums.zones[0].total, 60000);
    EXPECT_EQ(sums.zones[0].construction.value(), 40000);
    EXPECT_DOUBLE_EQ(left.intensity, 40000.0 / 60000);
    EXPECT_DOUBLE_EQ(left.far, 2.0);
    EXPECT_DOUBLE_EQ(left.grossFar, 80000.0 / 60000);
    EXPECT_DOUBLE_EQ(left.density, 0.25);
    EXPECT_DOUBLE_EQ(left.farmlandShare, 20000.0 / 60000);
    const Ratios right = ratiosOf(sums.zones[1], parcels, landUse);
    EXPECT_DOUBLE_EQ(right.industrialShare, 1.0);
    EXPECT_DOUBLE_EQ(right.industrialFar, 1.5);
    EXPECT_DOUBLE_EQ(right.outputPerMu, 900 / (60000 * 15.0 / 10000)) << "over all land whose output is known, b's too";
    EXPECT_DOUBLE_EQ(right.mix, 0) << "one class alone is no mix";
    EXPECT_EQ(sums.zones[0].parcels, 2);
    EXPECT_EQ(sums.zones[0].parcelsCut, 1);
    EXPECT_EQ(sums.all.parcels, 3);
    EXPECT_EQ(sums.all.parcelsCut, 1);
    EXPECT_EQ(sums.residual, 0);
}

TEST_F(Intensity, GroundWithoutParcelsAndParcelsWithoutZoneAreTheirOwnLines) {
    const Zones zones = zonesFrom({"LL..",  //
                                   "LL.."});
    const Parcels parcels = parcelsFrom({".aab",  //
                                         ".aab"},
                                        {{'a', {"0701", 400, 0, 0}}, {'b', {"0801", 0, 0, 0}}}, landUse);
    const ZoneSums sums = must(sumUp(parcels, zones, std::nullopt, progress));
    EXPECT_EQ(sums.all.uncovered(), 20000);
    EXPECT_EQ(sums.outside, 40000) << "half of a and all of b";
    EXPECT_EQ(sums.parcelLand, 60000);
    EXPECT_EQ(sums.residual, 0);
    EXPECT_EQ(sums.all.floorArea.value(), 200);
}

TEST_F(Intensity, EvenMixOfAllClassesIsOne) {
    const Zones zones = zonesFrom({"ZZZZZZZZZ"});
    std::map<char, Plot> plots;
    for (int i = 0; i < 9; ++i) plots[static_cast<char>('a' + i)] = {fmt::format("{:02}", 7 + i), 0, 0, 0};
    const Parcels parcels = parcelsFrom({"abcdefghi"}, plots, landUse);
    EXPECT_NEAR(ratiosOf(must(sumUp(parcels, zones, std::nullopt, progress)).all, parcels, landUse).mix, 1.0, 1e-12);
}

TEST_F(Intensity, OverlappingParcelsAreCountedOnceAndReported) {
    analysis::PolygonTable table;
    for (const char* text : {"MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)))", "MULTIPOLYGON (((60 0, 160 0, 160 100, 60 100, 60 0)))",
                             "MULTIPOLYGON (((100 0, 0 0, 0 100, 100 100, 100 0)))", "MULTIPOLYGON (((10 10, 20 10, 20 20, 10 20, 10 10)))"}) {
        table.geometry.add(std::get<MultiPolygon>(test::wkt(text)));
        table.fids.push_back(static_cast<std::int64_t>(table.fids.size()) + 1);
    }
    const std::vector<Fault> faults = must(countOnce(table, "parcels", OverlapRule::Once, progress));
    EXPECT_EQ(areaOf(table.geometry, 0), SquareMetres(10000));
    EXPECT_EQ(areaOf(table.geometry, 1), SquareMetres(6000));
    EXPECT_TRUE(table.geometry.pointsOf(2).empty()) << "the same square drawn from another corner";
    EXPECT_TRUE(table.geometry.pointsOf(3).empty()) << "lies inside the first";
    ASSERT_EQ(faults.size(), 3U);
    EXPECT_EQ(faults[0].kind, FaultKind::Overlap);
    EXPECT_EQ(faults[0].fid, 2);
    EXPECT_EQ(faults[0].other, 1);
    EXPECT_EQ(faults[0].area, 4000);
    EXPECT_EQ(faults[1].kind, FaultKind::Duplicate);
    EXPECT_EQ(faults[2].kind, FaultKind::Duplicate);
}

TEST_F(Intensity, KeptOverlapsAreReportedAndCountedTwice) {
    analysis::PolygonTable table;
    for (const char* text : {"MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)))", "MULTIPOLYGON (((60 0, 160 0, 160 100, 60 100, 60 0)))"}) {
        table.geometry.add(std::get<MultiPolygon>(test::wkt(text)));
        table.fids.push_back(static_cast<std::int64_t>(table.fids.size()) + 1);
    }
    EXPECT_EQ(must(countOnce(table, "parcels", OverlapRule::Keep, progress)).size(), 1U);
    EXPECT_EQ(areaOf(table.geometry, 1), SquareMetres(10000));
}

TEST_F(Intensity, InvalidParcelsAreRepairedAndReported) {
    analysis::PolygonTable table;
    for (const char* text : {"MULTIPOLYGON (((0 0, 100 100, 100 0, 0 100, 0 0)))",      // bow tie
                             "MULTIPOLYGON (((200 0, 300 0, 300 100, 300 0, 200 0)))",  // folds back, no area
                             "MULTIPOLYGON (((400 0, 500 0, 500 100, 400 100, 400 0)))"}) {
        table.geometry.add(std::get<MultiPolygon>(test::wkt(text)));
        table.fids.push_back(static_cast<std::int64_t>(table.fids.size()) + 1);
    }
    const std::vector<Fault> faults = must(countOnce(table, "parcels", OverlapRule::Once, progress));
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0].kind, FaultKind::Invalid);
    EXPECT_NEAR(areaOf(table.geometry, 0).value, 5000, 1e-9);
    EXPECT_EQ(faults[1].kind, FaultKind::Unrepairable);
    EXPECT_EQ(areaOf(table.geometry, 2), SquareMetres(10000));
}

TEST_F(Intensity, NeighboursThatOnlyTouchAreNoOverlap) {
    // A junction in the middle of an edge, a shared corner, a hole filled exactly.
    const auto map = fromMap({"aab",  //
                              "acc",  //
                              "add"});
    analysis::PolygonSet set;
    for (const auto& [letter, polygon] : map) set.add(polygon);
    EXPECT_TRUE(must(overlaps(set, kOverlapTolerance, progress)).empty());
}

TEST_F(Intensity, CapsGiveHeadroomAndLight) {
    const Zones zones = zonesFrom({"LLLLRRRRSSSSTT"});
    const Parcels parcels = parcelsFrom({"aabbaabbaabbaa"}, {{'a', {"0701", 0, 0, 0}}, {'b', {"0101", 0, 0, 0}}}, landUse);
    const ZoneSums sums = must(sumUp(parcels, zones, std::nullopt, progress));
    const Caps caps{{Cap{4, 0.8}, Cap{2.1, 0.6}, Cap{3, 0.4}, std::nullopt}, {}};
    const std::vector<Control> control = compare(sums, caps, 0.9);
    EXPECT_EQ(control[0].light, Light::Green);
    EXPECT_DOUBLE_EQ(control[0].headroomHa, 2);
    EXPECT_EQ(control[1].light, Light::Amber) << "2 of 2.1 ha";
    EXPECT_EQ(control[2].light, Light::Red) << "50 % where 40 % is the most";
    EXPECT_NEAR(control[2].intensityHeadroom, -0.1, 1e-12);
    EXPECT_EQ(control[3].light, Light::None);
}

TEST_F(Intensity, LowEfficiencyNeedsBothThresholds) {
    const Parcels parcels = parcelsFrom({"abcd"},
                                        {{'a', {"1001", 5000, 0, 10}}, {'b', {"1001", 5000, 0, 9000}}, {'c', {"1001", 20000, 0, 10}}, {'d', {"0701", 100, 0, 0}}},
                                        landUse);
    const auto low = lowEfficiency(parcels, {0.8, 50});
    ASSERT_EQ(low.size(), 1U);
    EXPECT_EQ(parcels.fids[low[0].parcel], 'a');
    EXPECT_TRUE(lowEfficiency(parcels, {0, 0}).empty());
}

TEST_F(Intensity, ScenarioTakesGroundAndItsShareOfFloorAreaFromOldParcels) {
    const Parcels before = parcelsFrom({"aaaa"}, {{'a', {"1001", 40000, 4000, 0}}}, landUse);
    const Parcels changes = parcelsFrom({"..nn"}, {{'n', {"0901", 90000, 9000, 0}}}, landUse);
    const Zones zones = zonesFrom({"ZZZZ"});
    const Parcels after = must(withChanges(before, changes, progress));
    const ZoneSums sums = must(sumUp(after, zones, std::nullopt, progress));
    EXPECT_DOUBLE_EQ(sums.all.floorArea.value(), 20000 + 90000);
    EXPECT_DOUBLE_EQ(sums.all.land.value(), 40000);
    EXPECT_DOUBLE_EQ(sums.all.industrial.value(), 20000);
}

TEST_F(Intensity, BuildOutNeverTakesAwayWhatStands) {
    Parcels parcels = parcelsFrom({"abc"}, {{'a', {"0701", 5000, 0, 0}}, {'b', {"0701", 30000, 0, 0}}, {'c', {"0701", 100, 0, 0}}}, landUse);
    parcels.permittedFar = {2, 2, std::numeric_limits<double>::quiet_NaN()};
    const Parcels built = builtOut(parcels);
    EXPECT_EQ(built.floorArea, (Amounts{20000, 30000, 100}));
}

TEST_F(Intensity, GridCellsFillTheirExtentExactly) {
    const Zones extent = zonesFrom({".LLL.",  //
                                    "LLLLL",  //
                                    ".LL.."});
    for (const GridShape shape : {GridShape::Square, GridShape::Hexagon}) {
        const Zones grid = must(gridOver(extent, shape, Metres(70), progress));
        double sum = 0;
        for (std::size_t i = 0; i < grid.size(); ++i) sum += areaOf(grid.geometry, i).value;
        EXPECT_NEAR(sum, 100000, 1e-6);
        EXPECT_TRUE(must(overlaps(grid.geometry, SquareMetres(1e-6), progress)).empty());
    }
    EXPECT_EQ(gridOver(extent, GridShape::Square, Metres(0.01), progress).error().code, ErrorCode::BadArgument);
}

TEST_F(Intensity, CrossedLayersDivideOneAnother) {
    const Zones both = must(crossed(zonesFrom({"AAABBB"}), zonesFrom({"PPQQQQ"}), progress));
    EXPECT_EQ(both.codes, (std::vector<std::string>{"A × P", "A × Q", "B × Q"}));
}

TEST_F(Intensity, UnknownCodesAreNoConstructionLandAndAreNamed) {
    EXPECT_FALSE(landUse.classify("R2").known);
    EXPECT_FALSE(landUse.classify("R2").construction);
    EXPECT_TRUE(landUse.classify("0701").construction);
    EXPECT_FALSE(landUse.classify("0601").construction);
    EXPECT_TRUE(must(LandUse::from(productCatalogue(), {"*"})).classify("R2").construction);
}

/// A plan with the sample's tables, so that the whole run can be looked at.
class IntensityRunTest : public ::testing::Test {
protected:
    IntensityRunTest() : plan(must(plan::Plan::create(folder / "p.gpkg", catalogue, {}))) {
        insert("clusters", {{"code", "L"}, {"name", "左"}}, "MULTIPOLYGON (((0 0, 300 0, 300 200, 0 200, 0 0)))");
        insert("clusters", {{"code", "R"}, {"name", "右"}}, "MULTIPOLYGON (((300 0, 600 0, 600 200, 300 200, 300 0)))");
        insert("district", {{"code", "D"}, {"name", "区"}}, "MULTIPOLYGON (((0 0, 600 0, 600 200, 0 200, 0 0)))");
    }
    void insert(const std::string& layer, const std::map<std::string, plan::Value>& values, const std::string& geometry) {
        const auto table = must(plan::tableOf(plan, layer));
        plan::Feature feature;
        feature.id.text = fmt::format("{:08}-0000-4000-8000-000000000000", ++count);
        feature.geometry = test::wkt(geometry);
        for (const auto& column : table.fields) feature.values.push_back(values.contains(column.name) ? values.at(column.name) : plan::Value{});
        auto change = must(plan::ChangeSet::begin(plan, {"test", "row", "edit", 0}));
        must(plan::insertFeature(plan, table, feature));
        must(change.commit());
    }
    Result<analysis::Outcome> run(const std::vector<std::pair<std::string, std::string>>& assignments = {}) {
        IntensityRun run;
        analysis::ParameterSet parameters;
        run.declare(parameters);
        for (const auto& [id, value] : assignments) must(parameters.assign(id, value));
        analysis::Inputs inputs(&plan, catalogue);
        if (auto prepared = run.prepare(inputs, progress); !prepared) return tl::unexpected(prepared.error());
        return run.run(progress);
    }
    test::TempFolder folder;
    catalogue::Catalogue catalogue = productCatalogue();
    plan::Plan plan;
    Progress progress;
    int count = 0;
};

TEST_F(IntensityRunTest, ZonesClustersAndDistrictCloseToTheSameSum) {
    insert("parcels", {{"code", "1"}, {"land_use", "0701"}, {"floor_area_m2", 9000.0}}, "MULTIPOLYGON (((100 0, 433.333 0, 400 200, 100 200, 100 0)))");
    const auto out = must(run());
    ASSERT_EQ(out.document["zones"].size(), 2U);
    ASSERT_EQ(out.document["levels"].size(), 1U) << "the clusters are the zones themselves";
    EXPECT_EQ(out.document["levels"][0]["layer"], "district");
    EXPECT_NEAR(out.document["levels"][0]["residual_m2"].get<double>(), 0, 1e-9);
    EXPECT_NEAR(out.document["residual_m2"].get<double>(), 0, 1e-9);
    EXPECT_NEAR(out.document["totals"]["floor_area_m2"].get<double>(), 9000, 1e-9);
    EXPECT_EQ(out.document["zones"][0]["parcels_cut"], 1);
}

TEST_F(IntensityRunTest, BadRowsAreNamedAndCountsBalance) {
    insert("parcels", {{"code", "1"}, {"land_use", "0701"}, {"floor_area_m2", -5.0}}, "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)))");
    insert("parcels", {{"code", "2"}, {"land_use", "R2"}}, "MULTIPOLYGON (((100 0, 200 0, 200 100, 100 100, 100 0)))");
    insert("parcels", {{"code", "3"}, {"land_use", "0801"}}, "MULTIPOLYGON (((200 0, 300 100, 300 0, 200 100, 200 0)))");
    insert("parcels", {{"code", "4"}, {"land_use", "0801"}}, "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)))");
    const auto out = must(run());
    std::map<std::string, int> faults;
    for (const auto& fault : out.document["faults"]) faults[fault["kind"]] = fault["count"];
    EXPECT_EQ(faults, (std::map<std::string, int>{{"negative_value", 1}, {"unknown_code", 1}, {"invalid", 1}, {"duplicate", 1}}));
    EXPECT_EQ(out.document["parcels"]["read"], 4);
    EXPECT_EQ(out.document["parcels"]["counted"], 3);
    EXPECT_EQ(out.document["parcels"]["left_out"], 1);
    const auto faultLayer = std::find_if(out.layers.begin(), out.layers.end(), [](const auto& l) { return l.id == "intensity_faults"; });
    EXPECT_EQ(faultLayer->features.size(), 4U);
}

TEST_F(IntensityRunTest, OverlappingZonesAreNamed) {
    insert("clusters", {{"code", "X"}, {"name", "叠"}}, "MULTIPOLYGON (((250 50, 350 50, 350 150, 250 150, 250 50)))");
    insert("parcels", {{"code", "1"}, {"land_use", "0701"}}, "MULTIPOLYGON (((0 0, 600 0, 600 200, 0 200, 0 0)))");
    const auto out = must(run());
    EXPECT_EQ(out.document["zones_overlap"], true);
    int overlapping = 0;
    for (const auto& fault : out.document["faults"]) overlapping += fault["kind"] == "zone_overlap" ? fault["count"].get<int>() : 0;
    EXPECT_EQ(overlapping, 2) << "X with L and with R";
}

TEST_F(IntensityRunTest, MissingColumnsAreNamedAndTheirMeasuresEmpty) {
    test::writeFile(folder / "p.geojson", R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4549"}},"features":[
        {"type":"Feature","properties":{"use":"0701"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[100,0],[100,100],[0,0]]]}}]})");
    const std::string file = (folder / "p.geojson").string();
    const auto refused = run({{"parcels", file}});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::UnknownField);
    const auto out = must(run({{"parcels", file}, {"landuse_field", "use"}}));
    EXPECT_TRUE(out.document["totals"]["far"].is_null());
    EXPECT_FALSE(out.document["totals"]["intensity"].is_null());
    EXPECT_EQ(out.notices.size(), 5U);
    EXPECT_NE(out.notices[0].text.en.find("floor_area_m2"), std::string::npos);
}

TEST_F(IntensityRunTest, ALayerWithoutParcelsIsRefusedAndNamed) {
    const auto refused = run();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::SourceEmpty);
    EXPECT_EQ(refused.error().where, "parcels");
}

TEST_F(IntensityRunTest, StatedAreasAreHeldAgainstTheGeometryAndEveryParcelIsInOneBin) {
    insert("parcels", {{"code", "1"}, {"land_use", "0701"}, {"output_wan", 1.0}}, "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)))");     // 1 ha, says 1
    insert("parcels", {{"code", "2"}, {"land_use", "0701"}, {"output_wan", 1.5}}, "MULTIPOLYGON (((100 0, 200 0, 200 100, 100 100, 100 0)))");  // says 1.5
    insert("parcels", {{"code", "3"}, {"land_use", "0701"}}, "MULTIPOLYGON (((200 0, 300 0, 300 100, 200 100, 200 0)))");                    // says nothing
    const auto out = must(run({{"stated_area_field", "output_wan"}, {"output_field", ""}, {"area_unit", "ha"}, {"floor_area_field", ""}}));
    const auto& check = out.document["area_check"];
    EXPECT_EQ(check["without"], 1);
    std::vector<int> parcels;
    for (const auto& bin : check["bins"]) parcels.push_back(bin["parcels"]);
    EXPECT_EQ(parcels, (std::vector<int>{1, 0, 0, 1}));
    std::map<std::string, int> faults;
    for (const auto& fault : out.document["faults"]) faults[fault["kind"]] = fault["count"];
    EXPECT_EQ(faults, (std::map<std::string, int>{{"area_differs", 1}}));
    EXPECT_NEAR(out.document["totals"]["construction_m2"].get<double>(), 30000, 1e-6) << "nothing is computed from stated areas";
}

/// A stop asked for at any moment ends the run before the next moment.
TEST_F(IntensityRunTest, EveryReportOfProgressCanStopTheRun) {
    for (int i = 0; i < 6; ++i) {
        insert("parcels", {{"code", std::to_string(i)}, {"land_use", "0701"}, {"permitted_far", 2.0}},
               fmt::format("MULTIPOLYGON ((({0} 0, {1} 0, {1} 200, {0} 200, {0} 0)))", 100 * i, 100 * i + 100));
    }
    struct StopAt final : Progress {
        explicit StopAt(int last) : left(last) {}
        bool report(double, std::string_view) override { return --left > 0; }
        int left;
    };
    const auto runWith = [&](Progress& stop) -> Result<analysis::Outcome> {
        IntensityRun run;
        analysis::ParameterSet parameters;
        run.declare(parameters);
        must(parameters.assign("build_out", "true"));
        analysis::Inputs inputs(&plan, catalogue);
        if (auto prepared = run.prepare(inputs, stop); !prepared) return tl::unexpected(prepared.error());
        return run.run(stop);
    };
    StopAt never(1 << 30);
    must(runWith(never));
    const int moments = (1 << 30) - never.left;
    EXPECT_GT(moments, 5);
    for (int last = 1; last <= moments; ++last) {
        StopAt stop(last);
        const auto stopped = runWith(stop);
        ASSERT_FALSE(stopped.has_value()) << "moment " << last << " of " << moments;
        EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
        EXPECT_EQ(stop.left, 0) << "nothing more is reported after the stop";
    }
}

TEST_F(IntensityRunTest, ScenarioAndBuildOutGiveBeforeAndAfterInOneRun) {
    insert("parcels", {{"code", "1"}, {"land_use", "1001"}, {"floor_area_m2", 6000.0}, {"permitted_far", 1.5}}, "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)))");
    const auto out = must(run({{"build_out", "true"}}));
    EXPECT_EQ(out.document["zones"][0]["floor_area_m2"], 6000);
    EXPECT_EQ(out.document["zones"][0]["after"]["floor_area_m2"], 15000);
    const auto difference = std::find_if(out.tables.begin(), out.tables.end(), [](const auto& t) { return t.id == "difference"; });
    EXPECT_NE(difference, out.tables.end());
}

TEST_F(IntensityRunTest, EllipsoidalAreasSayTheirMethod) {
    insert("parcels", {{"code", "1"}, {"land_use", "0701"}}, "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)))");
    const auto planar = must(run());
    const auto ellipsoidal = must(run({{"area", "ellipsoidal"}}));
    EXPECT_EQ(planar.document["area_method"], "planar");
    EXPECT_EQ(ellipsoidal.document["area_method"], "ellipsoidal");
    const double a = planar.document["totals"]["construction_m2"];
    const double b = ellipsoidal.document["totals"]["construction_m2"];
    EXPECT_NE(a, b);
    EXPECT_NEAR(b / a, 1, 0.02) << "5 degrees west of the central meridian";
}

TEST_F(IntensityRunTest, SameInputGivesTheSameDocument) {
    insert("parcels", {{"code", "1"}, {"land_use", "0701"}}, "MULTIPOLYGON (((17.123 0, 411.2 3.3, 380 177, 40 190, 17.123 0)))");
    EXPECT_EQ(must(run()).document.dump(), must(run()).document.dump());
}

}  // namespace
}  // namespace zonewright::intensity
