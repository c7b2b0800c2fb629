#pragma once

#include <string>

#include "core/base/error.h"
#include "core/geometry/types.h"

namespace zonewright {

/// Errors: BadGeometry with GEOS's word of the place.
[[nodiscard]] Result<Geometry> fromWkt(const std::string& wkt);

/// Coordinates with at most three decimals (1 mm), trailing zeros cut.
[[nodiscard]] std::string toWkt(const Geometry& geometry);

}  // namespace zonewright
