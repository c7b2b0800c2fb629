#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/analysis/chart_svg.h"

namespace zonewright::analysis {
namespace {

using namespace svg;

constexpr double kHeight = 340;  ///< of the plot
constexpr double kRight = 40;
constexpr double kAxisTitle = 22;

struct Plot {
    double left = 0;
    double right = 0;
    AxisScale across;
    AxisScale up;
    [[nodiscard]] double x(double value) const { return left + (value - across.from) / (across.to - across.from) * (right - left); }
    [[nodiscard]] double y(double value) const { return kTop + kHeight - (value - up.from) / (up.to - up.from) * kHeight; }
};

Plot plotOf(const LineChart& chart, double width) {
    double least[2] = {0, 0};
    double most[2] = {chart.mark.value_or(0), 0};
    for (const Line& line : chart.lines) {
        for (const auto& [x, y] : line.points) {
            if (!std::isfinite(x) || !std::isfinite(y)) continue;
            least[0] = std::min(least[0], x);
            most[0] = std::max(most[0], x);
            least[1] = std::min(least[1], y);
            most[1] = std::max(most[1], y);
        }
    }
    Plot plot{0, width - kRight, axisOver(least[0], most[0]), axisOver(least[1], most[1])};
    plot.left = kMargin + std::max(widthOf(tickText(plot.up.to)), widthOf(tickText(plot.up.from))) + 10;
    return plot;
}

std::string keysOf(const LineChart& chart, Language language) {
    std::string out;
    double x = kMargin;
    for (const Line& line : chart.lines) {
        const std::string& words = line.label.in(language);
        out += fmt::format("<line x1=\"{:.1f}\" y1=\"54\" x2=\"{:.1f}\" y2=\"54\" stroke=\"{}\" stroke-width=\"2.5\"{}/>\n", x, x + 24, escaped(line.colour),
                           line.dashed ? " stroke-dasharray=\"6 4\"" : "");
        out += fmt::format("<text x=\"{:.1f}\" y=\"59\" fill=\"#333333\">{}</text>\n", x + 30, escaped(words));
        x += 30 + widthOf(words) + 24;
    }
    return out;
}

std::string axesOf(const LineChart& chart, const Plot& plot, Language language) {
    std::string out;
    const double bottom = kTop + kHeight;
    const auto ticks = [](const AxisScale& scale) { return static_cast<int>(std::lround((scale.to - scale.from) / scale.step)); };
    for (int tick = 0; tick <= ticks(plot.up); ++tick) {
        const double value = plot.up.from + tick * plot.up.step;
        out += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2}\" y2=\"{1:.1f}\" stroke=\"{3}\"/>\n", plot.left, plot.y(value), plot.right, tick == 0 ? "#888888" : "#dddddd");
        out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" fill=\"#555555\">{}</text>\n", plot.left - 8, plot.y(value) + 4.5, tickText(value));
    }
    for (int tick = 0; tick <= ticks(plot.across); ++tick) {
        const double value = plot.across.from + tick * plot.across.step;
        out += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#888888\"/>\n", plot.x(value), bottom, bottom + 5);
        out += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555555\">{}</text>\n", plot.x(value), bottom + 20, tickText(value));
    }
    out += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", (plot.left + plot.right) / 2, bottom + 20 + kAxisTitle,
                       escaped(withUnit(chart.x.title, chart.x.unit).in(language)));
    out += fmt::format("<text x=\"{:.1f}\" y=\"{}\" fill=\"#333333\">{}</text>\n", kMargin, kTop - 8, escaped(withUnit(chart.y.title, chart.y.unit).in(language)));
    return out;
}

}  // namespace

std::string toSvg(const LineChart& chart, Language language, double width) {
    const Plot plot = plotOf(chart, width);
    const std::vector<std::string> notes = linesOf(chart.notes, language, width);
    const double bottom = kTop + kHeight;
    std::string svg = begin(chart.title.in(language), width, bottom + kAxisTitle + footHeight(notes));
    svg += keysOf(chart, language);
    svg += axesOf(chart, plot, language);
    if (chart.mark) svg += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#222222\" stroke-dasharray=\"2 3\"/>\n", plot.x(*chart.mark), kTop, bottom);
    for (const Line& line : chart.lines) {
        std::string points;
        for (const auto& [x, y] : line.points) {
            if (std::isfinite(x) && std::isfinite(y)) points += fmt::format("{:.1f},{:.1f} ", plot.x(x), plot.y(y));
        }
        if (points.empty()) continue;
        points.pop_back();
        svg += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"{}/>\n", points, escaped(line.colour),
                           line.dashed ? " stroke-dasharray=\"6 4\"" : "");
    }
    return svg + end(notes, bottom + kAxisTitle);
}

}  // namespace zonewright::analysis
