#pragma once

#include "core/network/hierarchy.h"

namespace zonewright::network {

/// Makes a hierarchy by taking nodes out of the graph in rounds. A round takes nodes of which no two are neighbours,
/// so that threads may look at them at once; what a round decides does not depend on how threads share it.
class Contraction {
public:
    explicit Contraction(const Graph& graph);
    [[nodiscard]] Result<Hierarchy> run(Progress& progress);

private:
    /// What joins a node that is still there to a neighbour, in both directions.
    struct Tie {
        std::uint32_t node = 0;
        std::uint32_t out = kUnreachable.value;
        std::uint32_t in = kUnreachable.value;
        std::uint32_t hops = 1;  ///< stretches of the input it stands for
    };
    struct Shortcut {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        std::uint32_t time = 0;
        std::uint32_t hops = 0;
    };
    /// What taking a node out would cost.
    struct Plan {
        std::vector<Shortcut> shortcuts;
        std::uint32_t cost = 0;
    };
    class WitnessSearch;

    [[nodiscard]] std::uint64_t key(std::uint32_t node) const;
    [[nodiscard]] bool isLeastAmongNeighbours(std::uint32_t node) const;
    void planFor(std::uint32_t node, WitnessSearch& search, Plan& plan) const;
    void apply(std::uint32_t node, const Plan& plan);
    void addTie(const Shortcut& shortcut);
    [[nodiscard]] Hierarchy ordered() &&;

    std::vector<std::vector<Tie>> mTies;
    std::vector<std::uint32_t> mLevel;
    std::vector<std::uint32_t> mCost;
    std::vector<std::uint8_t> mLeaving;  ///< candidates of this round
    std::vector<std::uint32_t> mOrder;   ///< least important first
};

}  // namespace zonewright::network
