#pragma once

#include <cstdint>
#include <vector>

namespace zonewright::network {

/// The marked cells of a grid, counted so that any rectangle is asked at once: a summed-area table (Crow 1984, Summed-area
/// tables for texture mapping, SIGGRAPH).
class MarkedCells {
public:
    MarkedCells() = default;
    /// `isMarked(cell)`, cells numbered row by row.
    template <typename IsMarked>
    MarkedCells(std::int64_t columns, std::int64_t rows, IsMarked isMarked) : mWidth(columns + 1), mBelow(static_cast<std::size_t>(mWidth * (rows + 1)), 0) {
        for (std::int64_t r = 0; r < rows; ++r) {
            std::uint32_t inRow = 0;
            for (std::int64_t c = 0; c < columns; ++c) {
                inRow += isMarked(static_cast<std::size_t>(r * columns + c)) ? 1 : 0;
                mBelow[at(c + 1, r + 1)] = mBelow[at(c + 1, r)] + inRow;
            }
        }
    }

    /// Columns left to right and rows low to high, both ends in it. Requires: they are of the grid.
    struct Range {
        std::int64_t left, low, right, high;
    };
    [[nodiscard]] bool any(const Range& range) const {
        return mBelow[at(range.right + 1, range.high + 1)] - mBelow[at(range.right + 1, range.low)] - mBelow[at(range.left, range.high + 1)] + mBelow[at(range.left, range.low)] != 0;
    }

private:
    [[nodiscard]] std::size_t at(std::int64_t column, std::int64_t row) const { return static_cast<std::size_t>(row * mWidth + column); }

    std::int64_t mWidth = 0;
    std::vector<std::uint32_t> mBelow;  ///< at (c, r): how many are marked in columns before c and rows below r
};

}  // namespace zonewright::network
