#pragma once

#include "core/geometry/types.h"

/// Reads data that others made: opens it safely, finds out its encoding and CRS, brings it into a plan and out again.
namespace zonewright::plan::source {

/// Longitude and latitude in degrees, from WGS 84 (which CGCS2000 equals to centimetres) to the shifted system that
/// Chinese web maps use. Positions outside the rectangle 72.004-137.8347 E, 0.8293-55.8271 N come back unchanged.
///
/// Source: the formula published as "eviltransform" (2013) and since used by every open converter; Krasovsky 1940
/// ellipsoid.
[[nodiscard]] Point gcj02FromWgs84(Point lonLat);

/// The inverse by fixed-point iteration; exact to 1e-10 degrees (0.01 mm), thus far below 1 cm.
[[nodiscard]] Point wgs84FromGcj02(Point lonLat);

/// Baidu's shift on top of GCJ-02.
[[nodiscard]] Point bd09FromGcj02(Point lonLat);
[[nodiscard]] Point gcj02FromBd09(Point lonLat);

}  // namespace zonewright::plan::source
