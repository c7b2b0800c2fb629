#pragma once

#include <utility>
#include <vector>

#include "core/base/units.h"
#include "core/plan/history.h"

namespace zonewright::editing {

/// Land that a feature won and lost between two states. Planar, in the plan's CRS.
struct Exchange {
    SquareMetres gained;
    SquareMetres lost;
    std::vector<std::pair<FeatureId, SquareMetres>> from;  ///< whose land it was, largest first
};

/// Aligned with `changes` (as `plan::diff` gives them, ordered by layer). Errors: BadGeometry.
[[nodiscard]] Result<std::vector<Exchange>> exchanges(const std::vector<plan::FeatureChange>& changes);

/// Land that changed hands between the two states: per layer the greater of all that was gained and all that was lost, and
/// of the layers the one with most, so that levels which follow one another are counted once. Planar.
[[nodiscard]] SquareMetres movedArea(const std::vector<plan::FeatureChange>& changes, const std::vector<Exchange>& exchanges);

}  // namespace zonewright::editing
