#include "core/analysis/class_breaks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace zonewright::analysis {
namespace {

// Light to dark; the ramp of styles/intensity_result.qml.
constexpr std::array<const char*, 5> kOneHue{"#fff7e2", "#fed99c", "#fcaa65", "#e86e42", "#b23028"};
// Below nought to above it: ColorBrewer RdBu, reversed.
constexpr std::array<const char*, 6> kTwoHues{"#2166ac", "#67a9cf", "#d1e5f0", "#fddbc7", "#ef8a62", "#b2182b"};

std::string rangeText(std::pair<double, double> range, const Column& column, double scale) {
    const auto said = [&](double value) { return cellText(value * scale, column, Language::Chinese); };
    const std::string from = said(range.first);
    const std::string to = said(range.second);
    const std::string unit = column.unit.empty() ? "" : " " + column.unit;
    return from == to ? to + unit : fmt::format("{} – {}{}", from, to, unit);
}

}  // namespace

std::int64_t ClassBreaks::classOf(double value) const {
    if (std::isnan(value)) return 0;
    const auto at = std::lower_bound(upper.begin(), upper.end(), value);
    return std::min<std::int64_t>(at - upper.begin(), static_cast<std::int64_t>(upper.size()) - 1) + 1;
}

ClassBreaks quantiles(std::vector<double> values, std::size_t classes) {
    std::erase_if(values, [](double v) { return std::isnan(v); });
    std::sort(values.begin(), values.end());
    ClassBreaks out;
    for (std::size_t c = 1; c <= classes && !values.empty(); ++c) {
        const double bound = values[(values.size() * c + classes - 1) / classes - 1];
        if (out.upper.empty() || bound > out.upper.back()) out.upper.push_back(bound);
    }
    return out;
}

Choropleth choroplethOf(const std::vector<double>& values, const Column& column, double scale) {
    Choropleth out;
    std::vector<double> known;
    std::copy_if(values.begin(), values.end(), std::back_inserter(known), [](double v) { return std::isfinite(v); });
    const Localized measure{heading(column, Language::Chinese), heading(column, Language::English)};
    out.title = measure;
    if (known.empty()) return out;
    const auto [least, most] = std::minmax_element(known.begin(), known.end());
    if (*least < 0 && *most > 0) {
        const double reach = std::max(-*least, *most);
        const double width = reach / (kTwoHues.size() / 2);
        for (std::size_t c = 0; c < kTwoHues.size(); ++c) {
            const std::pair range(-reach + width * static_cast<double>(c), c + 1 == kTwoHues.size() ? reach : -reach + width * static_cast<double>(c + 1));
            out.classes.push_back({range.first, range.second, rangeText(range, column, scale), kTwoHues[c]});
        }
        out.title = {measure.zh + "，等距分级", measure.en + ", equal intervals"};
        return out;
    }
    const ClassBreaks breaks = quantiles(known, kOneHue.size());
    for (std::size_t c = 0; c < breaks.upper.size(); ++c) {
        const std::pair range(c == 0 ? *least : breaks.upper[c - 1], breaks.upper[c]);
        // Fewer classes than colours span the ramp all the same.
        const std::size_t colour = breaks.upper.size() == 1 ? 2 : c * (kOneHue.size() - 1) / (breaks.upper.size() - 1);
        out.classes.push_back({range.first, range.second, rangeText(range, column, scale), kOneHue[colour]});
    }
    out.title = {measure.zh + "，分位数分级", measure.en + ", quantiles"};
    return out;
}

}  // namespace zonewright::analysis
