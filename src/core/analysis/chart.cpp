#include "core/analysis/chart.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace zonewright::analysis {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

/// The next of 1, 2, 2.5, 5 x 10^n above a value: a round end of the axis.
double roundAbove(double value) {
    if (!(value > 0)) return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 2.5, 5.0}) {
        if (value <= step * power) return step * power;
    }
    return 10 * power;
}

}  // namespace

std::string toSvg(const BarChart& chart) {
    constexpr double kLeft = 150;
    constexpr double kWidth = 560;
    constexpr double kRow = 26;
    constexpr double kTop = 56;
    double largest = chart.limit;
    for (const Bar& bar : chart.bars) {
        if (std::isfinite(bar.value)) largest = std::max(largest, bar.value);
    }
    const double end = roundAbove(largest);
    const double bottom = kTop + kRow * static_cast<double>(chart.bars.size());
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"{0}\" viewBox=\"0 0 800 {0}\" "
        "font-family=\"Noto Sans CJK SC, Noto Sans, sans-serif\" font-size=\"13\">\n"
        "<rect width=\"800\" height=\"{0}\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"30\" "
        "font-size=\"18\">{1}</text>\n",
        bottom + 64, escaped(chart.title));
    for (int tick = 0; tick <= 4; ++tick) {
        const double x = kLeft + kWidth * tick / 4;
        svg += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#dddddd\"/>\n",
                           x, kTop - 6, bottom);
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555555\">{}</text>\n",
                           x, bottom + 18, end * tick / 4);
    }
    double y = kTop;
    for (const Bar& bar : chart.bars) {
        const double length = std::isfinite(bar.value) ? std::max(0.0, bar.value / end * kWidth) : 0;
        const std::string value =
            std::isfinite(bar.value) ? fmt::format("{:.{}f}", bar.value, chart.decimals) : "-";
        svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", kLeft - 8, y + 15,
                           escaped(bar.label));
        svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{:.2f}\" height=\"18\" fill=\"{}\"/>\n", kLeft,
                           y + 1, length, escaped(bar.colour));
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\">{} {}</text>\n", kLeft + length + 6, y + 15, value,
                           escaped(bar.mark));
        y += kRow;
    }
    if (chart.limit > 0) {
        const double x = kLeft + chart.limit / end * kWidth;
        svg += fmt::format(
            "<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#cc3311\" "
            "stroke-width=\"2\"/>\n",
            x, kTop - 6, bottom);
    }
    svg += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"#555555\">{}</text>\n", kLeft, bottom + 36,
                       escaped(chart.unit));
    svg += fmt::format("<text x=\"20\" y=\"{}\" fill=\"#555555\" font-size=\"11\">{}</text>\n</svg>\n",
                       bottom + 54, escaped(chart.note));
    return svg;
}

}  // namespace zonewright::analysis
