#pragma once

#include <memory>

#include "core/base/units.h"
#include "core/geometry/crs.h"
#include "core/geometry/types.h"

namespace zonewright {

/// Signed planar area of a closed ring (counter-clockwise positive), in the CRS's own unit squared.
[[nodiscard]] SquareMetres signedArea(const Ring& ring);
/// Planar area: shells minus holes whatever their orientation. CRS in metres.
[[nodiscard]] SquareMetres planarArea(const Polygon& polygon);
[[nodiscard]] SquareMetres planarArea(const MultiPolygon& polygons);
[[nodiscard]] Metres planarLength(const LineString& line);
[[nodiscard]] Metres planarLength(const MultiLineString& lines);

/// The box of all edges (and lone points) that only one of the two geometries has; empty when they have the same.
[[nodiscard]] Box boxOfDifference(const Geometry& a, const Geometry& b);

/// Areas and lengths on the ellipsoid of a CRS: vertices are taken back to longitude and latitude and joined by
/// geodesics. Source: Karney 2013, Algorithms for geodesics, J. Geodesy 87 (PROJ's geodesic routines).
class Ellipsoid {
public:
    [[nodiscard]] static Result<Ellipsoid> of(const Crs& crs);

    [[nodiscard]] SquareMetres area(const MultiPolygon& polygons) const;
    [[nodiscard]] Metres length(const LineString& line) const;

    struct State;

private:
    std::shared_ptr<State> mState;
};

}  // namespace zonewright
