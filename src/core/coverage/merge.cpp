#include <algorithm>

#include "core/coverage/operations.h"
#include "core/coverage/overlay.h"
#include "core/coverage/zone_lookup.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const Merge& edit) {
    std::vector<Label> zones;
    for (const Fid fid : edit.zones) {
        const Outcome<Label> zone = labelOf(coverage, fid);
        if (!zone) return tl::unexpected(zone.error());
        zones.push_back(*zone);
    }
    std::sort(zones.begin(), zones.end());
    zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
    const Outcome<Label> keep = labelOf(coverage, edit.keep);
    if (!keep) return tl::unexpected(keep.error());
    if (zones.size() < 2 || !std::binary_search(zones.begin(), zones.end(), *keep)) {
        return refusal(ErrorCode::BadArgument, "merge needs two zones or more, the one to keep among them",
                       Point{});
    }
    const Outcome<Overlay> overlay = Overlay::of(coverage, zones, {});
    if (!overlay) return tl::unexpected(overlay.error());
    Overlay::Relabelling wanted{overlay->labels(), zones, false};
    for (Label& label : wanted.labels) {
        if (label != kUnzoned) label = *keep;
    }
    return overlay->relabelled(wanted);
}

}  // namespace zonewright::coverage
