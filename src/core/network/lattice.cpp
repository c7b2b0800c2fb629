#include "core/network/lattice.h"

#include <algorithm>
#include <array>

#include "core/network/tiles.h"

namespace zonewright::network {
namespace {

std::int64_t towards(std::int64_t from, std::int64_t to, std::int64_t distance) { return to > from ? from + distance : to < from ? from - distance : from; }

/// The point of the grid a distance along a side of the lattice.
GridPoint along(GridPoint from, GridPoint to, std::int64_t distance) { return {towards(from.x, to.x, distance), towards(from.y, to.y, distance)}; }

/// Borders are found to this part of a cell.
constexpr std::int64_t kMarks = 64;

std::size_t after(std::size_t k) { return (k + 1) % 4; }
std::size_t before(std::size_t k) { return (k + 3) % 4; }

}  // namespace

/// A cell: corners counter-clockwise from the lower left; side k runs from corner k to the next.
struct LatticeDescent::Corners {
    std::array<Owner, 4> owner{};
    std::array<std::uint64_t, 4> side{};
    std::array<Point, 4> crossing{};  ///< where owners change on a side; else unset
    std::uint64_t middle = 0;

    [[nodiscard]] bool isCut(std::size_t k) const { return owner[k] != owner[after(k)]; }
    [[nodiscard]] std::size_t cuts() const { return static_cast<std::size_t>(isCut(0)) + static_cast<std::size_t>(isCut(1)) + static_cast<std::size_t>(isCut(2)) + static_cast<std::size_t>(isCut(3)); }
    /// The side over which one comes, counter-clockwise, to the run of one owner that corner k is in.
    [[nodiscard]] std::size_t sideBefore(std::size_t k) const {
        while (!isCut(before(k))) k = before(k);
        return before(k);
    }
    /// Of corners that alternate the owner who keeps the middle: the outside, so that corners joined only over a diagonal
    /// stay apart; else the first that has both. Nothing when all four differ.
    [[nodiscard]] std::optional<Owner> ownerOfMiddle() const {
        if (owner[0] == owner[2] && owner[1] == owner[3]) return std::min(owner[0], owner[1]);
        if (owner[0] == owner[2]) return owner[0];
        if (owner[1] == owner[3]) return owner[1];
        return std::nullopt;
    }
};

LatticeDescent::LatticeDescent(std::span<const Cone> cones, Lattice lattice, std::size_t origins)
    : steps(origins), mCones(cones), mStep(lattice.step), mIsSplit(origins > 1), mLists(static_cast<std::size_t>(lattice.level) + 1), mKnown(std::size_t{1} << kKnownBits) {}

bool LatticeDescent::isOfOneOrigin(std::span<const std::uint32_t> near) const {
    return std::all_of(near.begin(), near.end(), [&](std::uint32_t c) { return mCones[c].origin == mCones[near.front()].origin; });
}

void LatticeDescent::run(std::int64_t column, std::int64_t row, int level, std::span<const std::uint32_t> among) {
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
    const bool isFilled = best >= reach;
    if (best < -reach || (isFilled && !mIsSplit)) return;
    // Of a cone that has less left than another all over the square nothing depends there.
    const double least = std::max(-reach, best - 2 * reach);
    for (std::size_t i = 0; i < among.size(); ++i) {
        if (mLefts[i] >= least) near.push_back(among[i]);
    }
    if (isFilled && isOfOneOrigin(near)) return;
    if (level == 0) {
        addSteps(column, row, near);
        return;
    }
    const std::int64_t half = std::int64_t{1} << (level - 1);
    for (const std::int64_t up : {std::int64_t{0}, half}) {
        for (const std::int64_t right : {std::int64_t{0}, half}) run(column + right, row + up, level - 1, near);
    }
}

LatticeDescent::Owner LatticeDescent::ownerOf(GridPoint p, std::span<const std::uint32_t> near) const {
    const Point place = toPoint(p);
    if (!mIsSplit) return std::any_of(near.begin(), near.end(), [&](std::uint32_t c) { return mCones[c].leftAt(place) >= 0; }) ? 1 : 0;
    double most = 0;
    Owner owner = 0;
    for (const std::uint32_t c : near) {
        const double left = mCones[c].leftAt(place);
        if (left < most || (left == most && owner != 0 && owner <= mCones[c].origin + 1)) continue;
        most = left;
        owner = mCones[c].origin + 1;
    }
    return owner;
}

/// The last mark on the way from an inner to an outer corner up to which all lies inside, kept off both corners so that
/// borders never touch there. Marks stand where they do whatever the limit, so that what a longer one reaches holds what
/// a shorter one does.
Point LatticeDescent::lastInside(GridPoint inner, GridPoint outer, std::span<const std::uint32_t> near) const {
    const std::int64_t mark = std::max<std::int64_t>(mStep / kMarks, 1);
    const Point from = toPoint(inner);
    const GridPoint first = along(inner, outer, mark);
    const Point by{static_cast<double>(first.x - inner.x) / kGridPerMetre, static_cast<double>(first.y - inner.y) / kGridPerMetre};
    const auto at = [&](std::int64_t marks) { return Point{from.x + by.x * static_cast<double>(marks), from.y + by.y * static_cast<double>(marks)}; };
    std::int64_t reached = 0;
    for (bool further = true; further;) {
        further = false;
        for (const std::uint32_t c : near) {
            // What is left is concave along the way: without the next mark a cone has none after it.
            const std::int64_t end = (mStep + mark - 1) / mark;
            if (reached + 1 >= end || mCones[c].leftAt(at(reached + 1)) < 0 || mCones[c].leftAt(at(reached)) < 0) continue;
            std::int64_t in = reached + 1;
            std::int64_t out = end;
            while (out - in > 1) {
                const std::int64_t middle = (in + out) / 2;
                (mCones[c].leftAt(at(middle)) >= 0 ? in : out) = middle;
            }
            reached = in;
            further = true;
        }
    }
    return toPoint(along(inner, outer, std::clamp<std::int64_t>(reached * mark, 1, mStep - 1)));
}

/// A millimetre after which what belongs to the owner of `from` ends on the way to `to`, kept off both corners.
Point LatticeDescent::lastOfOwner(GridPoint from, GridPoint to, std::span<const std::uint32_t> near) const {
    const Owner owner = ownerOf(from, near);
    std::int64_t in = 0;
    std::int64_t out = mStep;
    while (out - in > 1) {
        const std::int64_t middle = (in + out) / 2;
        (ownerOf(along(from, to, middle), near) == owner ? in : out) = middle;
    }
    return toPoint(along(from, to, std::clamp<std::int64_t>(in, 1, mStep - 1)));
}

void LatticeDescent::addSteps(std::int64_t column, std::int64_t row, std::span<const std::uint32_t> near) {
    const std::array<GridPoint, 4> corner{GridPoint{column * mStep, row * mStep}, GridPoint{(column + 1) * mStep, row * mStep},
                                          GridPoint{(column + 1) * mStep, (row + 1) * mStep}, GridPoint{column * mStep, (row + 1) * mStep}};
    Corners cell;
    cell.side = {latticeSide(column, row, false), latticeSide(column + 1, row, true), latticeSide(column, row + 1, false), latticeSide(column, row, true)};
    cell.middle = latticeMiddle(column, row);
    for (std::size_t k = 0; k < 4; ++k) cell.owner[k] = ownerOf(corner[k], near);
    for (std::size_t k = 0; k < 4; ++k) {
        if (!cell.isCut(k)) continue;
        Known& known = mKnown[(cell.side[k] * 0x9E3779B97F4A7C15ULL) >> (64 - kKnownBits)];
        if (known.side == cell.side[k]) {
            cell.crossing[k] = known.crossing;
            continue;
        }
        const GridPoint a = corner[k];
        const GridPoint b = corner[after(k)];
        if (cell.owner[k] == 0) cell.crossing[k] = lastInside(b, a, near);
        else if (cell.owner[after(k)] == 0) cell.crossing[k] = lastInside(a, b, near);
        else cell.crossing[k] = lastOfOwner(std::min(a, b), std::max(a, b), near);  // the same from the cell beyond
        known = {cell.side[k], cell.crossing[k]};
    }
    const std::size_t cuts = cell.cuts();
    const std::optional<Owner> joined = cuts == 4 ? cell.ownerOfMiddle() : std::nullopt;
    if (cuts == 3 || (cuts == 4 && !joined)) {
        addStepsOverJunction(cell);
        return;
    }
    for (std::size_t k = 0; k < 4; ++k) {
        // Going round with the cell on the left, the border enters where the run of one owner ends. It leaves over the
        // side where that run began, or before the next corner when it goes on there over the middle.
        if (cell.owner[k] == 0 || !cell.isCut(k)) continue;
        const std::size_t leaves = cell.owner[k] == joined ? after(k) : cell.sideBefore(k);
        steps[cell.owner[k] - 1].push_back({cell.side[k], cell.side[leaves], cell.crossing[k]});
    }
}

/// Three or four regions meet at a point of the cell: with the outside on the line that cuts it off, so that regions
/// together have the border of one.
void LatticeDescent::addStepsOverJunction(const Corners& cell) {
    Point junction;
    std::size_t count = 0;
    const auto add = [&](Point p) {
        junction.x += p.x;
        junction.y += p.y;
        ++count;
    };
    const auto outside = static_cast<std::size_t>(std::find(cell.owner.begin(), cell.owner.end(), 0U) - cell.owner.begin());
    for (std::size_t k = 0; k < 4; ++k) {
        if (!cell.isCut(k)) continue;
        if (outside == 4 || cell.owner[k] == 0 || cell.owner[after(k)] == 0) add(cell.crossing[k]);
    }
    junction = snapped({junction.x / static_cast<double>(count), junction.y / static_cast<double>(count)});
    for (std::size_t k = 0; k < 4; ++k) {
        if (cell.owner[k] == 0 || !cell.isCut(k)) continue;
        std::vector<ContourStep>& own = steps[cell.owner[k] - 1];
        own.push_back({cell.side[k], cell.middle, cell.crossing[k]});
        own.push_back({cell.middle, cell.side[cell.sideBefore(k)], junction});
    }
}

}  // namespace zonewright::network
