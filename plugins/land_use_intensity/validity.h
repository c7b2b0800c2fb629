#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/polygons.h"
#include "core/base/error.h"

namespace zonewright::intensity {

struct InvalidPolygon {
    std::uint32_t feature = 0;
    std::string reason;  ///< GEOS's English reason
    Point place;
};

/// The invalid polygons of a set, ascending. Single rings are cleared by an own test that never passes an
/// invalid ring; what it cannot clear, and everything with holes or parts, goes to GEOS.
[[nodiscard]] std::vector<InvalidPolygon> invalidPolygons(const analysis::PolygonSet& set);

}  // namespace zonewright::intensity
