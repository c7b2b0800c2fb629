#include "core/network/interior.h"

#include <algorithm>
#include <cmath>

#include "core/network/cones.h"
#include "core/network/marked_cells.h"

namespace zonewright::network {

Interior::Interior(const Network& network, const Scenario& scenario, Sense sense) : mNetwork(&network), mSpan(network.nodeCount(), -1) {
    // A little more than it is, as single precision rounds.
    constexpr double kMore = 1.0001;
    const auto startOf = [&](const Arc& arc) { return index(sense == Sense::From ? arc.tail : arc.head); };
    const auto counts = [&](const Arc& arc) {
        const Edge& edge = network.edge(arc.edge);
        // A stop that stands on the node of its way is joined over no length: nothing is walked off there.
        return edge.frontage && edge.length > Metres(0) && scenario.isOpen(edge.project);
    };
    mFirst.assign(network.nodeCount() + 1, 0);
    for (const Arc& arc : network.arcs()) {
        if (counts(arc)) ++mFirst[startOf(arc) + 1];
    }
    for (std::size_t v = 0; v < network.nodeCount(); ++v) mFirst[v + 1] += mFirst[v];
    mEdges.resize(mFirst.back());
    std::vector<std::uint32_t> next(mFirst.begin(), mFirst.end() - 1);
    for (const Arc& arc : network.arcs()) {
        if (!counts(arc)) continue;
        const std::uint32_t v = startOf(arc);
        mEdges[next[v]++] = arc.edge;
        const Point start = network.nodes()[v];
        for (const Point& p : network.line(arc.edge)) mSpan[v] = std::max(mSpan[v], static_cast<float>(std::hypot(p.x - start.x, p.y - start.y) * kMore + kHair));
    }
}

/// Tells of every tile how much walk is left at least at its middle, off the best node that is known of it.
class Interior::Marking {
public:
    Marking(double side, const Box& box) : mPerMetre(1 / side), mSide(side) {
        mLeft.firstColumn = static_cast<std::int64_t>(std::floor(box.minX / side)) - 1;
        mLeft.firstRow = static_cast<std::int64_t>(std::floor(box.minY / side)) - 1;
        mCorner = {static_cast<double>(mLeft.firstColumn) * side, static_cast<double>(mLeft.firstRow) * side};
        mLeft.columns = column(box.maxX) + 2;
        mLeft.rows = row(box.maxY) + 2;
        mSources.resize(static_cast<std::size_t>(mLeft.columns * mLeft.rows));
    }

    /// Of the nodes in a tile the one with most walk left speaks for all.
    void add(Point place, double reach) {
        Source& source = mSources[static_cast<std::size_t>(row(place.y) * mLeft.columns + column(place.x))];
        if (reach > source.reach) source = {place, reach};
    }

    /// Hands the best source on from tile to tile, down and up again: as a distance map is made (Danielsson 1980,
    /// Euclidean distance mapping, Computer Graphics and Image Processing 14). What is missed only costs time.
    void spread() {
        mLeft.metres.resize(mSources.size());
        for (std::int64_t r = 0; r < mLeft.rows; ++r) {
            for (std::int64_t c = 0; c < mLeft.columns; ++c) mLeft.metres[at(c, r)] = leftOf(mSources[at(c, r)], c, r);
        }
        const std::int64_t lastRow = mLeft.rows - 1;
        const std::int64_t lastColumn = mLeft.columns - 1;
        for (std::int64_t r = 1; r <= lastRow; ++r) {
            for (std::int64_t c = 0; c <= lastColumn; ++c) {
                take(c, r, at(c, r - 1));
                if (c > 0) take(c, r, at(c - 1, r - 1)), take(c, r, at(c - 1, r));
                if (c < lastColumn) take(c, r, at(c + 1, r - 1));
            }
            for (std::int64_t c = lastColumn - 1; c >= 0; --c) take(c, r, at(c + 1, r));
        }
        for (std::int64_t r = lastRow - 1; r >= 0; --r) {
            for (std::int64_t c = lastColumn; c >= 0; --c) {
                take(c, r, at(c, r + 1));
                if (c > 0) take(c, r, at(c - 1, r + 1));
                if (c < lastColumn) take(c, r, at(c + 1, r + 1)), take(c, r, at(c + 1, r));
            }
            for (std::int64_t c = 1; c <= lastColumn; ++c) take(c, r, at(c - 1, r));
        }
        mOpen = MarkedCells(mLeft.columns, mLeft.rows, [&, filled = filledFrom(mSide)](std::size_t tile) { return mLeft.metres[tile] < filled; });
    }

