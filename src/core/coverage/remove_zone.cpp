#include "core/coverage/balance.h"
#include "core/coverage/operations.h"
#include "core/coverage/zone_lookup.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const RemoveZone& edit) {
    const Outcome<Label> zone = labelOf(coverage, edit.zone);
    if (!zone) return tl::unexpected(zone.error());
    if (coverage.options().kind == Kind::Partition && !coverage.options().outerMayMove) {
        const GridZone& grid = coverage.gridAt(*zone);
        return refusal(ErrorCode::WouldLeaveGap,
                       "the zone's land would be left without a zone; merge it instead",
                       grid.rings.empty() ? GridPoint{} : grid.rings.front().points.front());
    }
    return balanced({{edit.zone, coverage.geometryAt(*zone), std::nullopt}});
}

}  // namespace zonewright::coverage
