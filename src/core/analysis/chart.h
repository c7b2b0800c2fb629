#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/localized.h"

namespace zonewright::analysis {

struct Bar {
    std::string label;
    double value = 0;
    std::string colour = "#4477aa";
    std::optional<double> limit = {};  ///< marked across the bar: its cap
};

/// What a colour of the bars, or the mark of their limits, says.
struct ChartKey {
    std::string text;
    std::string colour;  ///< empty for the mark of the limits
};

struct BarChart {
    std::string title;
    std::string unit;
    int decimals = 2;
    std::vector<Bar> bars;
    std::vector<ChartKey> keys;
    std::string note;  ///< below: method and source
};

/// Horizontal bars with labels and values, readable without its program; the same chart gives the same bytes.
[[nodiscard]] std::string toSvg(const BarChart& chart);

}  // namespace zonewright::analysis
