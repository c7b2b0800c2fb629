#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/geometry/types.h"

namespace zonewright {

/// ISO/EWKB to value; z and m are dropped, single polygons become MultiPolygon. Errors: BadGeometry (truncated, NaN,
/// counts beyond the bytes there are, curve types).
[[nodiscard]] Result<Geometry> fromWkb(std::string_view wkb);

/// Little-endian ISO WKB.
[[nodiscard]] std::string toWkb(const Geometry& geometry);

/// GeoPackage binary (OGC 12-128r18, 2.1.3): header with envelope, then WKB. An empty blob is `std::monostate`.
[[nodiscard]] Result<Geometry> fromGeoPackage(std::string_view blob);
[[nodiscard]] std::string toGeoPackage(const Geometry& geometry, std::int32_t srsId);

/// The envelope of a GeoPackage blob without decoding its vertices when the header holds it. Empty box for an empty
/// geometry.
[[nodiscard]] Result<Box> boxOfGeoPackage(std::string_view blob);

}  // namespace zonewright
