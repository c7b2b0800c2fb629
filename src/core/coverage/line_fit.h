#pragma once

#include <utility>
#include <vector>

#include "core/coverage/network.h"
#include "core/coverage/noding.h"
#include "core/coverage/overlay.h"

namespace zonewright::coverage {

/// Drawn lines taken to the boundaries that they are meant to meet.
struct FittedLines {
    std::vector<NodingInput> segments;        ///< of all lines, one after the other
    std::vector<std::size_t> segmentsOfLine;  ///< how many of them each line has
    std::vector<std::pair<std::uint32_t, GridPoint>>
        bends;  ///< network edges and the line vertices they must pass
};

/// A line vertex within 1 mm of a boundary vertex becomes it; failing that, the nearest boundary edge within
/// 1 mm is to pass it. A boundary vertex within 1 mm of a line segment becomes a vertex of the line. So a
/// line drawn or snapped to a boundary meets it although neither may lie on the grid where they meet.
[[nodiscard]] FittedLines fitted(const Network& network, const std::vector<GridLine>& lines);

}  // namespace zonewright::coverage
