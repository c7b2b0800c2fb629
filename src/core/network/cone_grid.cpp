#include "core/network/cone_grid.h"

namespace zonewright::network {

ConeGrid::ConeGrid(std::span<const Cone> cones) : mCones(cones) {
    for (const Cone& c : cones) {
        mBox.add(c.start);
        mBox.add(Point{c.start.x + c.along.x * c.length, c.start.y + c.along.y * c.length});
        mMost = std::max(mMost, c.reach);
    }
    if (cones.empty()) return;
    const double width = std::max(mBox.maxX - mBox.minX, 1.0);
    const double height = std::max(mBox.maxY - mBox.minY, 1.0);
    // About eight cones a cell; cells are not much smaller than 1/2000 of the box.
    mSide = std::max({std::sqrt(width * height * 8 / static_cast<double>(cones.size())), std::max(width, height) / 2000, 1.0});
    mColumns = static_cast<std::int64_t>(width / mSide) + 1;
    mRows = static_cast<std::int64_t>(height / mSide) + 1;
    mCells.resize(static_cast<std::size_t>(mColumns * mRows) + 1);
    // Long pieces of way are entered in parts no longer than a cell's side.
    const auto forEachPart = [&](const auto& visit) {
        for (std::uint32_t i = 0; i < cones.size(); ++i) {
            const Cone& c = cones[i];
            const auto parts = static_cast<int>(c.length / mSide) + 1;
            const auto at = [&](double share) { return Point{c.start.x + c.along.x * c.length * share, c.start.y + c.along.y * c.length * share}; };
            for (int k = 0; k < parts; ++k) {
                const Point middle = at((k + 0.5) / parts);
                const std::int64_t column = std::clamp(static_cast<std::int64_t>((middle.x - mBox.minX) / mSide), std::int64_t{0}, mColumns - 1);
                const std::int64_t row = std::clamp(static_cast<std::int64_t>((middle.y - mBox.minY) / mSide), std::int64_t{0}, mRows - 1);
                Box box;
                box.add(at(static_cast<double>(k) / parts));
                box.add(at((k + 1.0) / parts));
                visit(static_cast<std::size_t>(row * mColumns + column), i, box, c.reach - c.loss * c.length * k / parts);
            }
        }
    };
    forEachPart([&](std::size_t cell, std::uint32_t, const Box& box, double most) {
        ++mCells[cell + 1].first;
        mCells[cell].most = std::max(mCells[cell].most, most);
        mCells[cell].box.add(box);
    });
    for (std::size_t c = 1; c < mCells.size(); ++c) mCells[c].first += mCells[c - 1].first;
    mMembers.resize(mCells.back().first);
    std::vector<std::uint32_t> next(mCells.size());
    for (std::size_t c = 0; c < mCells.size(); ++c) next[c] = mCells[c].first;
    forEachPart([&](std::size_t cell, std::uint32_t i, const Box&, double) { mMembers[next[cell]++] = i; });
}

ConeGrid::Best ConeGrid::bestAt(Point place) const {
    Best best;
    if (mCones.empty()) return best;
    const auto cellOf = [&](double v, double low, std::int64_t count) {
        return static_cast<std::int64_t>(std::clamp(std::floor((v - low) / mSide), -1.0, static_cast<double>(count)));
    };
    const auto distanceTo = [&](const Box& box) {
        const double x = std::max({box.minX - place.x, 0.0, place.x - box.maxX});
        const double y = std::max({box.minY - place.y, 0.0, place.y - box.maxY});
        return std::sqrt(x * x + y * y);
    };
    const double outside = distanceTo(mBox);
    const std::int64_t c0 = cellOf(place.x, mBox.minX, mColumns);
    const std::int64_t r0 = cellOf(place.y, mBox.minY, mRows);
    for (std::int64_t ring = 0; ring <= std::max(mColumns, mRows) + 1; ++ring) {
        // A part reaches at most half a side out of its cell, and rounding no more than the other half.
        const double nearest = std::max(outside, static_cast<double>(ring - 2) * mSide);
        if (mMost - nearest < std::max(best.left, 0.0)) break;
        for (std::int64_t r = std::max<std::int64_t>(r0 - ring, 0); r <= std::min(r0 + ring, mRows - 1); ++r) {
            const std::int64_t step = std::abs(r - r0) == ring || ring == 0 ? 1 : 2 * ring;
            for (std::int64_t c = c0 - ring; c <= c0 + ring; c += step) {
                if (c < 0 || c >= mColumns) continue;
                const auto index = static_cast<std::size_t>(r * mColumns + c);
                const Cell& cell = mCells[index];
                if (cell.most - nearest < best.left || cell.most - distanceTo(cell.box) < best.left) continue;
                for (std::uint32_t i = cell.first; i < mCells[index + 1].first; ++i) {
                    const Cone& cone = mCones[mMembers[i]];
                    const double left = cone.leftAt(place);
                    if (left > best.left || (left == best.left && cone.origin < best.origin)) best = {left, cone.origin};
                }
            }
        }
    }
    return best;
}

}  // namespace zonewright::network
