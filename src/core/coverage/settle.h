#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/coverage/coverage.h"
#include "core/coverage/network.h"
#include "core/coverage/outcome.h"
#include "core/coverage/subdivision.h"

namespace zonewright::coverage {

/// The rings of a zone on the grid as polygons, in their order; closing points added.
[[nodiscard]] MultiPolygon toMultiPolygon(const std::vector<GridRing>& rings);

/// What is left of a face as simple rings: the shell first, then the holes, each with the face on its left.
/// A chain that passes a point twice is cut there, so that rings touch in points instead of touching
/// themselves.
[[nodiscard]] std::vector<std::vector<GridPoint>> simpleRings(const Subdivision& subdivision,
                                                              Subdivision::Face face);

/// Builds the geometry of zones from labelled edges.
class Settlement {
public:
    /// Edges may touch each other and lie on each other; where they do, they are joined.
    /// Errors: WouldOverlap where the labels around a face disagree; WouldCross if edges cross.
    [[nodiscard]] static Outcome<Settlement> of(const std::vector<NetworkEdge>& edges);

    [[nodiscard]] const std::vector<NetworkEdge>& edges() const { return mEdges; }
    /// The zone's polygons with rings, parts and starts in the order of its `old` rings as far as their
    /// vertices remain; nothing when no face is labelled with the zone.
    [[nodiscard]] std::optional<MultiPolygon> polygons(Label zone, const std::vector<GridRing>& old) const;

private:
    explicit Settlement(std::vector<NetworkEdge> edges);
    [[nodiscard]] Outcome<void> labelFaces();
    [[nodiscard]] Label labelOf(Subdivision::HalfEdge h) const {
        return (h & 1U) == 0 ? mEdges[h / 2].left : mEdges[h / 2].right;
    }

    std::vector<NetworkEdge> mEdges;
    Subdivision mSubdivision;
    std::vector<Label> mFaceLabels;
};

}  // namespace zonewright::coverage
