#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "core/base/error.h"
#include "core/geometry/grid.h"
#include "core/geometry/types.h"

namespace zonewright::coverage {

/// Why an edit was refused: the error with the place to show and, where the edit moves something, how far it
/// may go.
struct Refusal : Error {
    Point place;  ///< `Point{}` when the reason has no place, such as a zone that is not there
    std::optional<Point>
        legal;  ///< the farthest legal position found on the straight way to the one asked for
};

template <typename T>
using Outcome = tl::expected<T, Refusal>;

/// False for coordinates that are no number or lie beyond the grid (1.1 million km).
[[nodiscard]] bool isPosition(Point p);

/// `where` becomes the place as "x y" in metres.
[[nodiscard]] tl::unexpected<Refusal> refusal(ErrorCode code, std::string detail, Point place);
[[nodiscard]] tl::unexpected<Refusal> refusal(ErrorCode code, std::string detail, GridPoint place);

}  // namespace zonewright::coverage
