#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/units.h"
#include "core/coverage/box_tree.h"
#include "core/geometry/types.h"

namespace zonewright::coverage {

enum class SnapKind { Vertex, Intersection, Edge };

/// A place that the pointer, or a drawn vertex, may be taken to.
struct Snap {
    SnapKind kind{};
    Point place;  ///< on the 1 mm grid
    Metres distance;
    std::string layer;
    Fid feature{};
};

/// Geometries of one layer that may be snapped to.
struct SnapLayer {
    std::string id;
    std::vector<std::pair<Fid, Geometry>> features;
};

/// Finds vertices, intersections and edges near a position, across layers.
///
/// Vertices come before intersections, intersections before edges, whatever their distances; among one kind
/// the nearest comes first, then the layer given first, then the lower feature, then the smaller x and y. An
/// intersection is where edges of any layers cross, to the nearest grid point.
class Snapper {
public:
    explicit Snapper(std::span<const SnapLayer> layers);

    /// All candidates within `tolerance`, best first. Requires: a finite position; otherwise there are none.
    [[nodiscard]] std::vector<Snap> candidates(Point position, Metres tolerance) const;
    /// The best candidate, if there is one.
    [[nodiscard]] std::optional<Snap> best(Point position, Metres tolerance) const;
    /// `line` with each vertex taken to its best candidate, where there is one.
    [[nodiscard]] LineString snapped(const LineString& line, Metres tolerance) const;

private:
    struct Segment {
        GridPoint a;
        GridPoint b;  ///< equal to `a` for a point feature
        std::uint32_t layer;
        Fid feature;
    };

    std::vector<std::string> mLayers;
    std::vector<Segment> mSegments;
    BoxTree mTree;
};

}  // namespace zonewright::coverage
