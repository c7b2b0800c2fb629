#include "core/network/tiles.h"

#include "core/network/marked_cells.h"
#include "core/network/parallel.h"

namespace zonewright::network {
namespace {

class TileMaker {
public:
    TileMaker(std::span<const Cone> cones, double side, TileUse use) : mCones(cones), mSide(side), mReach(filledFrom(side)), mUse(use) {
        Box box;
        for (const Cone& cone : cones) box.add(boxOf(cone));
        mTiles.firstColumn = at(box.minX);
        mTiles.firstRow = at(box.minY);
        mTiles.columns = at(box.maxX) - mTiles.firstColumn + 1;
        mTiles.rows = at(box.maxY) - mTiles.firstRow + 1;
    }

    Tiles run(const LeastLeft& known) && {
        findMost();
        takeOver(known);
        mOpen = MarkedCells(mTiles.columns, mTiles.rows, [&](std::size_t tile) { return isOpen(tile); });
        // Pairs of tile and cone, chunk by chunk on all cores, then sorted by tile in the order of cones.
        constexpr std::size_t kChunk = 1 << 13;
        std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> parts((mCones.size() + kChunk - 1) / kChunk);
        inParallel({parts.size(), 1}, [&](std::size_t part, std::size_t) {
            for (std::size_t i = part * kChunk; i < std::min((part + 1) * kChunk, mCones.size()); ++i) addPairs(static_cast<std::uint32_t>(i), parts[part]);
        });
        mTiles.first.assign(mMost.size() + 1, 0);
        for (const auto& part : parts) {
            for (const auto& [tile, cone] : part) ++mTiles.first[tile + 1];
        }
        for (std::size_t tile = 0; tile < mMost.size(); ++tile) mTiles.first[tile + 1] += mTiles.first[tile];
        mTiles.cones.resize(mTiles.first.back());
        std::vector<std::uint32_t> next(mTiles.first.begin(), mTiles.first.end() - 1);
        for (const auto& part : parts) {
            for (const auto& [tile, cone] : part) mTiles.cones[next[tile]++] = cone;
        }
        return std::move(mTiles);
    }

private:
    using Range = MarkedCells::Range;  ///< of tiles, counted from the origin of coordinates

    [[nodiscard]] std::int64_t at(double v) const { return static_cast<std::int64_t>(std::floor(v / mSide)); }
    [[nodiscard]] std::size_t index(std::int64_t column, std::int64_t row) const { return static_cast<std::size_t>((row - mTiles.firstRow) * mTiles.columns + column - mTiles.firstColumn); }
    [[nodiscard]] Point middle(std::int64_t column, std::int64_t row) const { return {(static_cast<double>(column) + 0.5) * mSide, (static_cast<double>(row) + 0.5) * mSide}; }
    [[nodiscard]] Range rangeOf(const Box& box) const { return {at(box.minX), at(box.minY), at(box.maxX), at(box.maxY)}; }
    [[nodiscard]] bool isOpen(std::size_t tile) const { return mUse == TileUse::Owners || mMost[tile] < mReach; }

    /// How much walk is left at least at the middles of tiles, from cones that start near them; what lies deep inside is
    /// found so, wherever ways are dense.
    void findMost() {
        mMost.assign(static_cast<std::size_t>(mTiles.columns * mTiles.rows), -std::numeric_limits<double>::infinity());
        for (const Cone& cone : mCones) {
            if (mUse == TileUse::Boundary && cone.reach < mReach) continue;
            Box box;
            box.add(cone.start);
            const Range range = rangeOf(box.grownBy(std::clamp(cone.reach - mReach, 0.0, mSide)));
            for (std::int64_t row = range.low; row <= range.high; ++row) {
                for (std::int64_t column = range.left; column <= range.right; ++column) {
                    double& most = mMost[index(column, row)];
                    if (mUse == TileUse::Owners || most < mReach) most = std::max(most, cone.leftAt(middle(column, row)));
                }
            }
        }
    }

    void takeOver(const LeastLeft& known) {
        for (std::int64_t row = std::max(known.firstRow, mTiles.firstRow); row < std::min(known.firstRow + known.rows, mTiles.firstRow + mTiles.rows); ++row) {
            for (std::int64_t column = std::max(known.firstColumn, mTiles.firstColumn); column < std::min(known.firstColumn + known.columns, mTiles.firstColumn + mTiles.columns); ++column) {
                double& most = mMost[index(column, row)];
                most = std::max(most, known.metres[static_cast<std::size_t>((row - known.firstRow) * known.columns + column - known.firstColumn)]);
            }
        }
    }

    void addPairs(std::uint32_t c, std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) const {
        const Range range = rangeOf(boxOf(mCones[c]));
        if (!mOpen.any({range.left - mTiles.firstColumn, range.low - mTiles.firstRow, range.right - mTiles.firstColumn, range.high - mTiles.firstRow})) return;
        for (std::int64_t row = range.low; row <= range.high; ++row) {
            for (std::int64_t column = range.left; column <= range.right; ++column) {
                const std::size_t tile = index(column, row);
                // A cone that has less left than another all over the tile owns nothing there.
                if (isOpen(tile) && mCones[c].leftAt(middle(column, row)) >= std::max(-mReach, mMost[tile] - 2 * mReach)) pairs.emplace_back(static_cast<std::uint32_t>(tile), c);
            }
        }
    }

    std::span<const Cone> mCones;
    double mSide;
    double mReach;
    TileUse mUse;
    Tiles mTiles;
    std::vector<double> mMost;
    MarkedCells mOpen;
};

}  // namespace

Tiles tilesOf(std::span<const Cone> cones, double side, TileUse use, const LeastLeft& known) { return TileMaker(cones, side, use).run(known); }

}  // namespace zonewright::network
