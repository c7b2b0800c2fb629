#pragma once

#include <span>
#include <vector>

#include "core/geometry/grid.h"
#include "core/network/cones.h"
#include "core/network/contour.h"

namespace zonewright::network {

/// Finds where the borders of regions run through a square lattice: squares that lie in one region or in none are decided
/// at once, the others quartered down to single cells. With one origin there is one region; with several each place
/// belongs to the origin whose cone has most walk left there (of two with the same the first), and regions share their
/// borders.
class LatticeDescent {
public:
    struct Lattice {
        std::int64_t step = 0;  ///< millimetres
        int level = 0;          ///< squares are at most 2^level cells wide
    };
    LatticeDescent(std::span<const Cone> cones, Lattice lattice, std::size_t origins);

    /// Adds the borders' steps within a square of 2^level cells, over which only `among` the cones reach.
    void run(std::int64_t column, std::int64_t row, int level, std::span<const std::uint32_t> among);

    std::vector<std::vector<ContourStep>> steps;  ///< by origin

private:
    using Owner = std::uint32_t;  ///< origins counted from 1; 0 is outside
    struct Corners;

    [[nodiscard]] Owner ownerOf(GridPoint p, std::span<const std::uint32_t> near) const;
    [[nodiscard]] Point lastInside(GridPoint inner, GridPoint outer, std::span<const std::uint32_t> near) const;
    [[nodiscard]] Point lastOfOwner(GridPoint from, GridPoint to, std::span<const std::uint32_t> near) const;
    void addSteps(std::int64_t column, std::int64_t row, std::span<const std::uint32_t> near);
    void addStepsOverJunction(const Corners& cell);
    [[nodiscard]] bool isOfOneOrigin(std::span<const std::uint32_t> near) const;

    std::span<const Cone> mCones;
    std::int64_t mStep;
    bool mIsSplit;
    std::vector<std::vector<std::uint32_t>> mLists;
    std::vector<double> mLefts;

    /// Where a border crosses a side is asked for from both cells beside it.
    struct Known {
        std::uint64_t side = ~std::uint64_t{0};
        Point crossing;
    };
    static constexpr int kKnownBits = 12;
    std::vector<Known> mKnown;
};

}  // namespace zonewright::network
