#pragma once

#include <cstdint>
#include <vector>

#include "core/geometry/types.h"

namespace zonewright::network {

/// One step of a boundary within a cell of a lattice: it enters over one side of the cell and leaves over another, what
/// is inside lies on its left. Sides are numbered over the whole lattice, so that steps of neighbouring cells join.
struct ContourStep {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    Point start;  ///< where it crosses the side `from`
};

/// A side of a cell: from lattice point (column, row) to the right, or upwards. Columns and rows at least -2^30, below 2^30.
[[nodiscard]] constexpr std::uint64_t latticeSide(std::int64_t column, std::int64_t row, bool upwards) {
    return (static_cast<std::uint64_t>(row + (1LL << 30)) << 32) | (static_cast<std::uint64_t>(column + (1LL << 30)) << 1) | (upwards ? 1U : 0U);
}

/// The middle of a cell, where steps of three or more regions meet; numbered apart from all sides.
[[nodiscard]] constexpr std::uint64_t latticeMiddle(std::int64_t column, std::int64_t row) { return latticeSide(column, row, true) | (1ULL << 63); }

/// Joins steps to rings and rings to polygons with their holes. Requires: each side is crossed once, by one step that
/// leaves over it and one that enters.
[[nodiscard]] MultiPolygon polygonsOf(std::vector<ContourStep> steps);

}  // namespace zonewright::network
