#include "core/coverage/rewriting.h"

#include "core/coverage/settle.h"

namespace zonewright::coverage {

Outcome<std::vector<ZoneChange>> rewritten(const Network& network, std::span<const Label> zones,
                                           const std::function<void(std::vector<GridPoint>&)>& rewrite,
                                           GridPoint place) {
    std::vector<ZoneChange> changes;
    for (const Label zone : zones) {
        std::vector<GridRing> rings = network.rings(zone);
        for (GridRing& ring : rings) {
            const Wide before = twiceAreaOnGrid(ring.points);
            rewrite(ring.points);
            const Wide after = twiceAreaOnGrid(ring.points);
            if (ring.points.size() < 3 || after == 0 || (before > 0) != (after > 0)) {
                return refusal(ErrorCode::WouldCollapse, "a part of a zone would vanish or turn inside out",
                               place);
            }
        }
        const Coverage& coverage = network.coverage();
        changes.push_back({coverage.fidAt(zone), coverage.geometryAt(zone), toMultiPolygon(rings)});
    }
    return changes;
}

}  // namespace zonewright::coverage