    /// Whether a square round a place reaches a tile that is not filled. Requires: it lies within the box given at the
    /// start.
    [[nodiscard]] bool anyOpen(Point place, double reach) const {
        return mOpen.any({column(place.x - reach), row(place.y - reach), column(place.x + reach), row(place.y + reach)});
    }

    [[nodiscard]] LeastLeft left() && { return std::move(mLeft); }

private:
    struct Source {
        Point place;
        double reach = -std::numeric_limits<double>::infinity();
    };

    // The box begins a tile after the first, so that places of it lie to the right of and above the corner.
    [[nodiscard]] std::int64_t column(double x) const { return static_cast<std::int64_t>((x - mCorner.x) * mPerMetre); }
    [[nodiscard]] std::int64_t row(double y) const { return static_cast<std::int64_t>((y - mCorner.y) * mPerMetre); }
    [[nodiscard]] std::size_t at(std::int64_t c, std::int64_t r) const { return static_cast<std::size_t>(r * mLeft.columns + c); }

    [[nodiscard]] double leftOf(const Source& source, std::int64_t c, std::int64_t r) const {
        const double x = mCorner.x + (static_cast<double>(c) + 0.5) * mSide - source.place.x;
        const double y = mCorner.y + (static_cast<double>(r) + 0.5) * mSide - source.place.y;
        return source.reach - std::sqrt(x * x + y * y);
    }

    void take(std::int64_t c, std::int64_t r, std::size_t from) {
        const double left = leftOf(mSources[from], c, r);
        const std::size_t to = at(c, r);
        if (left <= mLeft.metres[to]) return;
        mLeft.metres[to] = left;
        mSources[to] = mSources[from];
    }

    double mPerMetre;
    double mSide;
    Point mCorner;
    LeastLeft mLeft;
    std::vector<Source> mSources;
    MarkedCells mOpen;  ///< tiles that are not filled
};

Result<Interior::Found> Interior::of(const Arrivals& arrivals, const WalkOptions& walk, Metres tolerance) const {
    const Result<RegionLattice> lattice = latticeFor(tolerance);
    if (!lattice) return tl::unexpected(lattice.error());
    const double metresPerMillisecond = metresPerSecond(walk.speed) / 1000;
    std::vector<std::uint32_t> left;  // nodes that a way with frontage leaves in time
    Box box;
    double farthest = 0;
    const auto reachOf = [&](std::uint32_t v) { return (walk.limit.value - arrivals.times[v].value) * metresPerMillisecond; };
    for (std::uint32_t v = 0; v < mSpan.size(); ++v) {
        if (arrivals.times[v] > walk.limit || mSpan[v] < 0) continue;
        left.push_back(v);
        box.add(mNetwork->nodes()[v]);
        farthest = std::max(farthest, reachOf(v) + mSpan[v]);
    }
    Found found;
    for (const Origin& origin : arrivals.origins) found.edges.push_back(origin.footing.position.edge);
    if (left.empty()) return found;
    box = box.grownBy(farthest);
    if (auto fit = fits(*lattice, tolerance, box); !fit) return tl::unexpected(fit.error());
    Marking marking(lattice->tileSide(), box);
    for (const std::uint32_t v : left) marking.add(mNetwork->nodes()[v], reachOf(v));
    marking.spread();
    for (const std::uint32_t v : left) {
        if (marking.anyOpen(mNetwork->nodes()[v], reachOf(v) + mSpan[v])) found.edges.insert(found.edges.end(), mEdges.begin() + mFirst[v], mEdges.begin() + mFirst[v + 1]);
    }
    std::sort(found.edges.begin(), found.edges.end());
    found.edges.erase(std::unique(found.edges.begin(), found.edges.end()), found.edges.end());
    found.left = std::move(marking).left();
    return found;
}

Result<MultiPolygon> regionOf(const Network& network, const Interior& interior, const Arrivals& arrivals, const WalkOptions& walk, Metres tolerance) {
    const Result<Interior::Found> found = interior.of(arrivals, walk, tolerance);
    if (!found) return tl::unexpected(found.error());
    Result<std::vector<MultiPolygon>> regions = regionsOf(conesOf(network, stretchesOn(found->edges, network, arrivals, walk.limit), walk), tolerance, 1, found->left);
    if (!regions) return tl::unexpected(regions.error());
    return std::move(regions->front());
}

}  // namespace zonewright::network
