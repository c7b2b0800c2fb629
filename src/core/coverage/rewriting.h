#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/coverage/edit.h"
#include "core/coverage/network.h"

namespace zonewright::coverage {

/// The zones with `rewrite` done to each of their rings (stored order, without closing point).
/// Errors: WouldCollapse at `place` if a ring falls below three vertices, loses its area or turns inside out.
[[nodiscard]] Outcome<std::vector<ZoneChange>> rewritten(
    const Network& network, std::span<const Label> zones,
    const std::function<void(std::vector<GridPoint>&)>& rewrite, GridPoint place);

}  // namespace zonewright::coverage
