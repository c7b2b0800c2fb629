#include "zone_index.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "predicates.h"

namespace zonewright::intensity {
namespace {

/// The zones on one scanline so far, ascending.
void toggle(std::vector<std::uint32_t>& zones, std::uint32_t zone) {
    const auto at = std::lower_bound(zones.begin(), zones.end(), zone);
    if (at != zones.end() && *at == zone)
        zones.erase(at);
    else
        zones.insert(at, zone);
}

}  // namespace

ZoneIndex::ZoneIndex(const analysis::PolygonSet& zones) {
    collectEdges(zones);
    chooseGrid();
    fillCells();
    labelCells();
}

void ZoneIndex::collectEdges(const analysis::PolygonSet& zones) {
    mEdges.reserve(zones.points());
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        const auto [first, last] = zones.ringsOf(zone);
        for (std::size_t r = first; r < last; ++r) {
            const std::span<const Point> ring = zones.ring(r);
            const auto start = static_cast<std::uint32_t>(mEdges.size());
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const bool closing = i + 1 == ring.size();
                const auto here = static_cast<std::uint32_t>(start + i);
                mEdges.push_back({ring[i], ring[closing ? 0 : i + 1], static_cast<std::uint32_t>(zone),
                                  closing ? start : here + 1});
                mExtent.add(ring[i]);
            }
        }
    }
}

void ZoneIndex::chooseGrid() {
    if (mEdges.empty()) mExtent = {0, 0, 0, 0};
    const double width = std::max(mExtent.maxX - mExtent.minX, 1e-6);
    const double height = std::max(mExtent.maxY - mExtent.minY, 1e-6);
    const double cells = std::clamp(static_cast<double>(mEdges.size()), 256.0, 4.0e6);
    mSize = std::max(std::sqrt(width * height / cells), std::max(width, height) / 30000);
    mColumns = static_cast<std::int32_t>(width / mSize) + 1;
    mRows = static_cast<std::int32_t>(height / mSize) + 1;
}

std::int32_t ZoneIndex::column(double x) const {
    return static_cast<std::int32_t>(std::clamp(std::floor((x - mExtent.minX) / mSize), 0.0, mColumns - 1.0));
}

std::int32_t ZoneIndex::row(double y) const {
    return static_cast<std::int32_t>(std::clamp(std::floor((y - mExtent.minY) / mSize), 0.0, mRows - 1.0));
}

ZoneIndex::CellRange ZoneIndex::cellsOf(const Box& box) const {
    if (!mExtent.intersects(box)) return {};
    return {column(box.minX), row(box.minY), column(box.maxX), row(box.maxY)};
}

/// Column by column the rows the edge passes, with a margin far above the rounding of its height there.
template <typename Visit>
void ZoneIndex::forEachCell(const ZoneEdge& edge, Visit visit) const {
    const Point left = edge.a.x <= edge.b.x ? edge.a : edge.b;
    const Point right = edge.a.x <= edge.b.x ? edge.b : edge.a;
    const std::int32_t x0 = column(left.x);
    const std::int32_t x1 = column(right.x);
    const double slack = 1e-9 * (std::abs(mExtent.maxY) + std::abs(mExtent.minY)) + 1e-6 * mSize;
    const double lowest = std::min(left.y, right.y);
    const double highest = std::max(left.y, right.y);
    for (std::int32_t x = x0; x <= x1; ++x) {
        double low = lowest;
        double high = highest;
        if (x0 != x1) {
            const double slope = (right.y - left.y) / (right.x - left.x);
            const double from = left.y + slope * (std::max(left.x, mExtent.minX + x * mSize) - left.x);
            const double to = left.y + slope * (std::min(right.x, mExtent.minX + (x + 1) * mSize) - left.x);
            low = std::max(lowest, std::min(from, to) - slack);
            high = std::min(highest, std::max(from, to) + slack);
        }
        const std::int32_t y1 = row(high);
        for (std::int32_t y = row(low); y <= y1; ++y) visit(cell(x, y));
    }
}

