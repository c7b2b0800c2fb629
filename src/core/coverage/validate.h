#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/units.h"
#include "core/coverage/coverage.h"
#include "core/geometry/types.h"

namespace zonewright::coverage {

enum class FaultKind { InvalidRing, Gap, Overlap, Sliver, DuplicateVertex, OutsideParent };

/// "invalid_ring", "gap", "overlap", "sliver", "duplicate_vertex", "outside_parent".
[[nodiscard]] std::string_view nameOf(FaultKind kind);

/// One thing wrong with a coverage.
struct Fault {
    FaultKind kind{};
    std::vector<Fid> features;  ///< ascending
    SquareMetres area;          ///< planar; 0 for invalid_ring and duplicate_vertex
    Geometry geometry;          ///< the land at fault, or the place
    std::string reason;         ///< invalid_ring: what is wrong with it
    std::string key;            ///< the same for the same kind, features and geometry
};

struct Validation {
    Kind kind = Kind::Partition;
    /// What a partition fills. Without it, only unzoned land that zones enclose is a gap.
    std::optional<MultiPolygon> parent;
    /// Parts of zones with a smaller mean width (2 area / perimeter) are slivers.
    Metres sliverWidth{0.1};
};

/// Everything wrong with a coverage, ordered by kind, features and place.
///
/// Positions are taken at their nearest grid point. The faults are:
/// - invalid_ring: the zone's rings are no polygon (`ringFault`); the land it then stands for is what its
/// rings go
///   around an odd number of times;
/// - duplicate_vertex: a vertex of a ring repeats the one before it on the grid; one fault a zone, all places
/// in it;
/// - overlap: land that lies in two zones or more;
/// - gap (partition only): land of the parent that lies in no zone;
/// - outside_parent (partition with a parent): land of a zone that does not lie in the parent;
/// - sliver: a part of a zone thinner than `sliverWidth`.
/// Land means area: zones that touch in points or edges do not overlap, and a vertex of one zone exactly on
/// an edge of another (a T-junction) is no gap. A gap or overlap is reported however small it is, down to
/// 1/1024 mm across; so a clean report means that areas add up, and none is reported that is not there.
/// Places where boundaries cross between grid points are given to 1/1024 mm.
///
/// Cost: O(n log n) in the vertices.
[[nodiscard]] std::vector<Fault> validate(std::span<const Zone> zones, const Validation& options = {});

}  // namespace zonewright::coverage
