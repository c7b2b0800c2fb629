#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/geometry/types.h"
#include "core/network/types.h"

namespace zonewright::network {

/// A stretch of way between two nodes: what both directions of travel share.
struct Edge {
    Metres length;
    std::uint32_t firstPoint = 0;
    std::uint32_t pointCount = 0;
    std::uint32_t source = 0;  ///< row of the line it was made from, in the input it came with
    ProjectId project = kNoProject;
    Mode mode = Mode::Road;
    bool frontage = true;  ///< a traveller can leave and join anywhere along it; false on motorways and rails
    bool joinable = false;  ///< stands for ways not drawn: places are joined to it though nobody stops along it
};

/// One direction of travel along an edge. `reversed`: from the edge's last point to its first.
struct Arc {
    NodeId tail{};
    NodeId head{};
    Milliseconds time;
    EdgeId edge{};
    bool reversed = false;
};

/// Places, ways between them and times: a value, numbered so that neighbours in the plane are neighbours in memory.
///
/// CRS: that of the input, metres. Nodes lie on the 1 mm grid.
/// Guarantees: the same input gives the same numbering; `arcsFrom` is ordered by tail; several nodes may lie at one
/// place (levels, platforms, turn bans).
class Network {
public:
    [[nodiscard]] std::size_t nodeCount() const { return mNodes.size(); }
    [[nodiscard]] std::span<const Point> nodes() const { return mNodes; }
    [[nodiscard]] std::span<const Edge> edges() const { return mEdges; }
    [[nodiscard]] std::span<const Arc> arcs() const { return mArcs; }
    /// Codes of the projects that edges may belong to; [0] is empty.
    [[nodiscard]] std::span<const std::string> projects() const { return mProjects; }

    [[nodiscard]] Point at(NodeId node) const { return mNodes[index(node)]; }
    [[nodiscard]] const Edge& edge(EdgeId id) const { return mEdges[index(id)]; }
    [[nodiscard]] const Arc& arc(ArcId id) const { return mArcs[index(id)]; }
    [[nodiscard]] std::span<const Point> line(EdgeId id) const {
        return std::span(mPoints).subspan(edge(id).firstPoint, edge(id).pointCount);
    }
    /// The arcs out of a node are those numbered from `firstArc(node)` up to, not including, `endArc(node)`.
    [[nodiscard]] ArcId firstArc(NodeId node) const { return ArcId{mFirstArc[index(node)]}; }
    [[nodiscard]] ArcId endArc(NodeId node) const { return ArcId{mFirstArc[index(node) + 1]}; }
    /// Both directions of an edge, and their copies where a turn is banned.
    [[nodiscard]] std::span<const ArcId> arcsOf(EdgeId edge) const {
        const std::uint32_t first = mFirstArcOfEdge[index(edge)];
        return std::span(mArcsOfEdge).subspan(first, mFirstArcOfEdge[index(edge) + 1] - first);
    }
    /// Total length of edges, each counted once.
    [[nodiscard]] Metres length() const;

    /// A blob that `fromBytes` gives back; it carries a format version and a hash of itself.
    [[nodiscard]] std::string toBytes() const;
    /// Errors: SourceUnreadable when the bytes are of another version or damaged.
    [[nodiscard]] static Result<Network> fromBytes(std::string_view bytes);

private:
    friend class NetworkBuilder;
    void indexArcs();

    std::vector<Point> mNodes;
    std::vector<Edge> mEdges;
    std::vector<Arc> mArcs;
    std::vector<std::uint32_t> mFirstArc{0};
    std::vector<std::uint32_t> mFirstArcOfEdge{0};
    std::vector<ArcId> mArcsOfEdge;
    std::vector<Point> mPoints;
    std::vector<std::string> mProjects{std::string()};
};

/// Which projects are open: the edges of the others are closed to travel.
class Scenario {
public:
    /// Only what stands without any project.
    [[nodiscard]] static Scenario none(const Network& network);
    [[nodiscard]] static Scenario all(const Network& network);
    /// Errors: UnknownFeature naming the first code that no edge belongs to.
    [[nodiscard]] static Result<Scenario> of(const Network& network, std::span<const std::string> projects);

    [[nodiscard]] bool isOpen(ProjectId project) const { return mOpen[index(project)] != 0; }

private:
    std::vector<std::uint8_t> mOpen;
};

/// What a planner should look at before trusting the times.
struct NetworkReport {
    std::size_t nodes = 0;
    std::size_t arcs = 0;
    Metres length;
    std::size_t components = 0;             ///< weakly connected parts
    std::vector<NodeId> componentExamples;  ///< one node of each part but the largest, largest first
    std::vector<NodeId> deadEnds;           ///< nodes joined to one other node only
};
[[nodiscard]] NetworkReport reportOn(const Network& network);

}  // namespace zonewright::network
