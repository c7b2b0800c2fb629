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
    const auto clampedCell = [&](double v, double low, std::int64_t count) {
        return std::clamp(static_cast<std::int64_t>((v - low) / mSide), std::int64_t{0}, count - 1);
    };
    const auto forEachCell = [&](const auto& visit) {
        for (std::uint32_t i = 0; i < cones.size(); ++i) {
            const Cone& c = cones[i];
            // A long piece is entered at every cell side's length, so that each cell it crosses or a neighbour holds it.
            const auto parts = static_cast<std::int64_t>(c.length / mSide) + 1;
            std::size_t last = mCells.size();
            for (std::int64_t k = 0; k <= parts; ++k) {
                const double t = c.length * static_cast<double>(k) / static_cast<double>(parts);
                const std::int64_t column = clampedCell(c.start.x + c.along.x * t, mBox.minX, mColumns);
                const std::int64_t row = clampedCell(c.start.y + c.along.y * t, mBox.minY, mRows);
                const auto cell = static_cast<std::size_t>(row * mColumns + column);
                if (cell == last) continue;
                last = cell;
                visit(cell, i, c.reach - c.loss * std::max(t - c.length / static_cast<double>(parts), 0.0));
            }
        }
    };
    forEachCell([&](std::size_t cell, std::uint32_t, double most) {
        ++mCells[cell + 1].first;
        mCells[cell].most = std::max(mCells[cell].most, std::nextafter(static_cast<float>(most), 1e30F));
    });
    for (std::size_t c = 1; c < mCells.size(); ++c) mCells[c].first += mCells[c - 1].first;
    mMembers.resize(mCells.back().first);
    std::vector<std::uint32_t> next(mCells.size());
    for (std::size_t c = 0; c < mCells.size(); ++c) next[c] = mCells[c].first;
    forEachCell([&](std::size_t cell, std::uint32_t i, double) { mMembers[next[cell]++] = i; });
}

double ConeGrid::mostLeftAt(Point place) const {
    double best = -std::numeric_limits<double>::infinity();
    if (mCones.empty()) return best;
    const auto cellOf = [&](double v, double low, std::int64_t count) {
        return static_cast<std::int64_t>(std::clamp(std::floor((v - low) / mSide), -1.0, static_cast<double>(count)));
    };
    const double outside = std::hypot(std::max({mBox.minX - place.x, 0.0, place.x - mBox.maxX}), std::max({mBox.minY - place.y, 0.0, place.y - mBox.maxY}));
    const std::int64_t c0 = cellOf(place.x, mBox.minX, mColumns);
    const std::int64_t r0 = cellOf(place.y, mBox.minY, mRows);
    // Exits of a cone lie in the cells that hold it or next to them: two cells' slack in every bound.
    for (std::int64_t ring = 0; ring <= std::max(mColumns, mRows) + 1; ++ring) {
        const double nearest = std::max(outside - 2 * mSide, static_cast<double>(ring - 3) * mSide);
        if (mMost - std::max(nearest, 0.0) < std::max(best, 0.0)) break;
        for (std::int64_t r = std::max<std::int64_t>(r0 - ring, 0); r <= std::min(r0 + ring, mRows - 1); ++r) {
            const std::int64_t step = std::abs(r - r0) == ring || ring == 0 ? 1 : 2 * ring;
            for (std::int64_t c = c0 - ring; c <= c0 + ring; c += step) {
                if (c < 0 || c >= mColumns) continue;
                const auto cell = static_cast<std::size_t>(r * mColumns + c);
                if (static_cast<double>(mCells[cell].most) - std::max(nearest, 0.0) < best) continue;
                for (std::uint32_t i = mCells[cell].first; i < mCells[cell + 1].first; ++i) best = std::max(best, mCones[mMembers[i]].leftAt(place));
            }
        }
    }
    return best;
}

}  // namespace zonewright::network
