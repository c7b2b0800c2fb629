#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/network/graph.h"

namespace zonewright::network {

/// A contraction hierarchy: the nodes of a graph in an order of importance, with shortcuts, so that a short search
/// upwards and one sweep over memory give the times to every node.
///
/// Source: Geisberger, Sanders, Schultes, Vetter 2012, Exact routing in large road networks using contraction
/// hierarchies, Transportation Science 46; sweep: Delling, Goldberg, Nowatzyk, Werneck 2013, PHAST, J. Parallel and
/// Distributed Computing 73.
/// Guarantees: times found through it equal Dijkstra's on the graph, to the millisecond; the same graph gives the same
/// hierarchy whatever the number of threads.
class Hierarchy {
public:
    struct Link {
        std::uint32_t upper = 0;  ///< slot of the more important node
        std::uint32_t time = 0;   ///< milliseconds
    };

    /// Requires: a graph of `Sense::From`; the hierarchy then serves both senses. Errors: Cancelled.
    [[nodiscard]] static Result<Hierarchy> of(const Graph& graph, Progress& progress);

    [[nodiscard]] std::size_t nodeCount() const { return mNodeAt.size(); }
    [[nodiscard]] std::size_t linkCount() const { return mUp.size() + mDown.size(); }
    /// Slots number the nodes so that a node comes after all more important ones it is linked to.
    [[nodiscard]] std::uint32_t slotOf(NodeId node) const { return mSlotOf[index(node)]; }
    [[nodiscard]] std::span<const NodeId> nodesBySlot() const { return mNodeAt; }
    /// Ways from the node at `slot` up to more important ones.
    [[nodiscard]] std::span<const Link> up(std::uint32_t slot) const {
        return std::span(mUp).subspan(mFirstUp[slot], mFirstUp[slot + 1] - mFirstUp[slot]);
    }
    /// Ways from more important nodes down to the node at `slot`.
    [[nodiscard]] std::span<const Link> down(std::uint32_t slot) const {
        return std::span(mDown).subspan(mFirstDown[slot], mFirstDown[slot + 1] - mFirstDown[slot]);
    }

    /// The links of one sense in slot order: those of slot s are links[first[s]] up to links[first[s + 1]].
    struct Links {
        std::span<const std::uint32_t> first;
        std::span<const Link> links;
    };
    /// What leads down into slots for `Sense::From`, and up out of them for `Sense::To`.
    [[nodiscard]] Links sweepLinks(Sense sense) const {
        if (sense == Sense::From) return {mFirstDown, mDown};
        return {mFirstUp, mUp};
    }

    [[nodiscard]] std::string toBytes() const;
    /// Errors: SourceUnreadable when the bytes are of another version or damaged.
    [[nodiscard]] static Result<Hierarchy> fromBytes(std::string_view bytes);

private:
    friend class Contraction;
    void setSlots();
    [[nodiscard]] bool isSound() const;

    std::vector<NodeId> mNodeAt;
    std::vector<std::uint32_t> mSlotOf;
    std::vector<std::uint32_t> mFirstUp{0};
    std::vector<std::uint32_t> mFirstDown{0};
    std::vector<Link> mUp;
    std::vector<Link> mDown;
};

}  // namespace zonewright::network
