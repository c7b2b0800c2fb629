#pragma once

#include <limits>
#include <span>
#include <vector>

#include "core/network/cones.h"

namespace zonewright::network {

/// Finds the best of many cones for a place: looks through cells outwards, past those that cannot hold a better one.
/// Keeps a view of the cones.
class ConeGrid {
public:
    explicit ConeGrid(std::span<const Cone> cones);

    struct Best {
        double left = -std::numeric_limits<double>::infinity();  ///< metres of walk; below 0 where no cone reaches
        std::uint32_t origin = 0;                                ///< of cones with as much left the first
    };
    /// The cone with most walk left at a place.
    [[nodiscard]] Best bestAt(Point place) const;

private:
    /// The pieces of way whose middle lies in a square.
    struct Cell {
        std::uint32_t first = 0;
        double most = 0;  ///< none of them has more left anywhere
        Box box;          ///< round them
    };

    std::span<const Cone> mCones;
    Box mBox;
    double mSide = 1;
    double mMost = 0;
    std::int64_t mColumns = 0;
    std::int64_t mRows = 0;
    std::vector<Cell> mCells;
    std::vector<std::uint32_t> mMembers;
};

}  // namespace zonewright::network
