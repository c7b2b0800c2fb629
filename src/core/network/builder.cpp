#include "core/network/builder.h"

#include <algorithm>
#include <numeric>

#include "core/geometry/grid.h"
#include "core/geometry/measure.h"

namespace zonewright::network {
namespace {

/// Position along the Hilbert curve that fills 2^16 x 2^16 cells (Skilling 2004, in two dimensions).
std::uint32_t hilbert(std::uint32_t x, std::uint32_t y) {
    std::uint32_t d = 0;
    for (std::uint32_t s = 1U << 15; s > 0; s >>= 1) {
        const std::uint32_t rx = (x & s) != 0 ? 1 : 0;
        const std::uint32_t ry = (y & s) != 0 ? 1 : 0;
        d += s * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = 0xFFFF - x;
                y = 0xFFFF - y;
            }
            std::swap(x, y);
        }
    }
    return d;
}

/// Old positions in the order of the curve; points at one place keep their order.
std::vector<std::uint32_t> alongHilbertCurve(const std::vector<Point>& points) {
    Box box;
    for (const Point& p : points) box.add(p);
    const double side = std::max({box.maxX - box.minX, box.maxY - box.minY, 1e-3});
    std::vector<std::uint64_t> keyed(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto cell = [&](double v, double low) { return static_cast<std::uint32_t>((v - low) / side * 65535.0); };
        keyed[i] = (std::uint64_t{hilbert(cell(points[i].x, box.minX), cell(points[i].y, box.minY))} << 32) | i;
    }
    std::sort(keyed.begin(), keyed.end());
    std::vector<std::uint32_t> order(points.size());
    std::transform(keyed.begin(), keyed.end(), order.begin(), [](std::uint64_t k) { return static_cast<std::uint32_t>(k); });
    return order;
}

std::vector<Arc> arcsOf(const std::vector<EdgeDraft>& edges) {
    std::vector<Arc> arcs;
    arcs.reserve(edges.size() * 2);
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
        const EdgeDraft& edge = edges[e];
        if (edge.forward < kUnreachable) arcs.push_back({edge.from, edge.to, edge.forward, EdgeId{e}, false});
        if (edge.backward < kUnreachable) arcs.push_back({edge.to, edge.from, edge.backward, EdgeId{e}, true});
    }
    return arcs;
}

/// Gives each approach with a banned turn a node of its own, from which only the allowed turns lead on; searches then
/// need to know nothing of bans. Returns the places of the added nodes by what they copy.
std::vector<NodeId> applyTurnBans(std::vector<NetworkBuilder::TurnBan> bans, std::vector<Arc>& arcs, std::size_t nodeCount) {
    using Ban = NetworkBuilder::TurnBan;
    std::sort(bans.begin(), bans.end(), [](const Ban& a, const Ban& b) { return std::tie(a.via, a.from, a.to) < std::tie(b.via, b.from, b.to); });
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> out;       // via node -> arcs
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> ofEdge;    // from edge -> arcs
    for (const Ban& ban : bans) {
        out[index(ban.via)];
        ofEdge[index(ban.from)];
    }
    for (std::size_t a = 0; a < arcs.size() && !bans.empty(); ++a) {
        if (const auto it = out.find(index(arcs[a].tail)); it != out.end()) it->second.push_back(a);
        if (const auto it = ofEdge.find(index(arcs[a].edge)); it != ofEdge.end()) it->second.push_back(a);
    }
    std::vector<NodeId> copies;
    for (std::size_t first = 0, next = 0; first < bans.size(); first = next) {
        const Ban& group = bans[first];
        while (next < bans.size() && bans[next].via == group.via && bans[next].from == group.from) ++next;
        const NodeId copy{static_cast<std::uint32_t>(nodeCount + copies.size())};
        copies.push_back(group.via);
        for (const std::size_t a : ofEdge[index(group.from)]) {
            if (arcs[a].head == group.via) arcs[a].head = copy;
        }
        for (const std::size_t a : out[index(group.via)]) {
            const bool banned = std::any_of(bans.begin() + static_cast<std::ptrdiff_t>(first), bans.begin() + static_cast<std::ptrdiff_t>(next),
                                            [&](const Ban& ban) { return ban.to == arcs[a].edge; });
            if (banned) continue;
            Arc onward = arcs[a];
            onward.tail = copy;
            if (const auto it = ofEdge.find(index(onward.edge)); it != ofEdge.end()) it->second.push_back(arcs.size());
            arcs.push_back(onward);
        }
    }
    return copies;
}

}  // namespace

NodeId NetworkBuilder::addNode(Point place) {
    mNodes.push_back(snapped(place));
    return NodeId{static_cast<std::uint32_t>(mNodes.size() - 1)};
}

