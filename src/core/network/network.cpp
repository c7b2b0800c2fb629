#include "core/network/network.h"

#include <algorithm>
#include <numeric>

#include "core/network/blob.h"

namespace zonewright::network {
namespace {

constexpr std::string_view kTag = "network";
constexpr std::uint64_t kVersion = 1;

/// What is stored of an edge and an arc, without padding, so that equal networks give equal bytes.
struct StoredEdge {
    double length;
    std::uint32_t firstPoint, pointCount, source;
    std::uint16_t project;
    std::uint8_t mode, flags;  // 1 frontage, 2 joinable
};
struct StoredArc {
    std::uint32_t tail, head, time, edge;
    std::uint32_t reversed;
};
static_assert(sizeof(StoredEdge) == 24 && sizeof(StoredArc) == 20);

std::uint32_t find(std::vector<std::uint32_t>& parent, std::uint32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
}

bool refersInside(const std::vector<Arc>& arcs, const std::vector<Edge>& edges, std::size_t nodes, std::size_t points) {
    const bool arcsFit = std::all_of(arcs.begin(), arcs.end(), [&](const Arc& arc) {
        return index(arc.tail) < nodes && index(arc.head) < nodes && index(arc.edge) < edges.size() && arc.time <= kUnreachable;
    });
    return arcsFit && std::all_of(edges.begin(), edges.end(), [&](const Edge& edge) {
               return edge.firstPoint <= points && edge.pointCount >= 2 && edge.pointCount <= points - edge.firstPoint;
           });
}

}  // namespace

Metres Network::length() const {
    Metres total;
    for (const Edge& edge : mEdges) total += edge.length;
    return total;
}

void Network::indexArcs() {
    mFirstArc.assign(mNodes.size() + 1, 0);
    for (const Arc& arc : mArcs) ++mFirstArc[index(arc.tail) + 1];
    std::partial_sum(mFirstArc.begin(), mFirstArc.end(), mFirstArc.begin());
    std::vector<std::uint32_t> next(mFirstArc.begin(), mFirstArc.end() - 1);
    std::vector<Arc> sorted(mArcs.size());
    for (const Arc& arc : mArcs) sorted[next[index(arc.tail)]++] = arc;
    for (std::size_t v = 0; v < mNodes.size(); ++v) {
        std::sort(sorted.begin() + mFirstArc[v], sorted.begin() + mFirstArc[v + 1],
                  [](const Arc& a, const Arc& b) { return std::tie(a.head, a.edge, a.reversed) < std::tie(b.head, b.edge, b.reversed); });
    }
    mArcs = std::move(sorted);

    mFirstArcOfEdge.assign(mEdges.size() + 1, 0);
    for (const Arc& arc : mArcs) ++mFirstArcOfEdge[index(arc.edge) + 1];
    std::partial_sum(mFirstArcOfEdge.begin(), mFirstArcOfEdge.end(), mFirstArcOfEdge.begin());
    mArcsOfEdge.resize(mArcs.size());
    next.assign(mFirstArcOfEdge.begin(), mFirstArcOfEdge.end() - 1);
    for (std::uint32_t a = 0; a < mArcs.size(); ++a) mArcsOfEdge[next[index(mArcs[a].edge)]++] = ArcId{a};
}

std::string Network::toBytes() const {
    std::vector<StoredEdge> edges;
    edges.reserve(mEdges.size());
    for (const Edge& e : mEdges) {
        edges.push_back({e.length.value, e.firstPoint, e.pointCount, e.source, index(e.project), static_cast<std::uint8_t>(e.mode),
                         static_cast<std::uint8_t>((e.frontage ? 1 : 0) | (e.joinable ? 2 : 0))});
    }
    std::vector<StoredArc> arcs;
    arcs.reserve(mArcs.size());
    for (const Arc& a : mArcs) arcs.push_back({index(a.tail), index(a.head), a.time.value, index(a.edge), a.reversed});
    BlobWriter writer;
    writer.add(mNodes);
    writer.add(edges);
    writer.add(arcs);
    writer.add(mPoints);
    writer.add(mProjects);
    return std::move(writer).sealed(kTag, kVersion);
}

Result<Network> Network::fromBytes(std::string_view bytes) {
    Result<BlobReader> reader = BlobReader::open(bytes, kTag, kVersion);
    if (!reader) return tl::unexpected(reader.error());
    Network network;
    std::vector<StoredEdge> edges;
    std::vector<StoredArc> arcs;
    reader->read(network.mNodes);
    reader->read(edges);
    reader->read(arcs);
    reader->read(network.mPoints);
    reader->read(network.mProjects);
    for (const StoredEdge& e : edges) {
        network.mEdges.push_back({Metres(e.length), e.firstPoint, e.pointCount, e.source, ProjectId{e.project}, static_cast<Mode>(e.mode), (e.flags & 1) != 0, (e.flags & 2) != 0});
    }
    for (const StoredArc& a : arcs) network.mArcs.push_back({NodeId{a.tail}, NodeId{a.head}, {a.time}, EdgeId{a.edge}, a.reversed != 0});
    const bool projectsFit = std::all_of(network.mEdges.begin(), network.mEdges.end(),
                                         [&](const Edge& e) { return index(e.project) < network.mProjects.size(); });
    if (!reader->whole() || !projectsFit || !refersInside(network.mArcs, network.mEdges, network.mNodes.size(), network.mPoints.size())) {
        return failure(ErrorCode::SourceUnreadable, "stored network is damaged");
    }
    network.indexArcs();
    return network;
}

Scenario Scenario::none(const Network& network) {
    Scenario scenario;
    scenario.mOpen.assign(network.projects().size(), 0);
    scenario.mOpen.front() = 1;
    return scenario;
}

Scenario Scenario::all(const Network& network) {
    Scenario scenario;
    scenario.mOpen.assign(network.projects().size(), 1);
    return scenario;
}

Result<Scenario> Scenario::of(const Network& network, std::span<const std::string> projects) {
    Scenario scenario = none(network);
    for (const std::string& code : projects) {
        const auto it = std::find(network.projects().begin(), network.projects().end(), code);
        if (it == network.projects().end()) return failure(ErrorCode::UnknownFeature, "no edge belongs to project " + code);
        scenario.mOpen[static_cast<std::size_t>(it - network.projects().begin())] = 1;
    }
    return scenario;
}

NetworkReport reportOn(const Network& network) {
    NetworkReport report;
    report.nodes = network.nodeCount();
    report.arcs = network.arcs().size();
    report.length = network.length();

    std::vector<std::uint32_t> parent(network.nodeCount());
    std::iota(parent.begin(), parent.end(), 0U);
    std::vector<NodeId> neighbour(network.nodeCount(), kNoNode);
    std::vector<std::uint8_t> many(network.nodeCount(), 0);
    const auto meet = [&](NodeId at, NodeId other) {
        if (at == other) return;
        if (neighbour[index(at)] == kNoNode) neighbour[index(at)] = other;
        else if (neighbour[index(at)] != other) many[index(at)] = 1;
    };
    for (const Arc& arc : network.arcs()) {
        parent[find(parent, index(arc.tail))] = find(parent, index(arc.head));
        meet(arc.tail, arc.head);
        meet(arc.head, arc.tail);
    }
    std::vector<std::uint32_t> size(network.nodeCount(), 0);
    for (std::uint32_t v = 0; v < parent.size(); ++v) ++size[find(parent, v)];
    std::vector<std::uint32_t> roots;
    for (std::uint32_t v = 0; v < parent.size(); ++v) {
        if (parent[v] == v) roots.push_back(v);
        if (neighbour[v] != kNoNode && many[v] == 0) report.deadEnds.push_back(NodeId{v});
    }
    report.components = roots.size();
    std::stable_sort(roots.begin(), roots.end(), [&](std::uint32_t a, std::uint32_t b) { return size[a] > size[b]; });
    for (std::size_t i = 1; i < roots.size(); ++i) report.componentExamples.push_back(NodeId{roots[i]});
    return report;
}

}  // namespace zonewright::network
