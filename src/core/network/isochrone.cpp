#include "core/network/isochrone.h"

#include <algorithm>
#include <random>

#include "core/geometry/grid.h"
#include "core/network/cone_grid.h"
#include "core/network/contour.h"
#include "core/network/parallel.h"

namespace zonewright::network {
namespace {

/// Room for rounding in the tests that discard cones or cells.
constexpr double kHair = 0.002;
/// Tiles are at most this wide, in metres, where cells allow: what lies a few minutes inside the boundary fills them.
constexpr double kTileSide = 450;

/// A tile holds 2^level cells in each direction.
int tileLevel(std::int64_t stepInMillimetres) {
    int level = 0;
    while (level < 16 && static_cast<double>(stepInMillimetres << (level + 1)) / kGridPerMetre <= kTileSide) ++level;
    return level;
}

/// Finds where the region's boundary runs through a square lattice: squares that one cone fills or that none touches
/// are decided at once, the others quartered down to single cells.
class LatticeDescent {
public:
    LatticeDescent(std::span<const Cone> cones, std::int64_t stepInMillimetres) : mCones(cones), mStep(stepInMillimetres), mLists(static_cast<std::size_t>(tileLevel(stepInMillimetres)) + 1) {}

    /// Adds the boundary's steps within a square of 2^level cells, over which only `among` the cones reach.
    void run(std::int64_t column, std::int64_t row, int level, std::span<const std::uint32_t> among) {
        const double side = static_cast<double>(mStep << level) / kGridPerMetre;
        const Point corner = toPoint({column * mStep, row * mStep});
        const Point middle{corner.x + side / 2, corner.y + side / 2};
        const double reach = side * M_SQRT1_2 + kHair;
        std::vector<std::uint32_t>& near = mLists[static_cast<std::size_t>(level)];
        near.clear();
        mLefts.clear();
        double best = -std::numeric_limits<double>::infinity();
        for (const std::uint32_t c : among) {
            const double left = mCones[c].leftAt(middle);
            best = std::max(best, left);
            mLefts.push_back(left);
        }
        if (best < -reach || best >= reach) return;
        // Of a cone that has less left than another all over the square nothing depends there.
        const double least = std::max(-reach, best - 2 * reach);
        for (std::size_t i = 0; i < among.size(); ++i) {
            if (mLefts[i] >= least) near.push_back(among[i]);
        }
        if (level == 0) {
            addSteps(column, row, near);
            return;
        }
        const std::int64_t half = std::int64_t{1} << (level - 1);
        for (const std::int64_t up : {std::int64_t{0}, half}) {
            for (const std::int64_t right : {std::int64_t{0}, half}) run(column + right, row + up, level - 1, near);
        }
    }

    std::vector<ContourStep> steps;

private:
    struct Crossing {
        std::uint64_t side = 0;
        Point place;
    };

    [[nodiscard]] bool isInside(GridPoint p, std::span<const std::uint32_t> near) const {
        const Point place = toPoint(p);
        return std::any_of(near.begin(), near.end(), [&](std::uint32_t c) { return mCones[c].leftAt(place) >= 0; });
    }

    /// The last millimetre on the way from an inner to an outer corner up to which all lies inside, kept off both corners
    /// so that boundaries never touch there.
    [[nodiscard]] Point lastInside(GridPoint inner, GridPoint outer, std::span<const std::uint32_t> near) const {
        const auto at = [&](std::int64_t d) {
            return toPoint({inner.x + (outer.x > inner.x ? d : outer.x < inner.x ? -d : 0), inner.y + (outer.y > inner.y ? d : outer.y < inner.y ? -d : 0)});
        };
        std::int64_t reached = 0;
        for (bool further = true; further;) {
            further = false;
            for (const std::uint32_t c : near) {
                if (mCones[c].leftAt(at(reached)) < 0) continue;
                std::int64_t in = reached;
                std::int64_t out = mStep;
                while (out - in > 1) {
                    const std::int64_t middle = (in + out) / 2;
                    (mCones[c].leftAt(at(middle)) >= 0 ? in : out) = middle;
                }
                if (in > reached) {
                    reached = in;
                    further = true;
                }
            }
        }
        return at(std::clamp<std::int64_t>(reached, 1, mStep - 1));
    }

