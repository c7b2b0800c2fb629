#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "core/coverage/network.h"
#include "core/coverage/subdivision.h"

namespace zonewright::coverage {

/// Zones on the grid with their order numbers; a zone without rings takes no part.
struct CleaningInput {
    std::span<const GridZone> zones;
    std::span<const Fid> fids;
    const GridZone* parent = nullptr;
    bool partition = true;
};

/// Gives thin gaps and overlaps within `places` to one zone each and cuts off thin land outside the parent.
/// Returns: the zones that change, with their geometry; no geometry for one that loses all its land.
[[nodiscard]] std::vector<std::pair<Label, std::optional<MultiPolygon>>> cleaned(
    const CleaningInput& input, std::span<const GridBox> places, double maxWidthMm);

}  // namespace zonewright::coverage
