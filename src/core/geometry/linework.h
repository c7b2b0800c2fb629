#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/units.h"
#include "core/geometry/types.h"

namespace zonewright {

/// The segments of a geometry with boxes over runs of them: how near two geometries come and whether a point lies
/// inside, without looking at all of either. A lone point is a segment of no length. Planar, in the CRS's unit.
class Linework {
public:
    explicit Linework(const Geometry& geometry);

    /// Where two lineworks come nearest.
    struct Nearness {
        Metres distance;
        Point own;
        Point other;
    };
    /// Nothing when they are farther apart than `farthest`. Lines that meet are at distance 0; the place is then one of
    /// theirs.
    [[nodiscard]] std::optional<Nearness> nearest(const Linework& other, Metres farthest) const;

    /// Even-odd rule over all rings; a point on the linework may count either way. False without polygons.
    [[nodiscard]] bool surrounds(Point p) const;

    /// The polygons as far as they lie in a window; looks at the linework within it only. Nothing when the geometry has no
    /// polygons or a vertex lies on the window's edge. Requires: rings that are valid (OGC).
    [[nodiscard]] std::optional<MultiPolygon> within(const Box& window) const;

    [[nodiscard]] const Box& box() const { return mBox; }
    /// One point of each ring, line or lone point.
    [[nodiscard]] const std::vector<Point>& representatives() const { return mRepresentatives; }

private:
    static constexpr std::size_t kFan = 8;  ///< segments, or boxes, below one box
    struct Segment {
        Point a;
        Point b;
    };
    void add(const std::vector<Point>& line, bool reversed = false);
    class Window;
    void pack();
    struct Search;

    /// In the order of the geometry, so that neighbours are near one another; rings have the polygon on their left.
    std::vector<Segment> mSegments;
    std::vector<std::vector<Box>> mLevels;  ///< [0]: of `kFan` segments each
    std::vector<Point> mRepresentatives;
    std::vector<std::size_t> mFirst;  ///< segment that a ring, line or point begins with; one more at the end
    Box mBox;
    bool mPolygonal = false;
};

}  // namespace zonewright
