#pragma once

#include <vector>

#include "core/coverage/network.h"

namespace zonewright::coverage {

/// The boundary of the land that rings go around an odd number of times, the land on the left of each edge;
/// crossings are taken to the grid. For rings that are no polygon.
[[nodiscard]] std::vector<ZoneEdge> evenOddEdges(const std::vector<GridRing>& rings, Label zone);

}  // namespace zonewright::coverage
