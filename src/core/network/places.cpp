#include "core/network/places.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/geometry/measure.h"

namespace zonewright::network {
namespace {

constexpr Metres kAtNode{0.001};

struct Nearest {
    Point point;
    double along = 0;  ///< metres from a
    double distance = std::numeric_limits<double>::infinity();
};

Nearest nearestOf(Point p, Point a, Point b) {
    const OnSegment at = nearestOnSegment(p, a, b);
    return {at.point, at.along * std::sqrt(at.squaredLength), std::hypot(p.x - at.point.x, p.y - at.point.y)};
}

std::vector<IndexedLine> joinableLines(const Network& network, const Scenario& scenario) {
    std::vector<IndexedLine> lines;
    for (std::uint32_t e = 0; e < network.edges().size(); ++e) {
        const Edge& edge = network.edges()[e];
        if ((edge.frontage || edge.joinable) && scenario.isOpen(edge.project)) lines.push_back({EdgeId{e}, network.line(EdgeId{e})});
    }
    return lines;
}

}  // namespace

PlaceIndex::PlaceIndex(const Network& network, const Scenario& scenario) : PlaceIndex(joinableLines(network, scenario)) {}

PlaceIndex::PlaceIndex(std::vector<IndexedLine> lines) : mLines(std::move(lines)) {
    std::size_t segments = 0;
    for (const IndexedLine& indexed : mLines) {
        for (const Point& p : indexed.line) mBox.add(p);
        segments += indexed.line.size() - 1;
    }
    if (segments == 0) return;
    // About two segments a cell, and no more cells than four times the segments, however long and thin the network.
    const double area = std::max((mBox.maxX - mBox.minX) * (mBox.maxY - mBox.minY), 1.0);
    mCell = std::max({std::sqrt(2 * area / static_cast<double>(segments)), (mBox.maxX - mBox.minX + mBox.maxY - mBox.minY) / static_cast<double>(segments + 1), 1.0});
    mColumns = static_cast<std::int64_t>((mBox.maxX - mBox.minX) / mCell) + 1;
    mRows = static_cast<std::int64_t>((mBox.maxY - mBox.minY) / mCell) + 1;

    const auto forEachCell = [&](const auto& visit) {
        for (std::uint32_t e = 0; e < mLines.size(); ++e) {
            const auto line = mLines[e].line;
            for (std::uint32_t i = 0; i + 1 < line.size(); ++i) {
                const auto [x0, x1] = std::minmax(line[i].x, line[i + 1].x);
                const auto [y0, y1] = std::minmax(line[i].y, line[i + 1].y);
                for (std::int64_t r = row(y0); r <= row(y1); ++r) {
                    for (std::int64_t c = column(x0); c <= column(x1); ++c) visit(static_cast<std::size_t>(r * mColumns + c), Segment{e, i});
                }
            }
        }
    };
    mFirst.assign(static_cast<std::size_t>(mColumns * mRows) + 1, 0);
    forEachCell([&](std::size_t cell, Segment) { ++mFirst[cell + 1]; });
    std::partial_sum(mFirst.begin(), mFirst.end(), mFirst.begin());
    mSegments.resize(mFirst.back());
    std::vector<std::uint32_t> next(mFirst.begin(), mFirst.end() - 1);
    forEachCell([&](std::size_t cell, Segment segment) { mSegments[next[cell]++] = segment; });
}

std::int64_t PlaceIndex::column(double x) const { return static_cast<std::int64_t>(std::floor((x - mBox.minX) / mCell)); }
std::int64_t PlaceIndex::row(double y) const { return static_cast<std::int64_t>(std::floor((y - mBox.minY) / mCell)); }

std::optional<Footing> PlaceIndex::nearest(Point place, Metres farthest) const {
    if (mSegments.empty() || !std::isfinite(place.x) || !std::isfinite(place.y)) return std::nullopt;
    // Cells in square rings round the place; a ring k cells away holds nothing nearer than (k - 1) cells.
    const Point inside{std::clamp(place.x, mBox.minX, mBox.maxX), std::clamp(place.y, mBox.minY, mBox.maxY)};
    const double outside = std::hypot(place.x - inside.x, place.y - inside.y);
    const std::int64_t c0 = column(inside.x);
    const std::int64_t r0 = row(inside.y);
    Nearest best;
    Segment bestSegment;
    best.distance = farthest.value;
    bool found = false;
    for (std::int64_t ring = 0; ring <= std::max(mColumns, mRows); ++ring) {
        if (std::max(outside, static_cast<double>(ring - 1) * mCell) > best.distance) break;
        for (std::int64_t r = std::max<std::int64_t>(r0 - ring, 0); r <= std::min(r0 + ring, mRows - 1); ++r) {
            const std::int64_t step = std::abs(r - r0) == ring || ring == 0 ? 1 : 2 * ring;
            for (std::int64_t c = c0 - ring; c <= c0 + ring; c += step) {
                if (c < 0 || c >= mColumns) continue;
                const auto cell = static_cast<std::size_t>(r * mColumns + c);
                for (std::uint32_t i = mFirst[cell]; i < mFirst[cell + 1]; ++i) {
                    const Segment s = mSegments[i];
                    const auto line = mLines[s.line].line;
                    const Nearest here = nearestOf(place, line[s.position], line[s.position + 1]);
                    const bool nearer = here.distance < best.distance || (here.distance == best.distance && (!found || std::tie(s.line, s.position) < std::tie(bestSegment.line, bestSegment.position)));
                    if (!nearer) continue;
                    best = here;
                    bestSegment = s;
                    found = true;
                }
            }
        }
    }
    if (!found) return std::nullopt;
    const auto line = mLines[bestSegment.line].line;
    const LineString before(line.begin(), line.begin() + bestSegment.position + 1);
    const LineString whole(line.begin(), line.end());
    const double along = (planarLength(before).value + best.along) / planarLength(whole).value;
    return Footing{{mLines[bestSegment.line].edge, std::clamp(along, 0.0, 1.0)}, best.point, Metres(best.distance)};
}

Result<Origin> originAt(const Network& network, const PlaceIndex& placeIndex, Point place, const OriginOptions& options) {
    const std::optional<Footing> footing = placeIndex.nearest(place, options.farthest);
    if (!footing) {
        return failure(ErrorCode::NoNetwork, fmt::format("no way within {:.0f} m", options.farthest.value), fmt::format("{:.3f} {:.3f}", place.x, place.y));
    }
    Origin origin{place, *footing, toMilliseconds(timeFor(footing->distance, options.walkingSpeed)), {}};
    const EdgeId edge = footing->position.edge;
    const double along = footing->position.along;
    const double length = network.edge(edge).length.value;
    const bool atStart = along * length < kAtNode.value;
    const bool atEnd = (1 - along) * length < kAtNode.value;
    const bool leaves = options.sense == Sense::From;
    for (const ArcId id : network.arcsOf(edge)) {
        const Arc& arc = network.arc(id);
        const double ahead = arc.reversed ? along : 1 - along;  // from the footing to the arc's head
        const double share = leaves ? ahead : 1 - ahead;
        origin.seeds.push_back({leaves ? arc.head : arc.tail, origin.walk + toMilliseconds(toSeconds(arc.time) * share)});
        // At a junction every way is open, not only those of the edge that was found.
        if (atStart) origin.seeds.push_back({arc.reversed ? arc.head : arc.tail, origin.walk});
        if (atEnd) origin.seeds.push_back({arc.reversed ? arc.tail : arc.head, origin.walk});
    }
    return origin;
}

}  // namespace zonewright::network
