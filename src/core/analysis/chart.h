#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/localized.h"

/// Charts of results as values: a module declares what is to be shown; the command line writes it as SVG, the desktop shows
/// it and writes the same SVG.
namespace zonewright::analysis {

struct Bar {
    Localized label;
    double value = 0;
    std::string colour = "#4477aa";
    std::optional<double> limit = {};  ///< marked across the bar: its cap
};

/// What a colour of the bars, or the mark of their limits, says.
struct ChartKey {
    Localized text;
    std::string colour;  ///< empty for the mark of the limits
};

struct BarChart {
    Localized title;
    Localized unit;
    int decimals = 2;
    std::vector<Bar> bars;  ///< top to bottom
    std::vector<ChartKey> keys;
    std::vector<Localized> notes;  ///< below, one a line: method and source
};

/// A curve through points of ascending x.
struct Line {
    Localized label;
    std::string colour = "#4477aa";
    bool dashed = false;
    std::vector<std::pair<double, double>> points;  ///< x, y
};

struct ChartAxis {
    Localized title;
    Localized unit;
    int decimals = 0;
};

struct LineChart {
    Localized title;
    ChartAxis x;
    ChartAxis y;
    std::vector<Line> lines;
    std::optional<double> mark = {};  ///< an x that matters, such as a limit; drawn upright
    std::vector<Localized> notes;     ///< below, one a line: method and source
};

inline constexpr double kChartWidth = 800;
/// In the column beside the map of a sheet, some 80 mm wide, letters are then 2.2 mm high (6 points).
inline constexpr double kSheetChartWidth = 470;

using Drawing = std::variant<BarChart, LineChart>;

/// Drawn with title, unit, values and notes on white, readable without its program and fit for print; the same chart gives
/// the same bytes. Horizontal bars; a value below 0 goes to the left of 0. `width` in pixels of which letters are 13 high.
[[nodiscard]] std::string toSvg(const BarChart& chart, Language language, double width = kChartWidth);
[[nodiscard]] std::string toSvg(const LineChart& chart, Language language, double width = kChartWidth);
[[nodiscard]] std::string toSvg(const Drawing& drawing, Language language, double width = kChartWidth);

[[nodiscard]] const Localized& titleOf(const Drawing& drawing);
[[nodiscard]] std::vector<Localized>& notesOf(Drawing& drawing);

/// "标题 (单位)"; the title alone without a unit.
[[nodiscard]] Localized withUnit(const Localized& title, const Localized& unit);

/// Where an axis begins and ends, and its round steps of 1, 2, 2.5 or 5 x 10^n; holds 0 and every value.
struct AxisScale {
    double from = 0;
    double to = 1;
    double step = 0.25;
};
[[nodiscard]] AxisScale axisOver(double least, double most);

}  // namespace zonewright::analysis
