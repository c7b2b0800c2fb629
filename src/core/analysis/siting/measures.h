#pragma once

#include <span>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/geometry/linework.h"
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
    const Geometry* site = nullptr;
    const Geometry* constraint = nullptr;
    const Linework* siteLines = nullptr;
    const Linework* constraintLines = nullptr;
    Metres accuracy;
};

/// How a pair lies, as far as the linework alone tells.
enum class Standing {
    Apart,    ///< no point in common
    Inside,   ///< all of the site in the inside of the constraint
    Unclear,  ///< they meet, or parts of one lie in the other
};
struct Position {
    Standing standing = Standing::Apart;
    std::optional<Linework::Nearness> nearness;  ///< of the linework; nothing beyond the distance asked for
    /// Between site and constraint; nothing beyond the distance asked for.
    [[nodiscard]] std::optional<Metres> distance() const;
};
[[nodiscard]] Position positionOf(const Pair& pair, Metres farthest);

/// How near a site may come to a constraint.
struct ControlZone {
    Metres distance;   ///< from the edge
    Metres halfWidth;  ///< from the drawn line to that edge
    bool distanceOnly = false;  ///< the geometry is the shortest way between them, not the part inside the zone
};

/// Interiors meet. Touching is not overlapping, nor is an overlap of at most 1 mm mean width (the plan's grid).
[[nodiscard]] Result<Measure> measureOverlap(const Pair& pair, const Position& position);
[[nodiscard]] Result<Measure> measureWithin(const Pair& pair, const ControlZone& zone, const Position& position);
[[nodiscard]] Result<Measure> measureCrossing(const Pair& pair, const Position& position);
/// `covers` are the constraints near the site.
[[nodiscard]] Result<Measure> measureNotCovered(const Geometry& site, std::span<const Geometry* const> covers, Metres accuracy);

namespace detail {

[[nodiscard]] bool isPolygonal(const Geometry& geometry);
[[nodiscard]] bool isLinear(const Geometry& geometry);
[[nodiscard]] MultiLineString linesOf(const Geometry& geometry);
/// Lines and rings of the geometry whose segments come near the box, segment runs joined; none is closed.
[[nodiscard]] MultiLineString lineworkNear(const Geometry& geometry, const Box& box);
/// Wider than the plan's grid on the mean.
[[nodiscard]] bool isMoreThanTouching(const MultiPolygon& overlap);
/// No hit, at the position's distance.
[[nodiscard]] Measure missed(const Position& position);
/// Some point of `part` lies deeper than `depth` inside the polygons.
[[nodiscard]] Result<bool> reachesDeeper(const Geometry& part, const MultiPolygon& polygons, Metres depth);
/// The same where the polygons' linework is at hand.
[[nodiscard]] Result<bool> reachesDeeper(const Geometry& part, const Linework& lines, const MultiPolygon& polygons, Metres depth);
/// The polygons as far as they can matter to the box.
[[nodiscard]] MultiPolygon partNear(const MultiPolygon& polygons, const Linework& lines, const Box& box);
/// The part of a site (area, line or points) inside polygons.
[[nodiscard]] Result<Geometry> partInside(const Geometry& site, const MultiPolygon& polygons);

}  // namespace detail
}  // namespace zonewright::analysis::siting
