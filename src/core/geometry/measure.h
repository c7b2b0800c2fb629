#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

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

/// Ellipsoidal areas of many small polygons of one district: what is at most 1 km wide and high has its planar area
/// divided by the projection's areal scale at its centroid, which is bilinear between the corners of a square kilometre;
/// wider ones are measured as `Ellipsoid::area` does, and so is all in a square kilometre whose own middle the corners
/// miss by 1e-8. Beside that relative error the two differ by the bend of geodesics between vertices, which straight
/// edges of the plan do not have: L^3 x / (12 R^2) an edge; of an edge of 100 m, 0.0001 m2 at 40 km from the central
/// meridian. Keeps what it has looked up: one for each thread.
class LocalAreas {
public:
    explicit LocalAreas(Ellipsoid ellipsoid) : mEllipsoid(std::move(ellipsoid)) {}

    [[nodiscard]] SquareMetres area(const MultiPolygon& polygons);

private:
    /// Ellipsoidal over planar area at lower left, lower right, upper left and upper right.
    struct Cell {
        std::array<double, 4> ratios{};
        bool smooth = false;
    };
    const Cell& cellAt(std::int64_t column, std::int64_t row);
    double cornerAt(std::int64_t column, std::int64_t row);  ///< four cells have it
    [[nodiscard]] double ratioAt(Point middle) const;

    Ellipsoid mEllipsoid;
    std::unordered_map<std::uint64_t, Cell> mCells;
    std::unordered_map<std::uint64_t, double> mCorners;
};

}  // namespace zonewright
