#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/coverage/box_tree.h"
#include "core/coverage/exact.h"
#include "core/coverage/outcome.h"
#include "core/geometry/types.h"

namespace zonewright::coverage {

/// A zone as the file holds it.
struct Zone {
    Fid fid{};
    MultiPolygon geometry;
};

enum class Kind {
    Partition,  ///< the zones fill their parent: no gaps, and the outer boundary is the parent's
    Disjoint,   ///< zones do not overlap; there may be unzoned land between and around them
};

struct Options {
    Kind kind = Kind::Partition;
    /// Partition only: edits may move the outer boundary. The caller then moves the parent as well.
    bool outerMayMove = false;
    /// Number of the first zone that an edit makes; 0 means one after the largest given.
    Fid firstNewFid{0};
};

/// A ring on the grid: the stored points in stored order, closing point and repeats left out.
struct GridRing {
    std::vector<GridPoint> points;
    std::uint32_t part = 0;
    bool hole = false;
    bool interiorLeft = true;  ///< the zone lies left of points[i] -> points[i + 1]
};

struct GridZone {
    std::vector<GridRing> rings;
    GridBox box;
};

/// What an edit does to one zone; no `before` for a zone it makes, no `after` for one it removes.
struct ZoneChange {
    Fid zone{};
    std::optional<MultiPolygon> before;
    std::optional<MultiPolygon> after;
};

/// Zones that share their boundaries, loaded around an edit: each zone completely, its surroundings as far as
/// the caller gave them. Where a zone's neighbour was not loaded its boundary looks like an outer boundary,
/// so the caller gives all zones that meet the box of the zones which the edit touches.
///
/// Positions are those of the plan's CRS in metres; all topology is decided on the 1 mm grid, exactly. The
/// coverage keeps the geometry of a zone as it was given until an edit changes that zone. Boundaries are
/// matched when an edit needs them: opposite edges of two zones are one shared edge; a vertex of one zone
/// that lies exactly on an edge of another (a T-junction) splits that edge.
///
/// Cost: O(n log n) in the vertices given; an edit costs what the zones around it cost, however many there
/// are.
class Coverage {
public:
    /// Errors: BadArgument if a fid is given twice; BadGeometry for a coordinate that is no number or lies
    /// beyond 1.1 million km. Off-grid vertices are taken at their nearest grid point.
    [[nodiscard]] static Result<Coverage> of(std::vector<Zone> zones, Options options = {});

    [[nodiscard]] const Options& options() const { return mOptions; }
    [[nodiscard]] std::size_t size() const { return mSlotOf.size(); }
    [[nodiscard]] std::vector<Fid> fids() const;  ///< ascending
    /// The zone's geometry, or nullptr when the coverage does not hold the zone.
    [[nodiscard]] const MultiPolygon* find(Fid zone) const;
    /// The number that the next new zone gets.
    [[nodiscard]] Fid nextFid() const { return mNextFid; }

    /// Takes over changes that `tryOut` (edit.h) has worked out.
    /// Errors: BadArgument if a zone is not as the change's `before`; the coverage is unchanged.
    [[nodiscard]] Outcome<void> commit(const std::vector<ZoneChange>& changes);

    /// Slots number the zones that were ever held, 0 to slotCount() - 1; a removed zone's slot stays empty.
    using Slot = std::int32_t;
    [[nodiscard]] Slot slotCount() const { return static_cast<Slot>(mZones.size()); }
    [[nodiscard]] std::optional<Slot> slotOf(Fid zone) const;
    [[nodiscard]] Fid fidAt(Slot slot) const { return mZones[static_cast<std::size_t>(slot)].fid; }
    [[nodiscard]] const MultiPolygon& geometryAt(Slot slot) const {
        return mZones[static_cast<std::size_t>(slot)].geometry;
    }
    [[nodiscard]] const GridZone& gridAt(Slot slot) const { return mGrid[static_cast<std::size_t>(slot)]; }
    /// Slots of the zones whose box meets `box`, ascending.
    [[nodiscard]] std::vector<Slot> slotsNear(const GridBox& box) const;

private:
    void put(Slot slot, const MultiPolygon* geometry);
    void reindexIfStale();

    Options mOptions;
    Fid mNextFid{1};
    std::vector<Zone> mZones;
    std::vector<GridZone> mGrid;
    std::unordered_map<Fid, Slot> mSlotOf;
    BoxTree mTree;                 ///< boxes of the zones as they were when the tree was built
    std::vector<Slot> mSinceTree;  ///< zones changed since, looked at one by one
    std::vector<bool> mIsSinceTree;
};

/// The zone's rings on the grid. Rings of fewer than three distinct grid points are left out.
[[nodiscard]] GridZone gridZone(const MultiPolygon& geometry);

}  // namespace zonewright::coverage
