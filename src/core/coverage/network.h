#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/coverage/box_tree.h"
#include "core/coverage/coverage.h"
#include "core/coverage/exact.h"

namespace zonewright::coverage {

/// What lies on one side of a boundary edge: a zone's slot in the coverage, or unzoned (or not loaded) land.
using Label = Coverage::Slot;
inline constexpr Label kUnzoned = -1;

/// A straight piece of boundary, a < b; `left` and `right` as seen from a to b.
struct NetworkEdge {
    GridPoint a;
    GridPoint b;
    Label left = kUnzoned;
    Label right = kUnzoned;

    bool operator==(const NetworkEdge&) const = default;
    [[nodiscard]] GridPoint other(GridPoint end) const { return end == a ? b : a; }
    /// What lies left when leaving `end`.
    [[nodiscard]] Label leftFrom(GridPoint end) const { return end == a ? left : right; }
    [[nodiscard]] Label rightFrom(GridPoint end) const { return end == a ? right : left; }
    [[nodiscard]] bool isOpen() const { return left == kUnzoned || right == kUnzoned; }
};

/// The edge from -> to with `left` on its left, in the stored direction.
[[nodiscard]] NetworkEdge directed(GridPoint from, GridPoint to, Label left, Label right);

/// A directed boundary edge of one zone, the zone on its left.
struct ZoneEdge {
    GridPoint from;
    GridPoint to;
    Label zone = kUnzoned;
};

struct MatchedEdges {
    std::vector<NetworkEdge> edges;    ///< sorted by a, then b
    std::optional<GridPoint> overlap;  ///< a place where two zones lie on the same side of one edge
};

/// Joins opposite edges of zones into shared edges. An edge and its opposite of the same zone cancel.
[[nodiscard]] MatchedEdges matched(std::vector<ZoneEdge> edges);

/// The shared boundaries of some zones of a coverage, T-junctions resolved: no vertex lies inside an edge.
class Network {
public:
    /// Requires: slots ascending.
    Network(const Coverage& coverage, std::vector<Label> slots);

    [[nodiscard]] const Coverage& coverage() const { return *mCoverage; }
    [[nodiscard]] const std::vector<Label>& zones() const { return mZones; }
    [[nodiscard]] const std::vector<NetworkEdge>& edges() const { return mEdges; }
    /// The zone's rings in stored order with the vertices that T-junctions add.
    [[nodiscard]] const std::vector<GridRing>& rings(Label zone) const;
    [[nodiscard]] std::optional<GridPoint> overlap() const { return mOverlap; }

    /// Indices of the edges whose box meets `box`.
    template <typename Visit>
    void edgesNear(const GridBox& box, Visit&& visit) const {
        mTree.query(box, visit);
    }
    /// Indices of the edges that end in `vertex`, ascending.
    [[nodiscard]] std::vector<std::uint32_t> edgesAt(GridPoint vertex) const;
    /// The index of the edge between two vertices.
    [[nodiscard]] std::optional<std::uint32_t> edgeBetween(GridPoint a, GridPoint b) const;

private:
    bool resolveJunctions();

    const Coverage* mCoverage;
    std::vector<Label> mZones;
    std::vector<std::vector<GridRing>> mRings;  ///< aligned with mZones
    std::vector<NetworkEdge> mEdges;
    std::optional<GridPoint> mOverlap;
    BoxTree mTree;
};

/// The directed edges of rings, the zone on their left.
void addZoneEdges(const std::vector<GridRing>& rings, Label zone, std::vector<ZoneEdge>& out);

}  // namespace zonewright::coverage
