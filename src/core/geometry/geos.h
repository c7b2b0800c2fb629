#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/geometry/types.h"

/// GEOS behind values. Everything here is safe from any thread: each thread has its own GEOS context.
namespace zonewright::geos {

[[nodiscard]] Result<Geometry> readWkt(const std::string& wkt);

struct Invalidity {
    std::string reason;  ///< GEOS's English reason, e.g. "Self-intersection"
    Point place;
};

/// The first reason why the geometry is invalid (OGC 06-103r4), or nothing when it is valid.
[[nodiscard]] Result<std::optional<Invalidity>> invalidity(const Geometry& geometry);

/// Errors of all of these: BadGeometry with GEOS's reason. Empty results are an empty MultiPolygon.
[[nodiscard]] Result<MultiPolygon> intersection(const MultiPolygon& a, const MultiPolygon& b);
[[nodiscard]] Result<MultiPolygon> difference(const MultiPolygon& a, const MultiPolygon& b);
[[nodiscard]] Result<MultiPolygon> unionOf(const std::vector<MultiPolygon>& polygons);
[[nodiscard]] Result<MultiPolygon> buffer(const Geometry& geometry, Metres distance, int segmentsPerQuarter = 16);
/// GEOS's "structure" method: keeps rings' roles, returns the polygonal part.
[[nodiscard]] Result<MultiPolygon> madeValid(const MultiPolygon& polygons);
/// The part of the lines inside the polygons.
[[nodiscard]] Result<MultiLineString> clipped(const MultiLineString& lines, const MultiPolygon& polygons);

[[nodiscard]] Result<Metres> distance(const Geometry& a, const Geometry& b);
[[nodiscard]] Result<bool> intersects(const Geometry& a, const Geometry& b);
/// True when the interiors meet: touching is not overlapping.
[[nodiscard]] Result<bool> interiorsMeet(const Geometry& a, const Geometry& b);
/// A point inside (polygons) or on (lines) the geometry.
[[nodiscard]] Result<Point> pointInside(const Geometry& geometry);

}  // namespace zonewright::geos
