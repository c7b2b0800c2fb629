#pragma once

#include "core/geometry/types.h"

namespace zonewright::coverage {

/// Without repeated vertices (on the grid), spikes and rings that are left without land; everything else as
/// it was.
[[nodiscard]] MultiPolygon withoutIdleVertices(const MultiPolygon& geometry);

}  // namespace zonewright::coverage