void ZoneIndex::fillCells() {
    const std::size_t cells = static_cast<std::size_t>(mColumns) * static_cast<std::size_t>(mRows);
    mCellStart.assign(cells + 1, 0);
    for (const ZoneEdge& edge : mEdges) forEachCell(edge, [&](std::size_t c) { ++mCellStart[c + 1]; });
    for (std::size_t c = 0; c < cells; ++c) mCellStart[c + 1] += mCellStart[c];
    mCellEdges.resize(mCellStart.back());
    std::vector<std::uint32_t> next(mCellStart.begin(), mCellStart.end() - 1);
    for (std::size_t e = 0; e < mEdges.size(); ++e) {
        forEachCell(mEdges[e], [&](std::size_t c) { mCellEdges[next[c]++] = static_cast<std::uint32_t>(e); });
    }
}

/// One scanline a row of cells, through their centres: no edge comes near the centre of a cell without edges.
void ZoneIndex::labelCells() {
    struct Crossing {
        double x;
        std::uint32_t zone;
        bool operator<(const Crossing& o) const { return x < o.x; }
    };
    std::vector<std::vector<Crossing>> rows(static_cast<std::size_t>(mRows));
    for (const ZoneEdge& e : mEdges) {
        const double low = std::min(e.a.y, e.b.y);
        const double high = std::max(e.a.y, e.b.y);
        const auto first =
            static_cast<std::int32_t>(std::max(0.0, std::floor((low - mExtent.minY) / mSize - 0.5)));
        for (std::int32_t j = first; j < mRows; ++j) {
            const double y = mExtent.minY + (j + 0.5) * mSize;
            if (y >= high) break;
            if (y < low) continue;
            rows[static_cast<std::size_t>(j)].push_back(
                {e.a.x + (y - e.a.y) / (e.b.y - e.a.y) * (e.b.x - e.a.x), e.zone});
        }
    }
    std::map<std::vector<std::uint32_t>, std::uint32_t> known{{{}, 0}};
    mCellSet.assign(static_cast<std::size_t>(mColumns) * static_cast<std::size_t>(mRows), 0);
    for (std::int32_t j = 0; j < mRows; ++j) {
        std::vector<Crossing>& crossings = rows[static_cast<std::size_t>(j)];
        std::sort(crossings.begin(), crossings.end());
        std::vector<std::uint32_t> zones;
        std::size_t passed = 0;
        std::uint32_t set = 0;
        bool fresh = true;
        for (std::int32_t i = 0; i < mColumns; ++i) {
            const double x = mExtent.minX + (i + 0.5) * mSize;
            for (; passed < crossings.size() && crossings[passed].x <= x; ++passed) {
                toggle(zones, crossings[passed].zone);
                fresh = true;
            }
            if (!edgesIn(i, j).empty()) continue;
            if (fresh) {
                const auto [at, added] =
                    known.emplace(zones, static_cast<std::uint32_t>(mSetStart.size() - 1));
                if (added) {
                    mSetZones.insert(mSetZones.end(), zones.begin(), zones.end());
                    mSetStart.push_back(static_cast<std::uint32_t>(mSetZones.size()));
                    mSeesOverlap = mSeesOverlap || zones.size() > 1;
                }
                set = at->second;
                fresh = false;
            }
            mCellSet[cell(i, j)] = set;
        }
        crossings = {};
    }
}

std::vector<std::uint32_t> ZoneIndex::zonesAt(Point p) const {
    if (!mExtent.contains(Box{p.x, p.y, p.x, p.y})) return {};
    // From the point to the left, up to a cell that knows its zones; every edge passed on the way changes its
    // zone once.
    const std::int32_t j = row(p.y);
    std::vector<std::uint32_t> seen;
    std::vector<std::uint32_t> zones;
    for (std::int32_t i = column(p.x); i >= 0; --i) {
        const auto here = edgesIn(i, j);
        if (here.empty()) {
            const auto around = zonesOf(i, j);
            zones.assign(around.begin(), around.end());
            break;
        }
        seen.insert(seen.end(), here.begin(), here.end());
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (const std::uint32_t number : seen) {
        const ZoneEdge& e = mEdges[number];
        if ((e.a.y > p.y) == (e.b.y > p.y)) continue;
        const bool upward = e.b.y > e.a.y;
        if (parcelPointIsLeft(e.a, e.b, p) != upward) toggle(zones, e.zone);
    }
    return zones;
}

}  // namespace zonewright::intensity
