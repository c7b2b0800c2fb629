#include "core/coverage/outcome.h"

#include <cmath>

#include <fmt/format.h>

#include "core/coverage/exact.h"

namespace zonewright::coverage {

bool isPosition(Point p) {
    constexpr double limit = static_cast<double>(kLargestCoordinate) / kGridPerMetre;
    return std::abs(p.x) < limit && std::abs(p.y) < limit;
}

tl::unexpected<Refusal> refusal(ErrorCode code, std::string detail, Point place) {
    Refusal out;
    out.code = code;
    out.detail = std::move(detail);
    if (!isPosition(place)) {
        out.where = fmt::format("{} {}", place.x, place.y);  // not to be shown on a map
    } else if (place != Point{}) {
        out.where = fmt::format("{:.3f} {:.3f}", place.x, place.y);
        out.place = place;
    }
    return tl::unexpected<Refusal>(std::move(out));
}

tl::unexpected<Refusal> refusal(ErrorCode code, std::string detail, GridPoint place) {
    return refusal(code, std::move(detail), toPoint(place));
}

}  // namespace zonewright::coverage
