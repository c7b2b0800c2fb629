#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/analysis/chart_svg.h"

namespace zonewright::analysis {
namespace {

using namespace svg;

constexpr double kValueRoom = 76;
constexpr double kRow = 26;
constexpr double kBarHeight = 18;

std::string keysOf(const std::vector<ChartKey>& keys, Language language) {
    std::string out;
    double x = kMargin;
    for (const ChartKey& key : keys) {
        const std::string& words = key.text.in(language);
        out += key.colour.empty() ? fmt::format("<line x1=\"{0:.1f}\" y1=\"46\" x2=\"{0:.1f}\" y2=\"62\" stroke=\"#222222\" stroke-width=\"2\"/>\n", x + 6)
                                  : fmt::format("<rect x=\"{:.1f}\" y=\"48\" width=\"12\" height=\"12\" fill=\"{}\"/>\n", x, escaped(key.colour));
        out += fmt::format("<text x=\"{:.1f}\" y=\"59\" fill=\"#333333\">{}</text>\n", x + 18, escaped(words));
        x += 18 + widthOf(words) + 24;
    }
    return out;
}

/// Where values lie across the picture.
struct Across {
    double left = 0;
    double width = 0;
    AxisScale scale;
    [[nodiscard]] double operator()(double value) const { return left + (value - scale.from) / (scale.to - scale.from) * width; }
};

Across acrossOf(const BarChart& chart, Language language, double width) {
    double least = 0;
    double most = 0;
    double left = 80;
    for (const Bar& bar : chart.bars) {
        if (std::isfinite(bar.value)) {
            least = std::min(least, bar.value);
            most = std::max(most, bar.value);
        }
        most = std::max(most, bar.limit.value_or(0));
        left = std::max(left, kMargin + widthOf(bar.label.in(language)) + 8);
    }
    left = std::min(left, width / 2);
    // The value of a bar to the left of 0 stands at its left.
    const double room = least < 0 ? kValueRoom : 0;
    return {left + room, width - left - room - kValueRoom, axisOver(least, most)};
}

}  // namespace

std::string toSvg(const BarChart& chart, Language language, double width) {
    const Across at = acrossOf(chart, language, width);
    const double labels = at.scale.from < 0 ? at.left - kValueRoom : at.left;
    const std::vector<std::string> notes = linesOf(chart.notes, language, width);
    const double bottom = kTop + kRow * static_cast<double>(chart.bars.size());
    std::string svg = begin(withUnit(chart.title, chart.unit).in(language), width, bottom + footHeight(notes));
    svg += keysOf(chart.keys, language);
    const auto ticks = static_cast<int>(std::lround((at.scale.to - at.scale.from) / at.scale.step));
    for (int tick = 0; tick <= ticks; ++tick) {
        const double value = at.scale.from + tick * at.scale.step;
        const bool zero = std::abs(value) < at.scale.step / 2;
        svg += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"{3}\"/>\n", at(value), kTop - 6, bottom, zero ? "#888888" : "#dddddd");
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555555\">{}</text>\n", at(value), bottom + 18, tickText(value));
    }
    double y = kTop;
    for (const Bar& bar : chart.bars) {
        const bool there = std::isfinite(bar.value);
        const std::string value = there ? fmt::format("{:.{}f}", bar.value, chart.decimals) : "-";
        const double from = at(there ? std::min(bar.value, 0.0) : 0);
        const double to = at(there ? std::max(bar.value, 0.0) : 0);
        double reach = to;
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", labels - 8, y + 15, escaped(bar.label.in(language)));
        svg += fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.2f}\" height=\"{}\" fill=\"{}\"/>\n", from, y + 1, to - from, kBarHeight, escaped(bar.colour));
        if (bar.limit) {
            const double x = at(*bar.limit);
            svg += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#222222\" stroke-width=\"2\"/>\n", x, y - 2, y + 22);
            if (x > reach - 4 && x < reach + 8 + widthOf(value)) reach = x;  // the value stands clear of the mark
        }
        const bool leftwards = there && bar.value < 0;
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\"{}>{}</text>\n", leftwards ? from - 6 : reach + 6, y + 15, leftwards ? " text-anchor=\"end\"" : "", value);
        y += kRow;
    }
    return svg + end(notes, bottom);
}

}  // namespace zonewright::analysis
