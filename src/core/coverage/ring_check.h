#pragma once

#include <optional>
#include <string>

#include "core/coverage/coverage.h"

namespace zonewright::coverage {

/// Why a zone's rings are no polygons.
struct RingFault {
    Point place;
    std::string reason;  ///< English, as in OGC 06-103r4
};

/// The first thing wrong with a zone's rings on the grid, or nothing: a coordinate that is no position, a
/// ring of fewer than three points, a ring that meets itself, rings that cross or share an edge, a hole
/// outside its shell, parts that overlap, an interior in pieces. Repeated vertices and the direction of rings
/// are no matter here.
[[nodiscard]] std::optional<RingFault> ringFault(const MultiPolygon& geometry, const GridZone& zone);

}  // namespace zonewright::coverage
