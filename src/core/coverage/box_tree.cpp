#include "core/coverage/box_tree.h"

#include <cmath>
#include <numeric>

namespace zonewright::coverage {

BoxTree::BoxTree(std::span<const GridBox> boxes) {
    if (boxes.empty()) return;
    mItems.resize(boxes.size());
    std::iota(mItems.begin(), mItems.end(), 0U);
    const auto byX = [&](std::uint32_t a, std::uint32_t b) {
        const std::int64_t ca = boxes[a].minX / 2 + boxes[a].maxX / 2;
        const std::int64_t cb = boxes[b].minX / 2 + boxes[b].maxX / 2;
        return ca != cb ? ca < cb : a < b;
    };
    const auto byY = [&](std::uint32_t a, std::uint32_t b) {
        const std::int64_t ca = boxes[a].minY / 2 + boxes[a].maxY / 2;
        const std::int64_t cb = boxes[b].minY / 2 + boxes[b].maxY / 2;
        return ca != cb ? ca < cb : a < b;
    };
    std::sort(mItems.begin(), mItems.end(), byX);
    const double leaves = std::ceil(static_cast<double>(boxes.size()) / kFanOut);
    const std::size_t slice = kFanOut * static_cast<std::size_t>(std::ceil(std::sqrt(leaves)));
    for (std::size_t from = 0; from < mItems.size(); from += slice) {
        const auto first = mItems.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = mItems.begin() + static_cast<std::ptrdiff_t>(std::min(from + slice, mItems.size()));
        std::sort(first, last, byY);
    }
    std::vector<GridBox> level;
    level.reserve(mItems.size());
    for (const std::uint32_t item : mItems) level.push_back(boxes[item]);
    while (true) {
        mLevels.push_back(std::move(level));
        const std::vector<GridBox>& below = mLevels.back();
        if (below.size() <= kFanOut) return;
        level.clear();
        for (std::size_t i = 0; i < below.size(); i += kFanOut) {
            GridBox box;
            for (std::size_t j = i; j < std::min(i + kFanOut, below.size()); ++j) box.add(below[j]);
            level.push_back(box);
        }
    }
}

}  // namespace zonewright::coverage
