#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "core/geometry/types.h"

namespace zonewright::analysis::siting {

/// Finds the boxes that meet a box: a packed R-tree, filled once.
/// Source: Leutenegger et al. 1997, STR: a simple and efficient algorithm for R-tree packing.
class BoxIndex {
public:
    explicit BoxIndex(std::span<const Box> boxes) {
        std::vector<Entry> level;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            if (!boxes[i].empty()) level.push_back({boxes[i], static_cast<std::uint32_t>(i)});
        }
        pack(level);
        mLevels.push_back(level);
        while (mLevels.back().size() > kFan) {
            std::vector<Entry> above;
            const std::vector<Entry>& below = mLevels.back();
            for (std::size_t i = 0; i < below.size(); i += kFan) {
                Entry parent{{}, static_cast<std::uint32_t>(i)};
                for (std::size_t j = i; j < std::min(i + kFan, below.size()); ++j) parent.box.add(below[j].box);
                above.push_back(parent);
            }
            mLevels.push_back(std::move(above));
        }
    }

    /// Indices of the boxes that meet `box`, touching included; rising.
    [[nodiscard]] std::vector<std::uint32_t> meeting(const Box& box) const {
        std::vector<std::uint32_t> out;
        const std::size_t top = mLevels.size() - 1;
        for (std::size_t i = 0; i < mLevels[top].size(); ++i) visit(top, i, box, out);
        std::sort(out.begin(), out.end());
        return out;
    }

private:
    static constexpr std::size_t kFan = 8;
    struct Entry {
        Box box;
        std::uint32_t first;  ///< feature on the lowest level, else first child
    };

    static void pack(std::vector<Entry>& entries) {
        const auto x = [](const Entry& e) { return e.box.minX + e.box.maxX; };
        const auto y = [](const Entry& e) { return e.box.minY + e.box.maxY; };
        std::stable_sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) { return x(a) < x(b); });
        const double leaves = std::ceil(static_cast<double>(entries.size()) / kFan);
        const std::size_t slice = kFan * static_cast<std::size_t>(std::max(1.0, std::ceil(std::sqrt(leaves))));
        for (std::size_t i = 0; i < entries.size(); i += slice) {
            std::stable_sort(entries.begin() + static_cast<std::ptrdiff_t>(i),
                             entries.begin() + static_cast<std::ptrdiff_t>(std::min(i + slice, entries.size())),
                             [&](const Entry& a, const Entry& b) { return y(a) < y(b); });
        }
    }

    void visit(std::size_t level, std::size_t at, const Box& box, std::vector<std::uint32_t>& out) const {
        const Entry& entry = mLevels[level][at];
        if (!entry.box.intersects(box)) return;
        if (level == 0) {
            out.push_back(entry.first);
            return;
        }
        const std::size_t end = std::min(entry.first + kFan, mLevels[level - 1].size());
        for (std::size_t child = entry.first; child < end; ++child) visit(level - 1, child, box, out);
    }

    std::vector<std::vector<Entry>> mLevels;  ///< lowest first
};

}  // namespace zonewright::analysis::siting