EdgeId NetworkBuilder::addEdge(EdgeDraft edge) {
    if (edge.line.empty()) edge.line = {mNodes[index(edge.from)], mNodes[index(edge.to)]};
    if (!(edge.length > Metres(0))) edge.length = planarLength(edge.line);
    mEdges.push_back(std::move(edge));
    return EdgeId{static_cast<std::uint32_t>(mEdges.size() - 1)};
}

ProjectId NetworkBuilder::project(const std::string& code) {
    if (code.empty()) return kNoProject;
    const auto [it, isNew] = mProjectIds.try_emplace(code, ProjectId{static_cast<std::uint16_t>(mProjects.size())});
    if (isNew) mProjects.push_back(code);
    return it->second;
}

NodeId NetworkBuilder::splitEdge(EdgeId id, double along) {
    EdgeDraft& first = mEdges[index(id)];
    if (along <= 0) return first.from;
    if (along >= 1) return first.to;
    const double total = planarLength(first.line).value;
    const double wanted = total * along;
    double walked = 0;
    std::size_t segment = 1;
    while (segment + 1 < first.line.size()) {
        const double step = planarLength({first.line[segment - 1], first.line[segment]}).value;
        if (walked + step >= wanted) break;
        walked += step;
        ++segment;
    }
    const Point a = first.line[segment - 1];
    const Point b = first.line[segment];
    const double step = planarLength({a, b}).value;
    const double t = step > 0 ? std::clamp((wanted - walked) / step, 0.0, 1.0) : 0.0;
    const NodeId middle = addNode({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});

    EdgeDraft second = first;
    const auto cut = first.line.begin() + static_cast<std::ptrdiff_t>(segment);
    second.line.assign(cut, first.line.end());
    second.line.insert(second.line.begin(), mNodes[index(middle)]);
    first.line.erase(cut, first.line.end());
    first.line.push_back(mNodes[index(middle)]);
    second.from = middle;
    first.to = middle;
    const auto share = [&](Milliseconds& head, Milliseconds& tail) {
        if (head >= kUnreachable) return;
        const Milliseconds whole = head;
        head = toMilliseconds(Seconds(whole.value * along / 1000.0));
        tail.value = whole.value - head.value;
    };
    share(first.forward, second.forward);
    share(first.backward, second.backward);
    const EdgeId secondId{static_cast<std::uint32_t>(mEdges.size())};
    for (TurnBan& ban : mBans) {
        if (ban.via != second.to) continue;
        if (ban.from == id) ban.from = secondId;
        if (ban.to == id) ban.to = secondId;
    }
    second.length = first.length * (1 - along);
    first.length = first.length * along;
    mEdges.push_back(std::move(second));
    return middle;
}

NetworkBuilder::Built NetworkBuilder::build() && {
    std::vector<Arc> arcs = arcsOf(mEdges);
    const std::size_t given = mNodes.size();
    for (const NodeId copied : applyTurnBans(std::move(mBans), arcs, given)) mNodes.push_back(mNodes[index(copied)]);

    Built built;
    Network& network = built.network;
    network.mProjects = std::move(mProjects);
    const std::vector<std::uint32_t> order = alongHilbertCurve(mNodes);
    std::vector<NodeId> nodeOf(order.size());
    network.mNodes.reserve(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        nodeOf[order[i]] = NodeId{i};
        network.mNodes.push_back(mNodes[order[i]]);
    }

    std::vector<std::uint64_t> edgeOrder(mEdges.size());
    for (std::size_t e = 0; e < mEdges.size(); ++e) {
        const NodeId low = std::min(nodeOf[index(mEdges[e].from)], nodeOf[index(mEdges[e].to)]);
        edgeOrder[e] = (std::uint64_t{index(low)} << 32) | e;
    }
    std::sort(edgeOrder.begin(), edgeOrder.end());
    std::vector<EdgeId> edgeOf(mEdges.size());
    network.mEdges.reserve(mEdges.size());
    for (std::uint32_t i = 0; i < edgeOrder.size(); ++i) {
        const auto old = static_cast<std::uint32_t>(edgeOrder[i]);
        const EdgeDraft& draft = mEdges[old];
        edgeOf[old] = EdgeId{i};
        network.mEdges.push_back({draft.length, static_cast<std::uint32_t>(network.mPoints.size()), static_cast<std::uint32_t>(draft.line.size()),
                                  draft.source, draft.project, draft.mode, draft.frontage, draft.joinable});
        network.mPoints.insert(network.mPoints.end(), draft.line.begin(), draft.line.end());
    }
    for (Arc& arc : arcs) arc = {nodeOf[index(arc.tail)], nodeOf[index(arc.head)], arc.time, edgeOf[index(arc.edge)], arc.reversed};
    network.mArcs = std::move(arcs);
    network.indexArcs();
    nodeOf.resize(given);
    built.nodeOf = std::move(nodeOf);
    return built;
}

}  // namespace zonewright::network
