#pragma once

#include <string>
#include <vector>

#include "core/base/localized.h"

namespace zonewright::analysis {

struct Bar {
    std::string label;
    double value = 0;
    std::string colour = "#4477aa";
    std::string mark;  ///< drawn behind the value: "red", "▲" ...; may be empty
};

struct BarChart {
    std::string title;
    std::string unit;
    int decimals = 2;
    std::vector<Bar> bars;
    double limit = 0;  ///< a line across at this value (a cap); 0 for none
    std::string note;  ///< below: method and source
};

/// Horizontal bars with labels and values, readable without its program; the same chart gives the same bytes.
[[nodiscard]] std::string toSvg(const BarChart& chart);

}  // namespace zonewright::analysis
