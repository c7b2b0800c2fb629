#pragma once

#include <span>
#include <vector>

#include "core/network/network.h"

namespace zonewright::network {

/// Times from the origins to everywhere, or from everywhere to them ("who reaches it").
enum class Sense : std::uint8_t { From, To };

/// The open arcs of a network, packed for searching: what leads out of a node lies in one stretch of memory.
/// For `Sense::To` every arc is turned round. Node ids are those of the network.
class Graph {
public:
    struct Link {
        std::uint32_t head = 0;
        std::uint32_t time = 0;  ///< milliseconds
    };

    Graph(const Network& network, const Scenario& scenario, Sense sense = Sense::From);

    [[nodiscard]] std::size_t nodeCount() const { return mFirst.size() - 1; }
    [[nodiscard]] std::size_t linkCount() const { return mLinks.size(); }
    [[nodiscard]] Sense sense() const { return mSense; }
    [[nodiscard]] std::span<const Link> linksOf(std::uint32_t node) const {
        return std::span(mLinks).subspan(mFirst[node], mFirst[node + 1] - mFirst[node]);
    }
    /// The arcs of the network that `linksOf(node)` stands for, aligned with it.
    [[nodiscard]] std::span<const ArcId> arcsOf(std::uint32_t node) const {
        return std::span(mArcs).subspan(mFirst[node], mFirst[node + 1] - mFirst[node]);
    }

private:
    Sense mSense;
    std::vector<std::uint32_t> mFirst;
    std::vector<Link> mLinks;
    std::vector<ArcId> mArcs;
};

}  // namespace zonewright::network
