#include "core/coverage/overlay.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "core/coverage/line_fit.h"
#include "core/coverage/noding.h"

namespace zonewright::coverage {
namespace {

using Place = std::pair<GridPoint, GridPoint>;

Place placeOf(GridPoint p, GridPoint q) {
    return {std::min(p, q), std::max(p, q)};
}
Place placeOf(const NetworkEdge& e) {
    return {e.a, e.b};
}

struct LineUse {
    int passes = 0;
    int turns = 0;
};

}  // namespace

Outcome<Overlay> Overlay::of(const Coverage& coverage, std::vector<Label> slots,
                             const std::vector<GridLine>& lines) {
    Overlay out;
    out.mNetwork = std::make_unique<Network>(coverage, std::move(slots));
    if (const auto overlap = out.mNetwork->overlap())
        return refusal(ErrorCode::BadGeometry, "zones already overlap here; repair the layer first",
                       *overlap);
    if (auto drawn = out.draw(lines); !drawn) return tl::unexpected(drawn.error());
    if (auto labelled = out.labelFaces(); !labelled) return tl::unexpected(labelled.error());
    return out;
}

Outcome<void> Overlay::draw(const std::vector<GridLine>& lines) {
    const std::vector<NetworkEdge>& edges = mNetwork->edges();
    const FittedLines fit = fitted(*mNetwork, lines);
    std::vector<NodingInput> inputs;
    inputs.reserve(edges.size() + fit.segments.size());
    for (const NetworkEdge& e : edges) inputs.push_back({e.a, e.b, {}});
    for (const auto& [edge, vertex] : fit.bends) inputs[edge].via.push_back(vertex);
    inputs.insert(inputs.end(), fit.segments.begin(), fit.segments.end());
    auto chains = noded(inputs);
    if (!chains) return tl::unexpected(chains.error());

    std::vector<ZoneEdge> sides;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const std::vector<GridPoint>& chain = (*chains)[i];
        if (chain.size() > 2) mCourses.push_back(chain);
        for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
            if (edges[i].left != kUnzoned) sides.push_back({chain[k], chain[k + 1], edges[i].left});
            if (edges[i].right != kUnzoned) sides.push_back({chain[k + 1], chain[k], edges[i].right});
        }
    }
    MatchedEdges boundary = matched(std::move(sides));
    if (boundary.overlap)
        return refusal(ErrorCode::WouldCross, "boundaries lie too close to each other here",
                       *boundary.overlap);
    mBoundary = std::move(boundary.edges);

    std::map<Place, LineUse> uses;
    std::size_t next = edges.size();
    for (const std::size_t count : fit.segmentsOfLine) {
        GridLine line;
        for (std::size_t i = next; i < next + count; ++i) {
            const std::vector<GridPoint>& chain = (*chains)[i];
            for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
                LineUse& use = uses[placeOf(chain[k], chain[k + 1])];
                ++use.passes;
                use.turns += chain[k] < chain[k + 1] ? 1 : -1;
            }
            line.insert(line.end(), chain.begin() + (line.empty() ? 0 : 1), chain.end());
        }
        next += count;
        mLines.push_back(std::move(line));
    }
    std::vector<NetworkEdge> drawn;
    for (const auto& [place, use] : uses) {
        const auto at = std::lower_bound(mBoundary.begin(), mBoundary.end(), place,
                                         [](const NetworkEdge& e, const Place& p) { return placeOf(e) < p; });
        if (at == mBoundary.end() || placeOf(*at) != place)
            drawn.push_back({place.first, place.second, kUnzoned, kUnzoned});
    }
    pruneDangles(drawn);
    std::vector<Subdivision::Segment> segments;
    for (const std::vector<NetworkEdge>* part : {&std::as_const(mBoundary), &std::as_const(drawn)}) {
        for (const NetworkEdge& e : *part) {
            const auto use = uses.find(placeOf(e));
            segments.push_back({e.a, e.b});
            mLinePasses.push_back(use == uses.end() ? 0 : use->second.passes);
            mLineTurns.push_back(use == uses.end() ? 0 : use->second.turns);
        }
    }
    mFaces = std::make_unique<Subdivision>(segments);
    return {};
}

