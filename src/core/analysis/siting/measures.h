#pragma once

#include <span>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/geometry/types.h"

/// One relation a file: what the geometry of a site and of a constraint says about it.
namespace zonewright::analysis::siting {

struct Measure {
    bool hit = false;      ///< the relation holds in the drawing
    bool certain = false;  ///< and at the stated accuracy
    Metres distance;
    Geometry geometry;  ///< of the conflict
};

/// A pair and the combined accuracy of its layers.
struct Pair {
    const Geometry* site;
    const Geometry* constraint;
    Metres accuracy;
};

/// How near a site may come to a constraint.
struct ControlZone {
    Metres distance;   ///< from the edge
    Metres halfWidth;  ///< from the drawn line to that edge
};

/// Interiors meet. Touching is not overlapping, nor is an overlap of at most 1 mm mean width (the plan's grid).
[[nodiscard]] Result<Measure> measureOverlap(const Pair& pair);
[[nodiscard]] Result<Measure> measureWithin(const Pair& pair, const ControlZone& zone);
[[nodiscard]] Result<Measure> measureCrossing(const Pair& pair);
/// `covers` are the constraints near the site.
[[nodiscard]] Result<Measure> measureNotCovered(const Geometry& site, std::span<const Geometry* const> covers, Metres accuracy);

namespace detail {

[[nodiscard]] bool isPolygonal(const Geometry& geometry);
[[nodiscard]] bool isLinear(const Geometry& geometry);
[[nodiscard]] MultiLineString linesOf(const Geometry& geometry);
/// Lines and rings of the geometry whose segments come near the box, segment runs joined.
[[nodiscard]] MultiLineString lineworkNear(const Geometry& geometry, const Box& box);
[[nodiscard]] MultiPolygon polygonOf(const Box& box);
/// Wider than the plan's grid on the mean.
[[nodiscard]] bool isMoreThanTouching(const MultiPolygon& overlap);
/// Some point of `part` lies deeper than `depth` inside the polygons.
[[nodiscard]] Result<bool> reachesDeeper(const Geometry& part, const MultiPolygon& polygons, Metres depth);
/// The part of a site (area, line or points) inside polygons.
[[nodiscard]] Result<Geometry> partInside(const Geometry& site, const MultiPolygon& polygons);

}  // namespace detail
}  // namespace zonewright::analysis::siting
