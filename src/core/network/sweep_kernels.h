#pragma once

#include "core/network/sweep.h"

namespace zonewright::network {

/// Lowers each slot's time by way of the slots above it. Requires: times at most `kUnreachable`.
void sweepDown(const Hierarchy::Links& links, std::uint32_t* times);

/// The same for all lanes; rows of slots that are not `seeded` need not be set before. Runs on the widest vector unit
/// of the machine it finds itself on.
void sweepDown(const Hierarchy::Links& links, const std::uint8_t* seeded, WideSweep::AlignedRow* rows);

}  // namespace zonewright::network
