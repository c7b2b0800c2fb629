#include <cmath>

#include <gtest/gtest.h>

#include "core/analysis/chart.h"
#include "core/analysis/class_breaks.h"
#include "core/analysis/outcome_json.h"
#include "core/analysis/table_chart.h"

namespace zonewright::analysis {
namespace {

Localized both(const char* text) { return {text, text}; }

bool has(const std::string& svg, const std::string& part) { return svg.find(part) != std::string::npos; }

TEST(Charts, NamesAreEscapedEveryBarIsDrawnAndLimitsAreMarked) {
    const std::string svg = toSvg(BarChart{both("A & B"), both("%"), 1, {{both("<x>"), 10}, {both("y"), 40, "#cc3311", 30}}, {{both("cap"), ""}}, {both("planar")}}, Language::English);
    EXPECT_TRUE(has(svg, "A &amp; B (%)"));
    EXPECT_TRUE(has(svg, "&lt;x&gt;"));
    EXPECT_TRUE(has(svg, "width=\"644.00\" height=\"18\" fill=\"#cc3311\"")) << "40 of an axis of 644 that ends at 40";
    EXPECT_TRUE(has(svg, "width=\"161.00\" height=\"18\""));
    EXPECT_TRUE(has(svg, "x1=\"563.0\" y1=\"110\"")) << "30 of it, across the second bar: " << svg;
    EXPECT_TRUE(has(svg, ">planar</text>"));
}

TEST(Charts, ABarBelowNoughtGoesToTheLeft) {
    const std::string svg = toSvg(BarChart{both("d"), {}, 0, {{both("a"), -40}, {both("b"), 40}}, {}, {}}, Language::English);
    // 800 wide: 80 of labels, 76 of room on either side; nought in the middle of what is left.
    EXPECT_TRUE(has(svg, "<rect x=\"156.0\" y=\"87\" width=\"284.00\"")) << svg;
    EXPECT_TRUE(has(svg, "<rect x=\"440.0\" y=\"113\" width=\"284.00\"")) << svg;
}

TEST(Charts, ALineGoesThroughItsPointsAndStaysWithinItsAxes) {
    LineChart chart{both("People"), {both("Time"), both("min"), 0}, {both("People"), both("10k"), 0}, {}, 30, {}};
    chart.lines.push_back({both("before"), "#4477aa", true, {{0, 0}, {30, 50}, {60, 100}}});
    const std::string svg = toSvg(chart, Language::English);
    // Plot from x = 20 + width of "100" + 10 to 760, y = 426 (0) to 86 (100).
    EXPECT_TRUE(has(svg, ",426.0 ")) << svg;
    EXPECT_TRUE(has(svg, ",256.0 "));
    EXPECT_TRUE(has(svg, "760.0,86.0\"")) << svg;
    EXPECT_TRUE(has(svg, "stroke-dasharray=\"6 4\""));
    EXPECT_TRUE(has(svg, "Time (min)"));
}

TEST(Charts, AxesHoldTheirValuesWithAtMostSixRoundTicks) {
    for (const auto& [least, most] : {std::pair(0.0, 1.0), {0.0, 0.37}, {-3.0, 12.0}, {-0.02, 0.0}, {0.0, 98765.0}, {0.0, 0.0}}) {
        const AxisScale axis = axisOver(least, most);
        EXPECT_LE(axis.from, least);
        EXPECT_GE(axis.to, most);
        EXPECT_LE((axis.to - axis.from) / axis.step, 6.5) << least << " " << most;
        const double mantissa = axis.step / std::pow(10.0, std::floor(std::log10(axis.step) + 1e-9));
        EXPECT_TRUE(std::abs(mantissa - 1) < 1e-6 || std::abs(mantissa - 2) < 1e-6 || std::abs(mantissa - 2.5) < 1e-6 || std::abs(mantissa - 5) < 1e-6) << mantissa;
    }
}

Table zones() {
    return {"zones",
            both("Zones"),
            {{"zone", both("Zone"), "", 0, {}}, {"name", both("Name"), "", 0, {}}, {"area", both("Area"), "ha", 1, {}}, {"share", both("Share"), "%", 1, both("a / b"), "cap", 100}},
            {{std::string("z1"), Localized{"湖塘", "Hutang"}, 10.5, 20.0}, {std::string("z2"), Localized{"牛塘", "Niutang"}, 4.0, Cell()}, {Localized{"合计", "Total"}, Cell(), 14.5, 30.0}},
            {both("planar")},
            false,
            TableSource{"caps", {{"zone_layer", "towns"}}, "zone", "zone"}};
}

TEST(TableCharts, BarsAreTheNamedRowsWithAValueAndTellTheirMethod) {
    const Table table = zones();
    EXPECT_EQ(measuresOf(table), (std::vector<std::size_t>{2, 3}));
    EXPECT_EQ(usualMeasure(table), 3u) << "a ratio before an area";
    const TableBars bars = barsOf(table, 2);
    ASSERT_EQ(bars.chart.bars.size(), 2u) << "the sum has no name";
    EXPECT_EQ(bars.chart.bars[1].label.en, "Niutang");
    EXPECT_EQ(bars.rows, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(barsOf(table, 3).chart.bars.size(), 1u);
    EXPECT_EQ(barsOf(table, 3).chart.notes.front().en, "Share = a / b");
    EXPECT_EQ(barsOf(table, 2, 1).chart.notes.front().en, "the first 1 of 2");
    EXPECT_EQ(rowAbout(table, {"nothing", "Niutang"}), 1u);
    EXPECT_EQ(rowAbout(table, {"nothing"}), std::nullopt);
}

TEST(Choropleths, EveryValueIsInOneClassAndSharesAreNamedAsPercentages) {
    const Column column{"share", both("Share"), "%", 1, {}};
    const Choropleth map = choroplethOf({0.1, 0.2, 0.3, 0.4, 0.5, 0.5, std::nan("")}, column, 100);
    ASSERT_EQ(map.classes.size(), 4u) << "ties stay together";
    EXPECT_EQ(map.classes.front().from, 0.1);
    EXPECT_EQ(map.classes.back().to, 0.5);
    for (std::size_t c = 1; c < map.classes.size(); ++c) EXPECT_EQ(map.classes[c].from, map.classes[c - 1].to);
    EXPECT_EQ(map.classes[1].label, "20.0 – 30.0 %");
    EXPECT_EQ(map.title.en, "Share (%), quantiles");
    EXPECT_TRUE(choroplethOf({}, column).classes.empty());
}

TEST(Choropleths, LossesAndGainsHaveColoursOfTheirOwn) {
    const Choropleth map = choroplethOf({-3, 1, 6}, {"d", both("Difference"), "ha", 1, {}});
    ASSERT_EQ(map.classes.size(), 6u);
    EXPECT_EQ(map.classes[2].to, 0) << "nought divides them";
    EXPECT_EQ(map.classes.front().from, -6);
    EXPECT_EQ(map.classes.back().to, 6);
    EXPECT_NE(map.classes[2].colour, map.classes[3].colour);
}

TEST(KeptOutcomes, TablesAndChartsReadAsTheyWereWritten) {
    const std::vector<Table> tables{zones(), {"zones", both("Of the same id"), {{"n", both("N"), "", 0, {}}}, {{std::int64_t{3}}, {3.0}}, {}, true}};
    const auto json = nlohmann::ordered_json::parse(detail::tablesJson(tables).dump());
    const std::vector<Table> read = detail::tablesFrom(json);
    EXPECT_EQ(detail::tablesJson(read).dump(), json.dump());
    ASSERT_EQ(read.size(), 2u);
    EXPECT_TRUE(std::holds_alternative<std::int64_t>(read[1].rows[0][0]));
    EXPECT_TRUE(std::holds_alternative<double>(read[1].rows[1][0])) << "3.0 is no whole number";
    EXPECT_TRUE(read[1].sheetOnly);
    ASSERT_TRUE(read[0].source);
    EXPECT_EQ(read[0].source->fixed, tables[0].source->fixed);
    EXPECT_EQ(read[0].columns[3].scale, 100);

    BarChart bars{both("b"), both("%"), 1, {{both("x"), 1.5, "#123456", 2.0}, {both("y"), std::nan("")}}, {{both("cap"), ""}}, {both("note")}};
    LineChart lines{both("l"), {both("t"), both("min"), 0}, {both("p"), {}, 0}, {{both("before"), "#000000", true, {{0, 1}, {2, 3}}}}, 30, {}};
    const std::vector<Chart> charts{{"bars", bars}, {"lines", lines}};
    const std::vector<Chart> again = detail::chartsFrom(nlohmann::ordered_json::parse(detail::chartsJson(charts).dump()));
    ASSERT_EQ(again.size(), 2u);
    for (std::size_t i = 0; i < charts.size(); ++i) EXPECT_EQ(toSvg(again[i].drawing, Language::Chinese), toSvg(charts[i].drawing, Language::Chinese));
}

TEST(KeptOutcomes, TablesOfVersionsThatKeptNoColumnsAreHeadedByTheirKeys) {
    const auto read = detail::tablesFrom(nlohmann::ordered_json::parse(R"({"t": {"title": {"zh": "表", "en": "T"}, "rows": [{"zone": "z1", "ha": 2.5}]}})"));
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0].columns[1].title.zh, "ha");
    EXPECT_EQ(std::get<double>(read[0].rows[0][1]), 2.5);
}

}  // namespace
}  // namespace zonewright::analysis
