#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/localized.h"
#include "core/network/network.h"

namespace zonewright::network {

/// A row of the input that could not become part of the network, and why.
struct Rejection {
    std::size_t row = 0;
    Localized reason;
};

/// An edge before nodes have their final numbers.
struct EdgeDraft {
    NodeId from{};
    NodeId to{};
    LineString line;                         ///< from `from` to `to`; empty: the straight line
    Milliseconds forward = kUnreachable;     ///< `kUnreachable`: no travel that way
    Milliseconds backward = kUnreachable;
    Metres length;                           ///< 0: that of the line
    ProjectId project = kNoProject;
    Mode mode = Mode::Road;
    bool frontage = true;
    bool joinable = false;
    std::uint32_t source = 0;
};

/// Collects nodes and edges and numbers them by place (Hilbert curve).
class NetworkBuilder {
public:
    NodeId addNode(Point place);
    EdgeId addEdge(EdgeDraft edge);
    /// The same id for the same code; the empty code is `kNoProject`.
    ProjectId project(const std::string& code);

    /// Who comes along `from` to `via` may not go on along `to`. Both edges touch `via`.
    struct TurnBan {
        EdgeId from{};
        NodeId via{};
        EdgeId to{};
    };
    void banTurn(TurnBan ban) { mBans.push_back(ban); }

    /// A new node on an edge, `along` of its length from its start (0..1); the ends themselves for 0 and 1.
    /// Times are shared out by length, to the millisecond, and add up; turn bans keep to their
    /// ends.
    NodeId splitEdge(EdgeId edge, double along);

    [[nodiscard]] const std::vector<Point>& nodes() const { return mNodes; }
    [[nodiscard]] const std::vector<EdgeDraft>& edges() const { return mEdges; }

    struct Built;
    /// The network and, aligned with what was added, the final numbers of nodes.
    [[nodiscard]] Built build() &&;

private:
    std::vector<Point> mNodes;
    std::vector<EdgeDraft> mEdges;
    std::vector<std::string> mProjects{std::string()};
    std::unordered_map<std::string, ProjectId> mProjectIds;
    std::vector<TurnBan> mBans;
};

struct NetworkBuilder::Built {
    Network network;
    std::vector<NodeId> nodeOf;
};

}  // namespace zonewright::network
