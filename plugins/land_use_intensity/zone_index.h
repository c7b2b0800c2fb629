#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/analysis/polygons.h"
#include "core/geometry/types.h"

namespace zonewright::intensity {

/// A boundary edge of a zone; the zone lies on its left.
struct ZoneEdge {
    Point a;
    Point b;
    std::uint32_t zone = 0;
    std::uint32_t next = 0;  ///< the edge that starts where this one ends
};

/// The edges of all zones in a uniform grid; a cell without edges knows the zones it lies in. Zones may
/// overlap, leave gaps, have holes and parts, and need not share vertices.
class ZoneIndex {
public:
    explicit ZoneIndex(const analysis::PolygonSet& zones);

    struct CellRange {
        std::int32_t x0 = 0, y0 = 0, x1 = -1, y1 = -1;
    };

    [[nodiscard]] const std::vector<ZoneEdge>& edges() const { return mEdges; }
    /// Cells that the box meets; those beyond the grid are left out, so the range may be empty.
    [[nodiscard]] CellRange cellsOf(const Box& box) const;
    [[nodiscard]] bool contains(const Box& box) const { return mExtent.contains(box); }
    /// Numbers of the edges that may pass through the cell.
    [[nodiscard]] std::span<const std::uint32_t> edgesIn(std::int32_t x, std::int32_t y) const {
        const std::size_t c = cell(x, y);
        return {mCellEdges.data() + mCellStart[c], mCellStart[c + 1] - mCellStart[c]};
    }
    /// Zones around a cell without edges, ascending.
    [[nodiscard]] std::span<const std::uint32_t> zonesOf(std::int32_t x, std::int32_t y) const {
        const std::uint32_t set = mCellSet[cell(x, y)];
        return {mSetZones.data() + mSetStart[set], mSetStart[set + 1] - mSetStart[set]};
    }
    /// Zones that hold the (infinitely little moved) point, ascending.
    [[nodiscard]] std::vector<std::uint32_t> zonesAt(Point p) const;
    /// True when some cell without edges lies in more than one zone.
    [[nodiscard]] bool seesOverlap() const { return mSeesOverlap; }

private:
    [[nodiscard]] std::size_t cell(std::int32_t x, std::int32_t y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(mColumns) + static_cast<std::size_t>(x);
    }
    [[nodiscard]] std::int32_t column(double x) const;
    [[nodiscard]] std::int32_t row(double y) const;
    void collectEdges(const analysis::PolygonSet& zones);
    void chooseGrid();
    void fillCells();
    void labelCells();
    template <typename Visit>
    void forEachCell(const ZoneEdge& edge, Visit visit) const;

    std::vector<ZoneEdge> mEdges;
    Box mExtent;
    double mSize = 1;
    std::int32_t mColumns = 1;
    std::int32_t mRows = 1;
    std::vector<std::uint32_t> mCellStart;
    std::vector<std::uint32_t> mCellEdges;
    std::vector<std::uint32_t> mCellSet;         // per cell, the number of its set of zones
    std::vector<std::uint32_t> mSetStart{0, 0};  // set 0 is empty
    std::vector<std::uint32_t> mSetZones;
    bool mSeesOverlap = false;
};

}  // namespace zonewright::intensity
