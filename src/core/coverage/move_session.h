#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/base/units.h"
#include "core/coverage/boundary_change.h"
#include "core/coverage/coverage.h"
#include "core/coverage/edit.h"
#include "core/coverage/network.h"
#include "core/coverage/outcome.h"

namespace zonewright::coverage {

struct ZoneArea {
    Fid zone{};
    SquareMetres area;  ///< planar
};

/// What dropping the boundary here would do.
struct MovePreview {
    std::optional<Refusal> refused;  ///< without `legal`, which only `MoveSession::result` looks for
    std::vector<ZoneArea> areas;     ///< of the zones that follow the move, by ascending number
};

/// A vertex or an edge that is being dragged: everything that stays is worked out once, each step costs only
/// what lies near the moved edges.
///
/// Requires: the coverage outlives the session and is not changed meanwhile.
class MoveSession {
public:
    /// Errors: BadArgument if no boundary vertex is there.
    [[nodiscard]] static Outcome<MoveSession> ofVertex(const Coverage& coverage, Point vertex);
    /// Errors: BadArgument if no boundary edge joins the two.
    [[nodiscard]] static Outcome<MoveSession> ofEdge(const Coverage& coverage, Point a, Point b);

    /// Numbers of the zones that follow, ascending.
    [[nodiscard]] std::vector<Fid> zones() const;
    /// `to` is where the dragged vertex, or the edge's first end, would come to lie.
    [[nodiscard]] MovePreview preview(Point to);
    /// The boundary edges that follow, as they would run; for drawing.
    [[nodiscard]] std::vector<LineString> edges(Point to) const;
    /// What dropping it at `to` would do. Refusals carry the farthest legal position found on the way there.
    [[nodiscard]] Outcome<Applied> result(Point to);

private:
    struct Turning {  ///< a moved vertex in a ring; `next` may be moved as well
        GridPoint previous;
        GridPoint vertex;
        GridPoint next;
    };
    struct TouchedRing {
        Label zone;
        bool interiorLeft;
        Wide twiceArea;  ///< signed, in stored direction
        std::vector<Turning> turnings;
    };

    MoveSession(const Coverage& coverage, std::vector<GridPoint> moved);

    static Outcome<MoveSession> of(const Coverage& coverage, std::vector<GridPoint> moved);
    void gather(const GridBox& box);
    [[nodiscard]] GridPoint shifted(GridPoint p, GridPoint to) const;
    [[nodiscard]] bool isMoved(GridPoint p) const { return p == mMoved.front() || p == mMoved.back(); }
    [[nodiscard]] std::vector<NetworkEdge> movedEdges(GridPoint to) const;
    [[nodiscard]] Wide areaGain(const TouchedRing& ring, GridPoint to) const;
    [[nodiscard]] bool outerStays(GridPoint to) const;
    [[nodiscard]] BoundaryChange::Finding findingAt(GridPoint to);
    [[nodiscard]] Outcome<std::vector<ZoneChange>> changesAt(GridPoint to);
    [[nodiscard]] Outcome<std::vector<ZoneChange>> rebuiltAt(GridPoint to) const;
    [[nodiscard]] GridPoint farthestLegal(GridPoint to);

    const Coverage* mCoverage;
    std::vector<GridPoint> mMoved;  ///< one vertex, or the two of an edge
    std::unique_ptr<Network> mNetwork;
    std::unique_ptr<BoundaryChange> mChange;
    std::vector<TouchedRing> mRings;
    std::vector<Label> mZones;     ///< that follow, ascending
    std::vector<ZoneArea> mAreas;  ///< theirs before the move, by number
    GridBox mKnown;                ///< zones that meet it are in the network
    bool mOpen = false;            ///< unzoned land lies beside a moved edge
};

}  // namespace zonewright::coverage