    void addSteps(std::int64_t column, std::int64_t row, std::span<const std::uint32_t> near) {
        // Corners counter-clockwise from the lower left; side k runs from corner k to the next.
        const std::array<GridPoint, 4> corner{GridPoint{column * mStep, row * mStep}, GridPoint{(column + 1) * mStep, row * mStep},
                                              GridPoint{(column + 1) * mStep, (row + 1) * mStep}, GridPoint{column * mStep, (row + 1) * mStep}};
        const std::array<std::uint64_t, 4> side{latticeSide(column, row, false), latticeSide(column + 1, row, true),
                                                latticeSide(column, row + 1, false), latticeSide(column, row, true)};
        std::array<bool, 4> in{};
        for (std::size_t k = 0; k < 4; ++k) in[k] = isInside(corner[k], near);
        for (std::size_t k = 0; k < 4; ++k) {
            const std::size_t after = (k + 1) % 4;
            // Going round with the cell on the left, the boundary enters where inside ends.
            if (!in[k] || in[after]) continue;
            // It leaves over the side before, where this run of inner corners began: corners joined only over a
            // diagonal stay apart.
            std::size_t first = k;
            while (in[(first + 3) % 4]) first = (first + 3) % 4;
            const std::size_t before = (first + 3) % 4;
            steps.push_back({side[k], side[before], lastInside(corner[k], corner[after], near)});
        }
    }

    std::span<const Cone> mCones;
    std::int64_t mStep;
    std::vector<std::vector<std::uint32_t>> mLists;
    std::vector<double> mLefts;
};

/// A box round all that a cone covers, with room for what lies just on its edge: a tile beside it shares those points.
Box boxOf(const Cone& c) {
    Box box;
    box.add(c.start);
    box.add(Point{c.start.x + c.along.x * c.length, c.start.y + c.along.y * c.length});
    return box.grownBy(c.reach + kHair);
}

/// Squares that cover the region, those left out that one cone fills.
struct Tiles {
    std::int64_t firstColumn = 0;  ///< in tiles
    std::int64_t firstRow = 0;
    std::int64_t columns = 0;
    std::int64_t rows = 0;
    std::vector<std::uint32_t> first;  ///< of a tile's cones in `cones`
    std::vector<std::uint32_t> cones;  ///< those that reach it, tile by tile

    [[nodiscard]] std::span<const std::uint32_t> conesOf(std::size_t tile) const { return std::span(cones).subspan(first[tile], first[tile + 1] - first[tile]); }
};

class TileMaker {
public:
    TileMaker(std::span<const Cone> cones, double side) : mCones(cones), mSide(side), mReach(side * M_SQRT1_2 + kHair) {
        Box box;
        for (const Cone& cone : cones) box.add(boxOf(cone));
        mTiles.firstColumn = at(box.minX);
        mTiles.firstRow = at(box.minY);
        mTiles.columns = at(box.maxX) - mTiles.firstColumn + 1;
        mTiles.rows = at(box.maxY) - mTiles.firstRow + 1;
    }

    Tiles run() && {
        markFilled();
        sumOpen();
        // Pairs of tile and cone, chunk by chunk on all cores, then sorted by tile in the order of cones.
        constexpr std::size_t kChunk = 1 << 13;
        std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> parts((mCones.size() + kChunk - 1) / kChunk);
        inParallel({parts.size(), 1}, [&](std::size_t part, std::size_t) {
            for (std::size_t i = part * kChunk; i < std::min((part + 1) * kChunk, mCones.size()); ++i) addPairs(static_cast<std::uint32_t>(i), parts[part]);
        });
        mTiles.first.assign(mFilled.size() + 1, 0);
        for (const auto& part : parts) {
            for (const auto& [tile, cone] : part) ++mTiles.first[tile + 1];
        }
        for (std::size_t tile = 0; tile < mFilled.size(); ++tile) mTiles.first[tile + 1] += mTiles.first[tile];
        mTiles.cones.resize(mTiles.first.back());
        std::vector<std::uint32_t> next(mTiles.first.begin(), mTiles.first.end() - 1);
        for (const auto& part : parts) {
            for (const auto& [tile, cone] : part) mTiles.cones[next[tile]++] = cone;
        }
        return std::move(mTiles);
    }

private:
    struct Range {
        std::int64_t left, low, right, high;  ///< tiles, both ends in it
    };

