#include "core/coverage/settle.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "core/coverage/noding.h"

namespace zonewright::coverage {
namespace {

Ring closedRing(const std::vector<GridPoint>& points) {
    Ring out;
    out.reserve(points.size() + 1);
    for (const GridPoint& p : points) out.push_back(toPoint(p));
    out.push_back(toPoint(points.front()));
    return out;
}

std::vector<Subdivision::Segment> segmentsOf(const std::vector<NetworkEdge>& edges) {
    std::vector<Subdivision::Segment> out;
    out.reserve(edges.size());
    for (const NetworkEdge& e : edges) out.push_back({e.a, e.b});
    return out;
}

/// Cuts a closed chain at the points it passes twice.
std::vector<std::vector<GridPoint>> simpleLoops(const std::vector<GridPoint>& chain) {
    std::vector<std::vector<GridPoint>> loops;
    std::vector<GridPoint> stack;
    std::unordered_map<GridPoint, std::size_t> at;
    for (const GridPoint& p : chain) {
        const auto seen = at.find(p);
        if (seen == at.end()) {
            at.emplace(p, stack.size());
            stack.push_back(p);
            continue;
        }
        const auto first = stack.begin() + static_cast<std::ptrdiff_t>(seen->second);
        loops.emplace_back(first, stack.end());
        for (auto dropped = first + 1; dropped != stack.end(); ++dropped) at.erase(*dropped);
        stack.erase(first + 1, stack.end());
    }
    loops.push_back(std::move(stack));
    return loops;
}

/// Where a vertex stood in a zone's old rings.
struct Standing {
    std::uint32_t ring = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t position = 0;
    auto operator<=>(const Standing&) const = default;
};
using Standings = std::unordered_map<GridPoint, Standing>;

struct PlacedRing {
    std::vector<GridPoint> points;
    Standing standing;
    GridPoint lowest;
};

PlacedRing placed(std::vector<GridPoint> points, const Standings& standings,
                  const std::vector<GridRing>& old) {
    PlacedRing out;
    std::size_t start = 0;
    std::size_t lowest = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i] < points[lowest]) lowest = i;
        const auto found = standings.find(points[i]);
        if (found != standings.end() && found->second < out.standing) {
            out.standing = found->second;
            start = i;
        }
    }
    out.lowest = points[lowest];
    const bool known = out.standing.ring < old.size();
    std::rotate(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(known ? start : lowest),
                points.end());
    if (known && !old[out.standing.ring].interiorLeft) std::reverse(points.begin() + 1, points.end());
    out.points = std::move(points);
    return out;
}

bool comesFirst(const PlacedRing& a, const PlacedRing& b) {
    return a.standing != b.standing ? a.standing < b.standing : a.lowest < b.lowest;
}

}  // namespace

MultiPolygon toMultiPolygon(const std::vector<GridRing>& rings) {
    MultiPolygon out;
    std::optional<std::uint32_t> part;
    for (const GridRing& ring : rings) {
        if (ring.part != part) {
            part = ring.part;
            out.polygons.emplace_back();
        }
        out.polygons.back().rings.push_back(closedRing(ring.points));
    }
    return out;
}

std::vector<std::vector<GridPoint>> simpleRings(const Subdivision& subdivision, Subdivision::Face face) {
    std::vector<std::vector<GridPoint>> rings;
    for (const Subdivision::HalfEdge start : subdivision.boundaries(face)) {
        std::vector<GridPoint> chain;
        Subdivision::HalfEdge h = start;
        do {
            chain.push_back(subdivision.from(h));
            h = subdivision.next(h);
        } while (h != start);
        for (std::vector<GridPoint>& loop : simpleLoops(chain)) {
            if (loop.size() < 3) continue;
            const bool shell = twiceAreaOnGrid(loop) > 0;
            rings.insert(shell ? rings.begin() : rings.end(), std::move(loop));
        }
    }
    return rings;
}

Settlement::Settlement(std::vector<NetworkEdge> edges)
    : mEdges(std::move(edges)), mSubdivision(segmentsOf(mEdges)) {}

Outcome<Settlement> Settlement::of(const std::vector<NetworkEdge>& edges) {
    std::vector<NodingInput> inputs;
    inputs.reserve(edges.size());
    for (const NetworkEdge& e : edges) inputs.push_back({e.a, e.b, {}});
    const auto chains = noded(inputs);
    if (!chains) return tl::unexpected(chains.error());
    std::vector<ZoneEdge> sides;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const std::vector<GridPoint>& chain = (*chains)[i];
        for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
            if (edges[i].left != kUnzoned) sides.push_back({chain[k], chain[k + 1], edges[i].left});
            if (edges[i].right != kUnzoned) sides.push_back({chain[k + 1], chain[k], edges[i].right});
        }
    }
    MatchedEdges joined = matched(std::move(sides));
    if (joined.overlap)
        return refusal(ErrorCode::WouldOverlap, "two zones would lie on the same side of a boundary",
                       *joined.overlap);
    Settlement out(std::move(joined.edges));
    if (auto labelled = out.labelFaces(); !labelled) return tl::unexpected(labelled.error());
    return out;
}

Outcome<void> Settlement::labelFaces() {
    mFaceLabels.assign(mSubdivision.faceCount(), kUnzoned);
    std::vector<bool> known(mSubdivision.faceCount(), false);
    known[0] = true;
    for (Subdivision::HalfEdge h = 0; h < mSubdivision.halfEdgeCount(); ++h) {
        const Subdivision::Face face = mSubdivision.faceOf(h);
        if (!known[face]) {
            mFaceLabels[face] = labelOf(h);
            known[face] = true;
        } else if (mFaceLabels[face] != labelOf(h)) {
            const bool gap = mFaceLabels[face] == kUnzoned || labelOf(h) == kUnzoned;
            return refusal(gap ? ErrorCode::WouldLeaveGap : ErrorCode::WouldOverlap,
                           gap ? "a boundary would lie inside out" : "two zones would lie over each other",
                           mSubdivision.from(h));
        }
    }
    return {};
}

std::optional<MultiPolygon> Settlement::polygons(Label zone, const std::vector<GridRing>& old) const {
    Standings standings;
    for (std::uint32_t r = 0; r < old.size(); ++r) {
        for (std::uint32_t i = 0; i < old[r].points.size(); ++i)
            standings.emplace(old[r].points[i], Standing{r, i});
    }
    std::vector<std::vector<PlacedRing>> parts;
    for (Subdivision::Face face = 1; face < mSubdivision.faceCount(); ++face) {
        if (mFaceLabels[face] != zone) continue;
        std::vector<PlacedRing> rings;
        for (std::vector<GridPoint>& ring : simpleRings(mSubdivision, face))
            rings.push_back(placed(std::move(ring), standings, old));
        if (rings.empty()) continue;
        std::sort(rings.begin() + 1, rings.end(), comesFirst);
        parts.push_back(std::move(rings));
    }
    if (parts.empty()) return std::nullopt;
    std::sort(parts.begin(), parts.end(),
              [](const auto& a, const auto& b) { return comesFirst(a.front(), b.front()); });
    MultiPolygon out;
    for (const std::vector<PlacedRing>& rings : parts) {
        Polygon& polygon = out.polygons.emplace_back();
        for (const PlacedRing& ring : rings) polygon.rings.push_back(closedRing(ring.points));
    }
    return out;
}

}  // namespace zonewright::coverage
