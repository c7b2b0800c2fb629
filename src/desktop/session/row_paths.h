#pragma once

#include <string>
#include <vector>

#include "core/geometry/types.h"
#include "core/plan/features.h"

namespace zonewright::desktop {

/// What a row of a result looks like on the map: a journey, before or after.
struct RowPath {
    Geometry geometry;
    std::string state;  ///< "before", "after", "run"
    double minutes = 0;
};

/// The features of a layer of rows that are about one row of its table, today's first. Errors: UnknownLayer, those of
/// reading.
[[nodiscard]] Result<std::vector<RowPath>> rowPaths(const plan::Plan& plan, const std::string& layer, int row);

}  // namespace zonewright::desktop