    [[nodiscard]] std::int64_t at(double v) const { return static_cast<std::int64_t>(std::floor(v / mSide)); }
    [[nodiscard]] std::size_t index(std::int64_t column, std::int64_t row) const { return static_cast<std::size_t>((row - mTiles.firstRow) * mTiles.columns + column - mTiles.firstColumn); }
    [[nodiscard]] Point middle(std::int64_t column, std::int64_t row) const { return {(static_cast<double>(column) + 0.5) * mSide, (static_cast<double>(row) + 0.5) * mSide}; }
    [[nodiscard]] Range rangeOf(const Box& box) const { return {at(box.minX), at(box.minY), at(box.maxX), at(box.maxY)}; }

    /// Tiles that a cone with its start near them fills; what lies deep inside is found so, wherever ways are dense.
    void markFilled() {
        mFilled.assign(static_cast<std::size_t>(mTiles.columns * mTiles.rows), 0);
        for (const Cone& cone : mCones) {
            if (cone.reach < mReach) continue;
            Box box;
            box.add(cone.start);
            const Range range = rangeOf(box.grownBy(std::min(cone.reach - mReach, mSide)));
            for (std::int64_t row = range.low; row <= range.high; ++row) {
                for (std::int64_t column = range.left; column <= range.right; ++column) {
                    std::uint8_t& filled = mFilled[index(column, row)];
                    if (filled == 0 && cone.leftAt(middle(column, row)) >= mReach) filled = 1;
                }
            }
        }
    }

    /// mOpenBelow[r][c]: how many tiles in the rows below r and the columns before c are not filled.
    void sumOpen() {
        const std::int64_t width = mTiles.columns + 1;
        mOpenBelow.assign(static_cast<std::size_t>(width * (mTiles.rows + 1)), 0);
        for (std::int64_t r = 0; r < mTiles.rows; ++r) {
            for (std::int64_t c = 0; c < mTiles.columns; ++c) {
                const auto sum = [&](std::int64_t row, std::int64_t column) -> std::uint32_t& { return mOpenBelow[static_cast<std::size_t>(row * width + column)]; };
                sum(r + 1, c + 1) = sum(r, c + 1) + sum(r + 1, c) - sum(r, c) + (mFilled[static_cast<std::size_t>(r * mTiles.columns + c)] == 0 ? 1 : 0);
            }
        }
    }

    [[nodiscard]] bool anyOpen(const Range& range) const {
        const std::int64_t width = mTiles.columns + 1;
        const auto sum = [&](std::int64_t row, std::int64_t column) { return mOpenBelow[static_cast<std::size_t>((row - mTiles.firstRow) * width + column - mTiles.firstColumn)]; };
        return sum(range.high + 1, range.right + 1) - sum(range.low, range.right + 1) - sum(range.high + 1, range.left) + sum(range.low, range.left) != 0;
    }

    void addPairs(std::uint32_t c, std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) const {
        const Range range = rangeOf(boxOf(mCones[c]));
        if (!anyOpen(range)) return;
        for (std::int64_t row = range.low; row <= range.high; ++row) {
            for (std::int64_t column = range.left; column <= range.right; ++column) {
                const std::size_t tile = index(column, row);
                if (mFilled[tile] == 0 && mCones[c].leftAt(middle(column, row)) >= -mReach) pairs.emplace_back(static_cast<std::uint32_t>(tile), c);
            }
        }
    }

