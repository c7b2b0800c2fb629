#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "cartographer/test_plan.h"

namespace zonewright::cartographer {
namespace {

std::string wordsOf(const Error& error) { return describe(error, Language::English); }

TEST(Render, ZonesHaveTheColoursOfTheirStyle) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    const auto opened = cartographer.open(plan.file());
    ASSERT_TRUE(opened) << wordsOf(opened.error());
    EXPECT_EQ(opened->crs, "EPSG:4549");
    EXPECT_EQ(opened->layers, (std::vector<std::string>{"blocks", "district", "places", "zones"}));
    const auto drawn = cartographer.render(frameOf("zones"));
    ASSERT_TRUE(drawn) << wordsOf(drawn.error());
    ASSERT_EQ(drawn->frame.width, 400);
    ASSERT_EQ(drawn->frame.height, 300);
    EXPECT_PRED2([](Colour a, Colour b) { return near(a, b); }, colourAt(*drawn, kInA), kRed);
    EXPECT_PRED2([](Colour a, Colour b) { return near(a, b); }, colourAt(*drawn, kInB), kGreen);
}

TEST(Render, AVariantDrawsTheSameLayerAnotherWay) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    const auto pale = cartographer.render(frameOf("pale"));
    ASSERT_TRUE(pale) << wordsOf(pale.error());
    EXPECT_PRED2([](Colour a, Colour b) { return near(a, b); }, colourAt(*pale, kInA), (Colour{250, 230, 150}));
}

TEST(Render, MarksLieOnTopAndInPlace) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    RenderRequest request = frameOf("zones");
    request.view.extras = {{.name = "冲突", .marks = {{"POLYGON((481000 3491000,489000 3491000,489000 3499000,481000 3499000,481000 3491000))", ""}}}};
    const auto drawn = cartographer.render(request);
    ASSERT_TRUE(drawn) << wordsOf(drawn.error());
    EXPECT_FALSE(near(colourAt(*drawn, {481000, 3495000}), kRed, 1)) << "its outline is on the map";
    EXPECT_TRUE(near(colourAt(*drawn, {495000, 3495000}), kRed)) << "and nothing beside it";
}

TEST(Render, ANumberColoursAreasByItsClassesAndNamesThemInTheLegend) {
    const TestPlan plan;
    {
        std::ofstream result(plan / "result.geojson");
        const auto square = [](double x, double far) {
            return fmt::format(R"({{"type":"Feature","properties":{{"name":"x","far":{}}},"geometry":{{"type":"Polygon","coordinates":[[[{},{}],[{},{}],[{},{}],[{},{}],[{},{}]]]}}}})", far, x, kBottom, x + 20000,
                               kBottom, x + 20000, kBottom + 30000, x, kBottom + 30000, x, kBottom);
        };
        result << R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}},"features":[)" << square(kLeft, 0.5) << "," << square(kLeft + 20000, 2) << "]}";
    }
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    RenderRequest request = frameOf("zones");
    ExtraLayer extra;
    extra.name = "容积率，分位数分级";
    extra.source = plan / "result.geojson";
    extra.classes = {"far", 1, 2, "", {{0, 1, "0.00 – 1.00", "#2040c0"}, {1, 3, "1.00 – 3.00", "#f0f020"}}};
    request.view.extras = {extra};
    const auto drawn = cartographer.render(request);
    ASSERT_TRUE(drawn) << wordsOf(drawn.error());
    EXPECT_TRUE(near(colourAt(*drawn, kInA), Colour{0x20, 0x40, 0xc0}));
    EXPECT_TRUE(near(colourAt(*drawn, kInB), Colour{0xf0, 0xf0, 0x20}));
    LegendRequest legend;
    legend.view = request.view;
    const auto listed = cartographer.legend(legend);
    ASSERT_TRUE(listed) << wordsOf(listed.error());
    ASSERT_FALSE(listed->groups.empty());
    EXPECT_EQ(listed->groups[0].title, extra.name);
    ASSERT_EQ(listed->groups[0].entries.size(), 2U);
    EXPECT_EQ(listed->groups[0].entries[1].label, "1.00 – 3.00");
}

TEST(Render, TheLegendListsOnlyWhatIsInsideTheMap) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    LegendRequest request;
    request.view = {.theme = "zones", .layers = {}, .extras = {}, .language = Language::English};
    request.extent = {kLeft + 1000, kBottom + 1000, kLeft + 2000, kBottom + 2000};
    const auto west = cartographer.legend(request);
    ASSERT_TRUE(west) << wordsOf(west.error());
    ASSERT_EQ(west->groups.size(), 1U) << "no place is in this corner";
    EXPECT_EQ(west->groups[0].title, "Zones");
    ASSERT_EQ(west->groups[0].entries.size(), 1U);
    EXPECT_EQ(west->groups[0].entries[0].label, "Zone A");
    EXPECT_FALSE(west->groups[0].entries[0].png.empty());
    request.extent = {};
    request.view.language = Language::Chinese;
    const auto whole = cartographer.legend(request);
    ASSERT_TRUE(whole) << wordsOf(whole.error());
    ASSERT_EQ(whole->groups.size(), 2U);
    EXPECT_EQ(whole->groups[0].title, "驻地") << "in the theme's order";
    EXPECT_EQ(whole->groups[1].entries[2].label, "丙区");
}

