#include "core/coverage/zone_lookup.h"

#include <fmt/format.h>

namespace zonewright::coverage {

Outcome<Label> labelOf(const Coverage& coverage, Fid zone) {
    const auto slot = coverage.slotOf(zone);
    if (!slot)
        return refusal(ErrorCode::UnknownFeature, fmt::format("feature {}", static_cast<std::int64_t>(zone)),
                       Point{});
    return *slot;
}

}  // namespace zonewright::coverage