    std::span<const Cone> mCones;
    double mSide;
    double mReach;
    Tiles mTiles;
    std::vector<std::uint8_t> mFilled;
    std::vector<std::uint32_t> mOpenBelow;
};

}  // namespace

Result<MultiPolygon> Isochrone::polygons(Metres tolerance) const {
    const auto step = static_cast<std::int64_t>(tolerance.value * kGridPerMetre / 2);
    if (step < 5) return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is below 0.01 m", tolerance.value));
    if (mCones.empty()) return MultiPolygon{};
    const int level = tileLevel(step);
    const std::int64_t tileCells = std::int64_t{1} << level;
    const double side = static_cast<double>(step * tileCells) / kGridPerMetre;
    Box box;
    for (const Cone& cone : mCones) box.add(boxOf(cone));
    const double farthest = std::max({std::abs(box.minX), std::abs(box.minY), std::abs(box.maxX), std::abs(box.maxY)});
    if (farthest * kGridPerMetre / static_cast<double>(step) > (1 << 29) || (box.maxX - box.minX) / side * ((box.maxY - box.minY) / side) > 4e7) {
        return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is too fine for so large a region", tolerance.value));
    }
    const Tiles tiles = TileMaker(mCones, side).run();
    std::vector<std::size_t> open;
    for (std::size_t t = 0; t + 1 < tiles.first.size(); ++t) {
        if (!tiles.conesOf(t).empty()) open.push_back(t);
    }
    std::vector<LatticeDescent> descents(threadCount(), LatticeDescent(mCones, step));
    inParallel({open.size(), 1}, [&](std::size_t i, std::size_t thread) {
        const auto column = tiles.firstColumn + static_cast<std::int64_t>(open[i]) % tiles.columns;
        const auto row = tiles.firstRow + static_cast<std::int64_t>(open[i]) / tiles.columns;
        descents[thread].run(column * tileCells, row * tileCells, level, tiles.conesOf(open[i]));
    });
    std::vector<ContourStep> steps;
    for (const LatticeDescent& descent : descents) steps.insert(steps.end(), descent.steps.begin(), descent.steps.end());
    return polygonsOf(std::move(steps));
}

std::vector<Milliseconds> Isochrone::timesAt(std::span<const Point> places) const {
    const ConeGrid grid(mCones);
    const double millisecondsPerMetre = 1000 / metresPerSecond(mOptions.speed);
    std::vector<Milliseconds> times(places.size(), kUnreachable);
    inParallel({places.size(), 256}, [&](std::size_t i, std::size_t) {
        const double left = grid.mostLeftAt(places[i]);
        if (left >= 0) times[i] = toMilliseconds(Seconds((mOptions.limit.value - left * millisecondsPerMetre) / 1000));
    });
    return times;
}

std::vector<std::uint8_t> insideOf(const MultiPolygon& polygons, std::span<const Point> places) {
    std::vector<std::uint32_t> byY(places.size());
    for (std::uint32_t i = 0; i < byY.size(); ++i) byY[i] = i;
    std::sort(byY.begin(), byY.end(), [&](std::uint32_t a, std::uint32_t b) { return places[a].y < places[b].y; });
    std::vector<std::uint8_t> inside(places.size(), 0);
    const auto firstAtOrAbove = [&](double y) {
        return std::lower_bound(byY.begin(), byY.end(), y, [&](std::uint32_t i, double v) { return places[i].y < v; });
    };
    for (const Polygon& polygon : polygons.polygons) {
        for (const Ring& ring : polygon.rings) {
            for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
                const Point low = ring[k].y < ring[k + 1].y ? ring[k] : ring[k + 1];
                const Point high = ring[k].y < ring[k + 1].y ? ring[k + 1] : ring[k];
                for (auto it = firstAtOrAbove(low.y); it != byY.end() && places[*it].y < high.y; ++it) {
                    const Point p = places[*it];
                    if ((high.x - low.x) * (p.y - low.y) > (p.x - low.x) * (high.y - low.y)) inside[*it] ^= 1;
                }
            }
        }
    }
    return inside;
}

Misclassification misclassification(const Isochrone& isochrone, const MultiPolygon& polygons, std::size_t sample) {
    Misclassification result;
    const Box box = zonewright::boxOf(polygons);
    if (box.empty()) return result;
    std::mt19937_64 random(20250101);
    const auto between = [&](double low, double high) { return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<Point> places(sample);
    for (Point& p : places) {
        p.x = between(box.minX, box.maxX);
        p.y = between(box.minY, box.maxY);
    }
    const std::vector<std::uint8_t> drawn = insideOf(polygons, places);
    const std::vector<Milliseconds> times = isochrone.timesAt(places);
    result.sampled = sample;
    for (std::size_t i = 0; i < sample; ++i) {
        const bool reached = times[i] <= isochrone.options().limit;
        if (drawn[i] != 0 && !reached) ++result.wronglyInside;
        if (drawn[i] == 0 && reached) ++result.wronglyOutside;
    }
    return result;
}

}  // namespace zonewright::network
