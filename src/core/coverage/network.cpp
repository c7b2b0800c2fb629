#include "core/coverage/network.h"

#include <unordered_map>

namespace zonewright::coverage {
namespace {

BoxTree treeOf(const std::vector<NetworkEdge>& edges) {
    std::vector<GridBox> boxes;
    boxes.reserve(edges.size());
    for (const NetworkEdge& edge : edges) boxes.push_back(GridBox::of(edge.a, edge.b));
    return BoxTree(boxes);
}

struct Use {
    GridPoint a;
    GridPoint b;
    Label zone;
    bool forward;
    auto operator<=>(const Use&) const = default;
};

/// Takes a zone that lies on both sides of an edge off both.
void cancelSame(std::vector<Label>& left, std::vector<Label>& right) {
    for (std::size_t i = 0; i < left.size();) {
        const auto same = std::find(right.begin(), right.end(), left[i]);
        if (same == right.end()) {
            ++i;
            continue;
        }
        right.erase(same);
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

}  // namespace

NetworkEdge directed(GridPoint from, GridPoint to, Label left, Label right) {
    return from < to ? NetworkEdge{from, to, left, right} : NetworkEdge{to, from, right, left};
}

MatchedEdges matched(std::vector<ZoneEdge> edges) {
    std::vector<Use> uses;
    uses.reserve(edges.size());
    for (const ZoneEdge& e : edges) {
        if (e.from == e.to) continue;
        uses.push_back(e.from < e.to ? Use{e.from, e.to, e.zone, true} : Use{e.to, e.from, e.zone, false});
    }
    std::sort(uses.begin(), uses.end());
    MatchedEdges out;
    out.edges.reserve(uses.size() / 2 + 1);
    std::vector<Label> left;
    std::vector<Label> right;
    for (std::size_t i = 0; i < uses.size();) {
        left.clear();
        right.clear();
        std::size_t j = i;
        for (; j < uses.size() && uses[j].a == uses[i].a && uses[j].b == uses[i].b; ++j) {
            (uses[j].forward ? left : right).push_back(uses[j].zone);
        }
        cancelSame(left, right);
        if (!out.overlap && (left.size() > 1 || right.size() > 1)) out.overlap = uses[i].a;
        for (std::size_t k = 0; k < std::max(left.size(), right.size()); ++k) {
            out.edges.push_back({uses[i].a, uses[i].b, k < left.size() ? left[k] : kUnzoned,
                                 k < right.size() ? right[k] : kUnzoned});
        }
        i = j;
    }
    return out;
}

void addZoneEdges(const std::vector<GridRing>& rings, Label zone, std::vector<ZoneEdge>& out) {
    for (const GridRing& ring : rings) {
        for (std::size_t i = 0; i < ring.points.size(); ++i) {
            const GridPoint a = ring.points[i];
            const GridPoint b = ring.points[i + 1 == ring.points.size() ? 0 : i + 1];
            out.push_back(ring.interiorLeft ? ZoneEdge{a, b, zone} : ZoneEdge{b, a, zone});
        }
    }
}

Network::Network(const Coverage& coverage, std::vector<Label> slots)
    : mCoverage(&coverage), mZones(std::move(slots)) {
    mRings.reserve(mZones.size());
    for (const Label zone : mZones) mRings.push_back(coverage.gridAt(zone).rings);
    do {
        std::vector<ZoneEdge> edges;
        for (std::size_t i = 0; i < mZones.size(); ++i) addZoneEdges(mRings[i], mZones[i], edges);
        MatchedEdges joined = matched(std::move(edges));
        mEdges = std::move(joined.edges);
        mOverlap = joined.overlap;
    } while (resolveJunctions());
    mTree = treeOf(mEdges);
}

/// Splits open edges at the vertices of other open edges that lie exactly on them. False when there are none.
bool Network::resolveJunctions() {
    std::vector<NetworkEdge> open;
    for (const NetworkEdge& edge : mEdges) {
        if (edge.isOpen()) open.push_back(edge);
    }
    const BoxTree tree = treeOf(open);
    std::unordered_map<GridPoint, std::vector<std::pair<GridPoint, GridPoint>>>
        splits;  // by the edge's lower end: (upper end, vertex)
    bool found = false;
    for (const NetworkEdge& edge : open) {
        for (const GridPoint vertex : {edge.a, edge.b}) {
            tree.query(GridBox::of(vertex, vertex), [&](std::uint32_t i) {
                if (!liesInside(vertex, open[i].a, open[i].b)) return;
                splits[open[i].a].emplace_back(open[i].b, vertex);
                found = true;
            });
        }
    }
    if (!found) return false;
    const auto rebuilt = [&](const GridRing& ring) {
        GridRing out = ring;
        out.points.clear();
        for (std::size_t i = 0; i < ring.points.size(); ++i) {
            const GridPoint from = ring.points[i];
            const GridPoint to = ring.points[i + 1 == ring.points.size() ? 0 : i + 1];
            out.points.push_back(from);
            const auto at = splits.find(std::min(from, to));
            if (at == splits.end()) continue;
            std::vector<GridPoint> between;
            for (const auto& [end, vertex] : at->second) {
                if (end == std::max(from, to)) between.push_back(vertex);
            }
            std::sort(between.begin(), between.end());
            between.erase(std::unique(between.begin(), between.end()), between.end());
            if (to < from) std::reverse(between.begin(), between.end());
            out.points.insert(out.points.end(), between.begin(), between.end());
        }
        return out;
    };
    for (std::vector<GridRing>& rings : mRings) {
        for (GridRing& ring : rings) ring = rebuilt(ring);
    }
    return true;
}

const std::vector<GridRing>& Network::rings(Label zone) const {
    const auto at = std::lower_bound(mZones.begin(), mZones.end(), zone);
    return mRings[static_cast<std::size_t>(at - mZones.begin())];
}

std::vector<std::uint32_t> Network::edgesAt(GridPoint vertex) const {
    std::vector<std::uint32_t> out;
    edgesNear(GridBox::of(vertex, vertex), [&](std::uint32_t i) {
        if (mEdges[i].a == vertex || mEdges[i].b == vertex) out.push_back(i);
    });
    std::sort(out.begin(), out.end());
    return out;
}

std::optional<std::uint32_t> Network::edgeBetween(GridPoint a, GridPoint b) const {
    const auto at =
        std::lower_bound(mEdges.begin(), mEdges.end(), std::pair(std::min(a, b), std::max(a, b)),
                         [](const NetworkEdge& e, const auto& key) { return std::pair(e.a, e.b) < key; });
    if (at == mEdges.end() || at->a != std::min(a, b) || at->b != std::max(a, b)) return std::nullopt;
    return static_cast<std::uint32_t>(at - mEdges.begin());
}

}  // namespace zonewright::coverage
