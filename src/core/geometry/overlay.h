#pragma once

#include <optional>
#include <vector>

#include "core/geometry/types.h"

namespace zonewright {

/// The intersection of two areas whose boundaries meet in plain crossings only, without the noding that the general case
/// needs (Weiler, Atherton 1977, Hidden surface removal using polygon area sorting). Nothing where a vertex of one comes
/// within a micrometre of the other's boundary, or the edges are too many to try each with each: `geos::intersection`
/// answers always. Planar; polygons of the result are valid and have no more than the given vertices and the crossings.
/// Requires: valid polygons (OGC).
[[nodiscard]] std::optional<MultiPolygon> crossingIntersection(const MultiPolygon& a, const MultiPolygon& b);

/// Counter-clockwise rings with those of the clockwise ones that lie in them.
[[nodiscard]] MultiPolygon polygonsOf(std::vector<Ring> shells, std::vector<Ring> holes);

}  // namespace zonewright
