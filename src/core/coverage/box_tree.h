#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/coverage/exact.h"

namespace zonewright::coverage {

/// A static R-tree over boxes, packed by Sort-Tile-Recursive (Leutenegger et al. 1997). Built in O(n log n).
class BoxTree {
public:
    BoxTree() = default;
    explicit BoxTree(std::span<const GridBox> boxes);

    /// Calls `visit(index)` for every box that meets `query`, in an order that depends on the boxes only.
    template <typename Visit>
    void query(const GridBox& query, Visit&& visit) const {
        if (!mLevels.empty()) descend(mLevels.size() - 1, 0, mLevels.back().size(), query, visit);
    }

private:
    static constexpr std::size_t kFanOut = 12;

    template <typename Visit>
    void descend(std::size_t level, std::size_t from, std::size_t to, const GridBox& query,
                 Visit& visit) const {
        for (std::size_t i = from; i < to; ++i) {
            if (!mLevels[level][i].intersects(query)) continue;
            if (level == 0) {
                visit(mItems[i]);
            } else {
                descend(level - 1, i * kFanOut, std::min((i + 1) * kFanOut, mLevels[level - 1].size()), query,
                        visit);
            }
        }
    }

    std::vector<std::uint32_t> mItems;  ///< item of each leaf box
    std::vector<std::vector<GridBox>>
        mLevels;  ///< [0] the leaves; each level above bounds kFanOut of the one below
};

}  // namespace zonewright::coverage
