#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/network/sweep.h"

namespace zonewright::network {

/// How much of a network one origin reaches within a limit.
struct Reach {
    std::uint64_t nodes = 0;
    std::uint64_t sumOfTimes = 0;  ///< milliseconds, over the nodes reached
    Metres whole;                  ///< of arcs travelled to their end; each direction on its own
    Metres length;                 ///< of arcs as far as the limit allows
};

/// Counts reaches after sweeps. Keeps the lengths of arcs in the order in which sweeps lie in memory; safe from any
/// thread once made.
class ReachCounter {
public:
    /// Requires: the hierarchy is that of the network's scenario; `graph` has the sense of the sweeps.
    ReachCounter(const Network& network, const Graph& graph, const Hierarchy& hierarchy);

    [[nodiscard]] Reach of(const Sweep& sweep, Milliseconds limit) const;
    /// By lane; runs on the widest vector unit of the machine it finds itself on.
    [[nodiscard]] std::array<Reach, kLanes> of(const WideSweep& sweep, Milliseconds limit) const;

    /// The arcs that leave the node at a slot are those from `first[slot]` up to `first[slot + 1]`.
    struct Arcs {
        std::vector<std::uint32_t> first{0};
        std::vector<std::int32_t> time;  ///< milliseconds
        std::vector<double> length;      ///< metres
        std::vector<double> pace;        ///< metres a millisecond
    };

private:
    Arcs mArcs;
};

}  // namespace zonewright::network
