#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "core/coverage/coverage.h"
#include "core/geometry/geos.h"
#include "core/geometry/grid.h"

namespace zonewright::coverage::maps {

struct RandomCoverage {
    std::vector<Zone> zones;
    MultiPolygon parent;
};

/// Random coverages on the 1 mm grid: cells of a shaken lattice grow together to zones (in pieces and around
/// each other, too), their boundaries are fractal lines, some cells hold islands, two of which may touch in a
/// point. Some boundaries run straight along rows of the lattice, and there zones lack vertices of their
/// neighbours (T-junctions).
class RandomCoverageMaker {
public:
    struct Size {
        int cells = 6;  ///< a side
        int zones = 12;
        int depth = 4;      ///< a cell's edge has 2^depth segments
        double cell = 400;  ///< m
    };

    RandomCoverageMaker(unsigned seed, Size size) : mRandom(seed), mSize(size) {}

    RandomCoverage make() {
        placeLattice();
        growZones();
        std::vector<std::vector<MultiPolygon>> cellsOf(static_cast<std::size_t>(mSize.zones));
        std::vector<MultiPolygon> islands;
        std::vector<MultiPolygon> all;
        for (int row = 0; row < mSize.cells; ++row) {
            for (int column = 0; column < mSize.cells; ++column) {
                MultiPolygon cell{{Polygon{{cellRing(row, column)}}}};
                all.push_back(cell);
                if (chance(0.2)) addIslands(row, column, cell, islands);
                cellsOf[static_cast<std::size_t>(mZoneOf[{row, column}])].push_back(std::move(cell));
            }
        }
        RandomCoverage out;
        std::int64_t fid = 1;
        for (const auto& cells : cellsOf) {
            if (!cells.empty())
                out.zones.push_back(
                    {Fid{fid++}, withoutSomeStraightVertices(onGrid(geos::unionOf(cells).value()))});
        }
        for (MultiPolygon& island : islands) out.zones.push_back({Fid{fid++}, std::move(island)});
        out.parent = onGrid(geos::unionOf(all).value());
        return out;
    }

private:
    using Place = std::pair<int, int>;

    double uniform(double a, double b) { return std::uniform_real_distribution<double>(a, b)(mRandom); }
    bool chance(double p) { return uniform(0, 1) < p; }
    static MultiPolygon onGrid(MultiPolygon g) {
        return std::get<MultiPolygon>(snapped(Geometry(std::move(g))));
    }

    void placeLattice() {
        for (int row = 0; row <= mSize.cells; ++row) {
            const bool straight = row == 0 || row == mSize.cells || chance(0.3);
            mStraight.push_back(straight);
            for (int column = 0; column <= mSize.cells; ++column) {
                const double jitter = 0.22 * mSize.cell;
                const bool side = column == 0 || column == mSize.cells;
                const double dx = side ? 0 : uniform(-jitter, jitter);
                const double dy = straight ? 0 : uniform(-jitter, jitter);
                mNodes[{row, column}] =
                    toGrid({450000 + column * mSize.cell + dx, 3500000 + row * mSize.cell + dy});
            }
        }
    }

    void growZones() {
        std::vector<Place> open;
        const auto take = [&](Place p, int zone) {
            mZoneOf[p] = zone;
            open.push_back(p);
        };
        for (int zone = 0; zone < mSize.zones; ++zone) {
            const Place p{std::uniform_int_distribution<int>(0, mSize.cells - 1)(mRandom),
                          std::uniform_int_distribution<int>(0, mSize.cells - 1)(mRandom)};
            if (!mZoneOf.contains(p)) take(p, zone);
        }
        while (!open.empty()) {
            const std::size_t i = std::uniform_int_distribution<std::size_t>(0, open.size() - 1)(mRandom);
            const Place p = open[i];
            std::vector<Place> free;
            for (const Place& q : {Place{p.first + 1, p.second}, Place{p.first - 1, p.second},
                                   Place{p.first, p.second + 1}, Place{p.first, p.second - 1}}) {
                if (q.first >= 0 && q.second >= 0 && q.first < mSize.cells && q.second < mSize.cells &&
                    !mZoneOf.contains(q))
                    free.push_back(q);
            }
            if (free.empty()) {
                open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
                continue;
            }
            take(free[std::uniform_int_distribution<std::size_t>(0, free.size() - 1)(mRandom)], mZoneOf[p]);
        }
    }

