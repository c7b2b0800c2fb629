#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/tables.h"

namespace zonewright::analysis {

/// Classes with as many values each (quantiles), ties kept together.
struct ClassBreaks {
    std::vector<double> upper;                               ///< upper bound of every class, ascending
    [[nodiscard]] std::int64_t classOf(double value) const;  ///< from 1; 0 for no value
};
/// Values that are no number are passed over.
[[nodiscard]] ClassBreaks quantiles(std::vector<double> values, std::size_t classes);

/// A measure in classes for a map.
struct Choropleth {
    struct Class {
        double from = 0;  ///< of the values given
        double to = 0;
        std::string label;   ///< in the unit of the column
        std::string colour;  ///< "#rrggbb"
    };
    Localized title;  ///< the measure, its unit and how the classes were made
    std::vector<Class> classes;  ///< ascending; empty without values
};
/// Five classes of equal count in one hue; where values lie on both sides of 0, six of equal width about it in two hues, so
/// that a loss never looks like a small gain. `scale`: the column shows this times a value.
[[nodiscard]] Choropleth choroplethOf(const std::vector<double>& values, const Column& column, double scale = 1);

}  // namespace zonewright::analysis
