#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/coverage/coverage.h"
#include "core/geometry/grid.h"

namespace zonewright::coverage::maps {

/// side x side zones of four rough edges each, made in no time however many they are; neighbours share every vertex.
class LatticeCoverage {
public:
    struct Shape {
        int side = 10;
        int segments = 4;     ///< of an edge
        double cell = 100;    ///< m
    };

    explicit LatticeCoverage(Shape shape) : mShape(shape) {}

    [[nodiscard]] std::vector<Zone> zones() const {
        std::vector<Zone> out;
        out.reserve(static_cast<std::size_t>(mShape.side) * static_cast<std::size_t>(mShape.side));
        for (int row = 0; row < mShape.side; ++row) {
            for (int column = 0; column < mShape.side; ++column) {
                Ring ring;
                addEdge({row, column}, {row, column + 1}, ring);
                addEdge({row, column + 1}, {row + 1, column + 1}, ring);
                addEdge({row + 1, column + 1}, {row + 1, column}, ring);
                addEdge({row + 1, column}, {row, column}, ring);
                ring.push_back(ring.front());
                out.push_back({Fid{static_cast<std::int64_t>(out.size()) + 1}, {{Polygon{{std::move(ring)}}}}});
            }
        }
        return out;
    }

    /// The k-th vertex of the edge above the cell in the middle.
    [[nodiscard]] Point middleVertex(int k) const { return at({mShape.side / 2, mShape.side / 2}, {mShape.side / 2, mShape.side / 2 + 1}, k); }

private:
    struct Node {
        int row;
        int column;
    };

    /// -1 to 1, the same for the same place.
    static double noise(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
        std::uint64_t h = a * 0x9E3779B97F4A7C15ULL + b * 0xC2B2AE3D27D4EB4FULL + c * 0x165667B19E3779F9ULL;
        h = (h ^ (h >> 31)) * 0xBF58476D1CE4E5B9ULL;
        h ^= h >> 29;
        return static_cast<double>(h % 20001) / 10000.0 - 1;
    }

    [[nodiscard]] Point node(Node n) const {
        const auto r = static_cast<std::uint64_t>(n.row);
        const auto c = static_cast<std::uint64_t>(n.column);
        const bool sideX = n.column == 0 || n.column == mShape.side;
        const bool sideY = n.row == 0 || n.row == mShape.side;
        return {450000 + mShape.cell * (n.column + (sideX ? 0 : 0.2 * noise(r, c, 1))),
                3500000 + mShape.cell * (n.row + (sideY ? 0 : 0.2 * noise(r, c, 2)))};
    }

    /// The k-th of `segments` + 1 points; the line zigzags within a corridor about the straight edge.
    [[nodiscard]] Point at(Node from, Node to, int k) const {
        const Point a = node(from);
        const Point b = node(to);
        const double t = static_cast<double>(k) / mShape.segments;
        const bool outer = (from.row == to.row && (from.row == 0 || from.row == mShape.side)) ||
                           (from.column == to.column && (from.column == 0 || from.column == mShape.side));
        const auto place = static_cast<std::uint64_t>(from.row) * 1000003 + static_cast<std::uint64_t>(from.column);
        const double off = outer ? 0 : 0.3 * t * (1 - t) * noise(place, static_cast<std::uint64_t>(k), from.row == to.row ? 3 : 4);
        return snapped(Point{a.x + t * (b.x - a.x) - off * (b.y - a.y), a.y + t * (b.y - a.y) + off * (b.x - a.x)});
    }

    void addEdge(Node from, Node to, Ring& ring) const {
        const bool forward = from.row < to.row || from.column < to.column;
        for (int k = 0; k < mShape.segments; ++k) ring.push_back(forward ? at(from, to, k) : at(to, from, mShape.segments - k));
    }

    Shape mShape;
};

}  // namespace zonewright::coverage::maps
