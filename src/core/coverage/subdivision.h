#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/coverage/box_tree.h"
#include "core/coverage/exact.h"

namespace zonewright::coverage {

/// The faces into which straight edges divide the plane.
///
/// Edge i gives the half-edges 2i (a to b) and 2i + 1 (b to a); each has the face on its left. Face 0 is the
/// unbounded one. Requires: edges have positive length, no two are the same, and they meet in common ends
/// only.
class Subdivision {
public:
    using HalfEdge = std::uint32_t;
    using Face = std::uint32_t;

    struct Segment {
        GridPoint a;
        GridPoint b;
    };

    explicit Subdivision(std::span<const Segment> edges);

    [[nodiscard]] std::size_t faceCount() const { return mFaceArea.size(); }
    [[nodiscard]] std::size_t halfEdgeCount() const { return mNext.size(); }
    [[nodiscard]] Face faceOf(HalfEdge h) const { return mFaceOfCycle[mCycle[h]]; }
    [[nodiscard]] static HalfEdge twin(HalfEdge h) { return h ^ 1U; }
    [[nodiscard]] HalfEdge next(HalfEdge h) const { return mNext[h]; }
    [[nodiscard]] GridPoint from(HalfEdge h) const {
        return (h & 1U) == 0 ? mEdges[h / 2].a : mEdges[h / 2].b;
    }
    [[nodiscard]] GridPoint to(HalfEdge h) const { return from(twin(h)); }
    /// Twice the face's area in mm2 without its islands; 0 for the unbounded face.
    [[nodiscard]] Wide twiceArea(Face face) const { return mFaceArea[face]; }
    /// Half-edges, one on each closed chain around the face: the outer one first (none for face 0), then its
    /// islands'.
    [[nodiscard]] const std::vector<HalfEdge>& boundaries(Face face) const { return mFaceBoundaries[face]; }
    /// The face around a place that lies on no edge.
    [[nodiscard]] Face faceAt(GridPoint p) const;

private:
    void linkHalfEdges();
    void traceCycles();
    void nestCycles();
    [[nodiscard]] std::optional<HalfEdge> halfEdgeBelow(GridPoint p) const;

    std::vector<Segment> mEdges;
    std::vector<HalfEdge> mNext;
    std::vector<std::uint32_t> mCycle;  ///< of each half-edge
    std::vector<HalfEdge> mCycleStart;
    std::vector<Wide> mCycleArea;
    std::vector<Face> mFaceOfCycle;
    std::vector<Wide> mFaceArea;
    std::vector<std::vector<HalfEdge>> mFaceBoundaries;
    GridBox mExtent;
    BoxTree mTree;
};

}  // namespace zonewright::coverage
