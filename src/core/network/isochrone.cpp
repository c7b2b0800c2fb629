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
/// A tile holds 2^kTileLevels cells in each direction.
constexpr int kTileLevels = 7;

/// Finds where the region's boundary runs through a square lattice: squares that one cone fills or that none touches
/// are decided at once, the others quartered down to single cells.
class LatticeDescent {
public:
    LatticeDescent(std::span<const Cone> cones, std::int64_t stepInMillimetres) : mCones(cones), mStep(stepInMillimetres), mLists(kTileLevels + 2) {}

    /// Adds the boundary's steps within a square of 2^level cells, over which only `among` the cones reach.
    void run(std::int64_t column, std::int64_t row, int level, std::span<const std::uint32_t> among) {
        const double side = static_cast<double>(mStep << level) / kGridPerMetre;
        const Point corner = toPoint({column * mStep, row * mStep});
        const Point middle{corner.x + side / 2, corner.y + side / 2};
        const double reach = side * M_SQRT1_2 + kHair;
        std::vector<std::uint32_t>& near = mLists[static_cast<std::size_t>(level)];
        near.clear();
        double best = -std::numeric_limits<double>::infinity();
        for (const std::uint32_t c : among) {
            const double left = mCones[c].leftAt(middle);
            best = std::max(best, left);
            if (left >= -reach) near.push_back(c);
        }
        if (near.empty() || best >= reach) return;
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
};

/// The box of all that a cone covers.
Box boxOf(const Cone& c) {
    Box box;
    box.add(c.start);
    box.add(Point{c.start.x + c.along.x * c.length, c.start.y + c.along.y * c.length});
    return box.grownBy(c.reach);
}

/// Squares that cover the region, each with the cones that reach it; those one cone fills are left out.
struct Tiles {
    std::int64_t firstColumn = 0;  ///< in tiles
    std::int64_t firstRow = 0;
    std::int64_t columns = 0;
    std::int64_t rows = 0;
    std::vector<std::vector<std::uint32_t>> cones;
};

Tiles tilesOf(std::span<const Cone> cones, double side) {
    Tiles tiles;
    Box box;
    for (const Cone& cone : cones) box.add(boxOf(cone));
    const auto tileAt = [&](double v) { return static_cast<std::int64_t>(std::floor(v / side)); };
    tiles.firstColumn = tileAt(box.minX);
    tiles.firstRow = tileAt(box.minY);
    tiles.columns = tileAt(box.maxX) - tiles.firstColumn + 1;
    tiles.rows = tileAt(box.maxY) - tiles.firstRow + 1;
    const auto count = static_cast<std::size_t>(tiles.columns * tiles.rows);
    tiles.cones.resize(count);
    const double reach = side * M_SQRT1_2 + kHair;
    const auto forEachTile = [&](const Cone& cone, const Box& over, const auto& visit) {
        for (std::int64_t r = tileAt(over.minY); r <= tileAt(over.maxY); ++r) {
            for (std::int64_t c = tileAt(over.minX); c <= tileAt(over.maxX); ++c) {
                const auto tile = static_cast<std::size_t>((r - tiles.firstRow) * tiles.columns + c - tiles.firstColumn);
                const Point middle{(static_cast<double>(c) + 0.5) * side, (static_cast<double>(r) + 0.5) * side};
                visit(tile, [&] { return cone.leftAt(middle); });
            }
        }
    };
    std::vector<std::uint8_t> filled(count, 0);
    for (const Cone& cone : cones) {
        if (cone.reach < reach) continue;
        Box near;
        near.add(cone.start);
        forEachTile(cone, near.grownBy(cone.reach - reach), [&](std::size_t tile, const auto& left) {
            if (filled[tile] == 0 && left() >= reach) filled[tile] = 1;
        });
    }
    for (std::uint32_t i = 0; i < cones.size(); ++i) {
        forEachTile(cones[i], boxOf(cones[i]), [&](std::size_t tile, const auto& left) {
            if (filled[tile] == 0 && left() >= -reach) tiles.cones[tile].push_back(i);
        });
    }
    return tiles;
}

}  // namespace

Result<MultiPolygon> Isochrone::polygons(Metres tolerance) const {
    const auto step = static_cast<std::int64_t>(tolerance.value * kGridPerMetre / 2);
    if (step < 5) return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is below 0.01 m", tolerance.value));
    if (mCones.empty()) return MultiPolygon{};
    const std::int64_t tileCells = std::int64_t{1} << kTileLevels;
    const double side = static_cast<double>(step * tileCells) / kGridPerMetre;
    Box box;
    for (const Cone& cone : mCones) box.add(boxOf(cone));
    const double farthest = std::max({std::abs(box.minX), std::abs(box.minY), std::abs(box.maxX), std::abs(box.maxY)});
    if (farthest * kGridPerMetre / static_cast<double>(step) > (1 << 29) || (box.maxX - box.minX) / side * ((box.maxY - box.minY) / side) > 4e7) {
        return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is too fine for so large a region", tolerance.value));
    }
    const Tiles tiles = tilesOf(mCones, side);
    std::vector<std::size_t> open;
    for (std::size_t t = 0; t < tiles.cones.size(); ++t) {
        if (!tiles.cones[t].empty()) open.push_back(t);
    }
    std::vector<LatticeDescent> descents(threadCount(), LatticeDescent(mCones, step));
    inParallel({open.size(), 1}, [&](std::size_t i, std::size_t thread) {
        const auto column = tiles.firstColumn + static_cast<std::int64_t>(open[i]) % tiles.columns;
        const auto row = tiles.firstRow + static_cast<std::int64_t>(open[i]) / tiles.columns;
        descents[thread].run(column * tileCells, row * tileCells, kTileLevels, tiles.cones[open[i]]);
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
