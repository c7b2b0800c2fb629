#pragma once

#include "core/network/reach.h"

namespace zonewright::network {

/// Lowers each slot's time by way of the slots above it. Requires: times at most `kUnreachable`.
void sweepDown(const Hierarchy::Links& links, std::uint32_t* times);

/// The same for all lanes; rows of slots that are not `seeded` need not be set before. Runs on the widest vector unit
/// of the machine it finds itself on.
void sweepDown(const Hierarchy::Links& links, const std::uint8_t* seeded, WideSweep::AlignedRow* rows);

/// What each lane reaches; on the widest vector unit likewise.
[[nodiscard]] std::array<Reach, kLanes> countReach(const ReachCounter::Arcs& arcs, const WideSweep& sweep, Milliseconds limit);

}  // namespace zonewright::network
