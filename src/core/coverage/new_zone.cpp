#include "core/coverage/operations.h"
#include "core/coverage/overlay.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const NewZone& edit) {
    const auto outlines = gridOutlines(edit.area);
    if (!outlines) return tl::unexpected(outlines.error());
    const Outcome<Overlay> overlay =
        Overlay::of(coverage, coverage.slotsNear(boxOfLines(*outlines).grownBy(1)), *outlines);
    if (!overlay) return tl::unexpected(overlay.error());
    const Options& options = coverage.options();
    const bool takesUnzoned = options.kind == Kind::Disjoint || options.outerMayMove;
    Overlay::Relabelling wanted{overlay->labels(), {}, false};
    const std::vector<int> windings = overlay->windings();
    bool any = false;
    for (std::size_t f = 1; f < wanted.labels.size(); ++f) {
        if (windings[f] == 0 || (wanted.labels[f] == kUnzoned && !takesUnzoned)) continue;
        wanted.labels[f] = coverage.slotCount();
        any = true;
    }
    if (!any)
        return refusal(ErrorCode::BadArgument, "the area lies outside the outer boundary",
                       outlines->front().front());
    return overlay->relabelled(wanted);
}

}  // namespace zonewright::coverage
