#pragma once

#include <vector>

#include "core/coverage/edit.h"

namespace zonewright::coverage {

/// Who won how much from whom, worked out from the geometries before and after.
///
/// Land that changed hands is found face by face between the old and the new boundaries, whose crossings are
/// taken to the nearest 1/1024 mm; each zone's gained - lost is exact. Requires: `changes` has each zone
/// once.
[[nodiscard]] Applied balanced(std::vector<ZoneChange> changes);

/// Exact planar area.
[[nodiscard]] SquareMetres areaOf(const MultiPolygon& geometry);
/// From twice an area in mm2.
[[nodiscard]] SquareMetres areaFromTwice(Wide twiceArea);

}  // namespace zonewright::coverage
