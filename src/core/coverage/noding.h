#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/coverage/exact.h"
#include "core/coverage/outcome.h"

namespace zonewright::coverage {

/// A segment to node, with vertices it must get even though they are not exactly on it.
struct NodingInput {
    GridPoint a;
    GridPoint b;
    std::vector<GridPoint> via;
};

/// Makes segments meet in common ends only, every new vertex on the grid.
///
/// A crossing goes to its nearest grid point and both segments are bent through it; bending can make new
/// crossings, so this is repeated until there are none. Vertices exactly on a segment split it without
/// bending. Segments that come to lie on each other come out as identical pieces.
///
/// Errors:  WouldCross if it does not settle (the place of the last crossing).
/// Returns: for each input the chain of points from a to b, at least one point; a chain of one point has
/// vanished.
[[nodiscard]] Outcome<std::vector<std::vector<GridPoint>>> noded(std::span<const NodingInput> segments);

/// A place where two of the segments do more than share an end, if there is one.
struct Conflict {
    std::uint32_t first;
    std::uint32_t second;
    GridPoint place;
};
[[nodiscard]] std::optional<Conflict> firstConflict(std::span<const NodingInput> segments);

}  // namespace zonewright::coverage