TEST(Render, DrawingLeavesThePlanByteForByteAndNothingBesideIt) {
    const TestPlan plan("规划 plan.gpkg");
    const std::string before = plan.bytes();
    {
        Cartographer cartographer(testOptions());
        ASSERT_TRUE(cartographer.open(plan.file()));
        ASSERT_TRUE(cartographer.render(frameOf("zones")));
        ASSERT_TRUE(cartographer.render(frameOf("blocks")));
        ASSERT_TRUE(cartographer.refresh());
        ASSERT_TRUE(cartographer.render(frameOf("zones")));
        EXPECT_EQ(plan.files(), std::vector<std::string>{"规划 plan.gpkg"}) << "while it is open";
    }
    EXPECT_EQ(plan.bytes(), before);
    EXPECT_EQ(plan.files(), std::vector<std::string>{"规划 plan.gpkg"});
}

class Writer {
public:
    explicit Writer(const std::filesystem::path& file) {
        sqlite3_open(file.c_str(), &mHandle);
        // The triggers of the spatial index name functions that a GeoPackage's writer brings along.
        for (const char* name : {"ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"}) {
            sqlite3_create_function(mHandle, name, 1, SQLITE_UTF8, nullptr, [](sqlite3_context* out, int, sqlite3_value**) { sqlite3_result_int(out, 0); },
                                    nullptr, nullptr);
        }
        run("PRAGMA journal_mode = WAL");
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() {
        run("PRAGMA journal_mode = DELETE");
        sqlite3_close(mHandle);
    }
    int run(const char* sql) { return sqlite3_exec(mHandle, sql, nullptr, nullptr, nullptr); }

private:
    sqlite3* mHandle = nullptr;
};

TEST(Render, AWriterAndADrawingDoNotHinderEachOther) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    {
        Writer writer(plan.file());
        ASSERT_TRUE(cartographer.open(plan.file()));
        ASSERT_EQ(writer.run("BEGIN IMMEDIATE"), SQLITE_OK);
        ASSERT_EQ(writer.run("UPDATE zones SET code = 'b' WHERE code = 'a'"), SQLITE_OK);
        const auto during = cartographer.render(frameOf("zones"));
        ASSERT_TRUE(during) << wordsOf(during.error());
        EXPECT_TRUE(near(colourAt(*during, kInA), kRed)) << "what is not committed is not drawn";
        ASSERT_EQ(writer.run("COMMIT"), SQLITE_OK) << "a reader does not block it";
        ASSERT_TRUE(cartographer.refresh({"zones"}));
        const auto after = cartographer.render(frameOf("zones"));
        ASSERT_TRUE(after) << wordsOf(after.error());
        EXPECT_TRUE(near(colourAt(*after, kInA), kGreen)) << colourAt(*after, kInA);
    }
}

TEST(Render, WhatCannotBeDrawnIsNamed) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    const auto early = cartographer.render(frameOf("zones"));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::BadArgument) << "no plan is open";

    const auto missing = cartographer.open(plan / "none.gpkg");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::FileNotFound);
    test::writeFile(plan / "text.gpkg", "no database");
    const auto text = cartographer.open(plan / "text.gpkg");
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::NotAPlan);
    test::writeFile(plan / "half.gpkg", plan.bytes().substr(0, plan.bytes().size() / 2));
    const auto half = cartographer.open(plan / "half.gpkg");
    if (half) {  // the tables' list may lie in the first half; drawing must still end
        (void)cartographer.render(frameOf("blocks"));
    }

    ASSERT_TRUE(cartographer.open(plan.file()));
    const auto theme = cartographer.render(frameOf("nowhere"));
    ASSERT_FALSE(theme);
    EXPECT_EQ(theme.error().code, ErrorCode::UnknownTheme);
    EXPECT_NE(theme.error().detail.find("zones"), std::string::npos) << "it lists those there are: " << theme.error().detail;
    RenderRequest layers = frameOf("");
    layers.view.layers = {"rivers"};
    EXPECT_EQ(cartographer.render(layers).error().code, ErrorCode::UnknownLayer);
    RenderRequest empty = frameOf("zones");
    empty.width = 0;
    EXPECT_EQ(cartographer.render(empty).error().code, ErrorCode::BadArgument);
    RenderRequest mark = frameOf("zones");
    mark.view.extras = {{.name = "x", .marks = {{"POLYGON((", ""}}}};
    EXPECT_EQ(cartographer.render(mark).error().code, ErrorCode::BadGeometry);
    RenderRequest network = frameOf("zones");
    network.view.extras = {{.name = "x", .source = "/vsicurl/http://example.com/a.gpkg"}};
    EXPECT_EQ(cartographer.render(network).error().code, ErrorCode::FileNotFound);
    EXPECT_TRUE(cartographer.render(frameOf("zones"))) << "and the service still works";
}

}  // namespace
}  // namespace zonewright::cartographer