    /// A fractal line between two lattice nodes, the same both ways; straight along straight rows and the
    /// sides.
    std::vector<GridPoint> edge(Place from, Place to) {
        const auto key = std::minmax(from, to);
        auto& line = mEdges[key];
        if (line.empty()) {
            const bool row = from.first == to.first && mStraight[static_cast<std::size_t>(from.first)];
            const bool side = from.second == to.second && (from.second == 0 || from.second == mSize.cells);
            line.push_back(mNodes[key.first]);
            subdivide(mNodes[key.first], mNodes[key.second], {row || side ? 0 : 0.16, mSize.depth}, line);
        }
        std::vector<GridPoint> out = line;
        if (key.first != from) std::reverse(out.begin(), out.end());
        return out;
    }

    struct Roughness {
        double share;
        int depth;
    };

    /// Midpoint displacement across the edge; `share` of its length keeps the line within its diamond.
    void subdivide(GridPoint a, GridPoint b, Roughness roughness, std::vector<GridPoint>& out) {
        if (roughness.depth == 0) {
            out.push_back(b);
            return;
        }
        const double off = uniform(-roughness.share, roughness.share);
        const double dx = static_cast<double>(b.x - a.x);
        const double dy = static_cast<double>(b.y - a.y);
        const GridPoint middle{a.x + std::llround(dx / 2 - off * dy), a.y + std::llround(dy / 2 + off * dx)};
        const Roughness finer{roughness.share * 0.9, roughness.depth - 1};
        subdivide(a, middle, finer, out);
        subdivide(middle, b, finer, out);
    }

    Ring cellRing(int row, int column) {
        Ring ring;
        const std::vector<Place> corners{
            {row, column}, {row, column + 1}, {row + 1, column + 1}, {row + 1, column}};
        for (std::size_t i = 0; i < 4; ++i) {
            const std::vector<GridPoint> line = edge(corners[i], corners[(i + 1) % 4]);
            for (std::size_t k = 0; k + 1 < line.size(); ++k) ring.push_back(toPoint(line[k]));
        }
        ring.push_back(ring.front());
        return ring;
    }

    /// One diamond about the middle of the cell, or two that touch in a point.
    void addIslands(int row, int column, MultiPolygon& cell, std::vector<MultiPolygon>& islands) {
        GridPoint middle;
        for (const Place& p : {Place{row, column}, Place{row, column + 1}, Place{row + 1, column + 1},
                               Place{row + 1, column}}) {
            middle.x += mNodes[p].x / 4;
            middle.y += mNodes[p].y / 4;
        }
        const auto reach = static_cast<std::int64_t>(mSize.cell * uniform(30, 60));
        const auto addDiamond = [&](GridPoint c) {
            const GridPoint e{c.x + reach, c.y}, n{c.x, c.y + reach}, w{c.x - reach, c.y},
                s{c.x, c.y - reach};
            islands.push_back({{Polygon{{{toPoint(e), toPoint(n), toPoint(w), toPoint(s), toPoint(e)}}}}});
            cell.polygons.front().rings.push_back(
                {toPoint(e), toPoint(s), toPoint(w), toPoint(n), toPoint(e)});
        };
        addDiamond(middle);
        if (chance(0.5)) addDiamond({middle.x + 2 * reach, middle.y});
    }

    MultiPolygon withoutSomeStraightVertices(MultiPolygon geometry) {
        for (Polygon& polygon : geometry.polygons) {
            for (Ring& ring : polygon.rings) {
                for (std::size_t i = 1; i + 1 < ring.size();) {
                    const bool straight =
                        orientation(toGrid(ring[i - 1]), toGrid(ring[i]), toGrid(ring[i + 1])) == 0;
                    if (straight && ring.size() > 5 && chance(0.5)) {
                        ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(i));
                    } else {
                        ++i;
                    }
                }
            }
        }
        return geometry;
    }

    std::mt19937 mRandom;
    Size mSize;
    std::map<Place, GridPoint> mNodes;
    std::map<Place, int> mZoneOf;
    std::map<std::pair<Place, Place>, std::vector<GridPoint>> mEdges;
    std::vector<bool> mStraight;
};

}  // namespace zonewright::coverage::maps
