#pragma once

#include <span>
#include <string>

#include "core/base/localized.h"
#include "sums.h"

namespace zonewright::intensity {

/// A ratio with what it is made of, for tables that say their denominator.
struct Measure {
    std::string id;  ///< key in JSON and column in the plan
    Localized title;
    std::string unit;  ///< of the ratio as shown; "%" shows 100 times the value
    int decimals;
    Localized numeratorTitle;
    std::string numeratorUnit;
    double (*numerator)(const Sums&);
    Localized denominatorTitle;
    std::string denominatorUnit;
    double (*denominator)(const Sums&);
    double Ratios::*value;
    Localized formula;

    /// The value as it is shown.
    [[nodiscard]] double shown(const Ratios& ratios) const {
        return unit == "%" ? 100 * (ratios.*value) : ratios.*value;
    }
};

/// All measures that are a quotient, in the order of the report.
[[nodiscard]] std::span<const Measure> measures();

}  // namespace zonewright::intensity
