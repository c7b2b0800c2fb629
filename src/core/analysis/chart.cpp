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

constexpr double kWhole = 800;
constexpr double kMargin = 20;
constexpr double kValueRoom = 76;
constexpr double kRow = 26;
constexpr double kTop = 86;
constexpr double kFont = 13;

/// Width in pixels, taken for drawn: an ideograph is as wide as it is high, a letter about 0.58 of that.
double widthOf(std::string_view text) {
    double width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) width += 0.58 * kFont;
        else if (byte >= 0xE0) width += kFont;
        else if (byte >= 0xC0) width += 0.58 * kFont;
    }
    return width;
}

std::string keysOf(const std::vector<ChartKey>& keys) {
    std::string svg;
    double x = kMargin;
    for (const ChartKey& key : keys) {
        svg += key.colour.empty() ? fmt::format("<line x1=\"{0:.1f}\" y1=\"46\" x2=\"{0:.1f}\" y2=\"62\" stroke=\"#222222\" stroke-width=\"2\"/>\n", x + 6)
                                  : fmt::format("<rect x=\"{:.1f}\" y=\"48\" width=\"12\" height=\"12\" fill=\"{}\"/>\n", x, escaped(key.colour));
        svg += fmt::format("<text x=\"{:.1f}\" y=\"59\" fill=\"#333333\">{}</text>\n", x + 18, escaped(key.text));
        x += 18 + widthOf(key.text) + 24;
    }
    return svg;
}

}  // namespace

std::string toSvg(const BarChart& chart) {
    double largest = 0;
    double left = 80;
    for (const Bar& bar : chart.bars) {
        if (std::isfinite(bar.value)) largest = std::max(largest, bar.value);
        largest = std::max(largest, bar.limit.value_or(0));
        left = std::max(left, kMargin + widthOf(bar.label) + 8);
    }
    left = std::min(left, kWhole / 2);
    const double width = kWhole - left - kValueRoom;
    const double end = roundAbove(largest);
    const double bottom = kTop + kRow * static_cast<double>(chart.bars.size());
    const std::string unit = chart.unit.empty() ? "" : " (" + chart.unit + ")";
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{2}\" height=\"{0}\" viewBox=\"0 0 {2} {0}\" "
        "font-family=\"Noto Sans CJK SC, Noto Sans, sans-serif\" font-size=\"{3}\">\n"
        "<rect width=\"{2}\" height=\"{0}\" fill=\"#ffffff\"/>\n<text x=\"{4}\" y=\"30\" font-size=\"18\">{1}</text>\n",
        bottom + 52, escaped(chart.title + unit), kWhole, kFont, kMargin);
    svg += keysOf(chart.keys);
    for (int tick = 0; tick <= 4; ++tick) {
        const double x = left + width * tick / 4;
        svg += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#dddddd\"/>\n", x, kTop - 6, bottom);
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555555\">{}</text>\n", x, bottom + 18, end * tick / 4);
    }
    double y = kTop;
    for (const Bar& bar : chart.bars) {
        const double length = std::isfinite(bar.value) ? std::max(0.0, bar.value / end * width) : 0;
        const std::string value = std::isfinite(bar.value) ? fmt::format("{:.{}f}", bar.value, chart.decimals) : "-";
        double reach = left + length;
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", left - 8, y + 15, escaped(bar.label));
        svg += fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.2f}\" height=\"18\" fill=\"{}\"/>\n", left, y + 1, length, escaped(bar.colour));
        if (bar.limit) {
            const double x = left + *bar.limit / end * width;
            svg += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#222222\" stroke-width=\"2\"/>\n", x, y - 2, y + 22);
            if (x > reach - 4 && x < reach + 8 + widthOf(value)) reach = x;  // the value stands clear of the mark
        }
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\">{}</text>\n", reach + 6, y + 15, value);
        y += kRow;
    }
    svg += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"#555555\" font-size=\"11\">{}</text>\n</svg>\n", kMargin, bottom + 42, escaped(chart.note));
    return svg;
}

}  // namespace zonewright::analysis
