#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/polygons.h"
#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/base/units.h"

namespace zonewright::intensity {

/// Two polygons of one layer that share ground; `first` < `second`.
struct Overlap {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    double area = 0;  ///< m2
};

/// All pairs that share more than `tolerance`, in order.
///
/// How so fast: an edge and the same edge run backwards by the neighbour cancel. Where all edges cancel, the
/// number of polygons above a point cannot change; it changes only across edges that are left over. So if any
/// ground lies under two polygons, some polygon with an edge left over overlaps another, and only those need
/// be measured; from each overlap found the search goes on. Polygons that are equal are found by their hash.
///
/// Requires: valid polygons. Errors: Cancelled.
[[nodiscard]] Result<std::vector<Overlap>> overlaps(const analysis::PolygonSet& set, SquareMetres tolerance,
                                                    Progress& progress);

}  // namespace zonewright::intensity