void Overlay::pruneDangles(std::vector<NetworkEdge>& drawn) const {
    std::unordered_map<GridPoint, std::vector<std::size_t>> at;
    std::unordered_set<GridPoint> onBoundary;
    for (const NetworkEdge& e : mBoundary) {
        onBoundary.insert(e.a);
        onBoundary.insert(e.b);
    }
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        at[drawn[i].a].push_back(i);
        at[drawn[i].b].push_back(i);
    }
    std::unordered_map<GridPoint, std::size_t> degree;
    std::vector<GridPoint> loose;
    for (const auto& [p, edges] : at) {
        degree[p] = edges.size();
        if (edges.size() == 1 && !onBoundary.contains(p)) loose.push_back(p);
    }
    std::vector<bool> dropped(drawn.size(), false);
    while (!loose.empty()) {
        const GridPoint p = loose.back();
        loose.pop_back();
        for (const std::size_t i : at[p]) {
            if (dropped[i]) continue;
            dropped[i] = true;
            const GridPoint other = drawn[i].other(p);
            if (--degree[other] == 1 && !onBoundary.contains(other)) loose.push_back(other);
        }
    }
    std::vector<NetworkEdge> kept;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        if (!dropped[i]) kept.push_back(drawn[i]);
    }
    drawn = std::move(kept);
}

Outcome<void> Overlay::labelFaces() {
    constexpr Label unknown = kUnzoned - 1;
    mLabels.assign(mFaces->faceCount(), unknown);
    mLabels[0] = kUnzoned;
    for (HalfEdge h = 0; h < 2 * mBoundary.size(); ++h) {
        const Label side = (h & 1U) == 0 ? mBoundary[h / 2].left : mBoundary[h / 2].right;
        Label& label = mLabels[mFaces->faceOf(h)];
        if (label == unknown) label = side;
        if (label != side)
            return refusal(ErrorCode::BadGeometry,
                           "zones already lie over each other here; repair the layer first", mFaces->from(h));
    }
    // Faces between drawn lines only lie in the zone that the lines were drawn in.
    std::vector<Face> open;
    for (Face f = 0; f < mLabels.size(); ++f) {
        if (mLabels[f] != unknown) open.push_back(f);
    }
    std::vector<std::vector<Face>> beside(mLabels.size());
    for (HalfEdge h = static_cast<HalfEdge>(2 * mBoundary.size()); h < mFaces->halfEdgeCount(); ++h) {
        beside[mFaces->faceOf(h)].push_back(mFaces->faceOf(Subdivision::twin(h)));
    }
    while (!open.empty()) {
        const Face f = open.back();
        open.pop_back();
        for (const Face g : beside[f]) {
            if (mLabels[g] != unknown) continue;
            mLabels[g] = mLabels[f];
            open.push_back(g);
        }
    }
    return {};
}

std::vector<int> Overlay::windings() const {
    std::vector<int> out(mFaces->faceCount(), 0);
    std::vector<bool> known(out.size(), false);
    std::vector<std::vector<std::pair<Face, int>>> beside(out.size());
    for (HalfEdge h = 0; h < mFaces->halfEdgeCount(); ++h) {
        // Stepping over a -> b from its right to its left side adds a turn.
        const int turns = (h & 1U) == 0 ? mLineTurns[h / 2] : -mLineTurns[h / 2];
        beside[mFaces->faceOf(Subdivision::twin(h))].emplace_back(mFaces->faceOf(h), turns);
    }
    std::vector<Face> open{0};
    known[0] = true;
    while (!open.empty()) {
        const Face f = open.back();
        open.pop_back();
        for (const auto& [g, turns] : beside[f]) {
            if (known[g]) continue;
            known[g] = true;
            out[g] = out[f] + turns;
            open.push_back(g);
        }
    }
    return out;
}

}  // namespace zonewright::coverage
