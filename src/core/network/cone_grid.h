#pragma once

#include <span>
#include <vector>

#include "core/network/cones.h"

namespace zonewright::network {

/// Finds the best of many cones for a place: looks through cells outwards, past those that cannot hold a better one.
class ConeGrid {
public:
    explicit ConeGrid(std::span<const Cone> cones);

    /// The most metres of walk left at a place over all cones; below 0 where none reaches.
    [[nodiscard]] double mostLeftAt(Point place) const;

private:
    struct Cell {
        std::uint32_t first = 0;
        float most = 0;  ///< no cone of the cell has more left anywhere
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
