#include "core/coverage/operations.h"
#include "core/coverage/overlay.h"
#include "core/coverage/zone_lookup.h"

namespace zonewright::coverage {
namespace {

/// The zone with its part around a place.
struct PartAt {
    Label zone = kUnzoned;
    std::uint32_t part = 0;
};

std::optional<PartAt> partAt(const Coverage& coverage, GridPoint p) {
    for (const Label zone : coverage.slotsNear(GridBox::of(p, p))) {
        const std::vector<GridRing>& rings = coverage.gridAt(zone).rings;
        for (std::size_t i = 0; i < rings.size();) {
            const std::uint32_t part = rings[i].part;
            int winding = 0;
            for (; i < rings.size() && rings[i].part == part; ++i) {
                GridPoint last = rings[i].points.back();
                for (const GridPoint& q : rings[i].points) {
                    winding += rings[i].interiorLeft ? rayCrossing(p, last, q) : -rayCrossing(p, last, q);
                    last = q;
                }
            }
            if (winding > 0) return PartAt{zone, part};
        }
    }
    return std::nullopt;
}

}  // namespace

Outcome<Applied> tryOut(const Coverage& coverage, const Transfer& edit) {
    const Outcome<Label> from = labelOf(coverage, edit.from);
    if (!from) return tl::unexpected(from.error());
    const Outcome<Label> to = labelOf(coverage, edit.to);
    if (!to) return tl::unexpected(to.error());
    const auto outlines = gridOutlines(edit.area);
    if (!outlines) return tl::unexpected(outlines.error());
    GridBox box = boxOfLines(*outlines);
    box.add(coverage.gridAt(*to).box);
    const Outcome<Overlay> overlay = Overlay::of(coverage, coverage.slotsNear(box), *outlines);
    if (!overlay) return tl::unexpected(overlay.error());
    Overlay::Relabelling wanted{overlay->labels(), {}, false};
    const std::vector<int> windings = overlay->windings();
    bool any = false;
    for (std::size_t f = 1; f < wanted.labels.size(); ++f) {
        if (wanted.labels[f] != *from || windings[f] == 0) continue;
        wanted.labels[f] = *to;
        any = true;
    }
    if (!any || *from == *to)
        return refusal(ErrorCode::BadArgument, "no land of the giving zone lies in the area",
                       outlines->front().front());
    return overlay->relabelled(wanted);
}

Outcome<Applied> tryOut(const Coverage& coverage, const TransferPart& edit) {
    const Outcome<Label> to = labelOf(coverage, edit.to);
    if (!to) return tl::unexpected(to.error());
    if (!isPosition(edit.inside)) return refusal(ErrorCode::BadArgument, "this is no position", edit.inside);
    const GridPoint p = toGrid(edit.inside);
    const std::optional<PartAt> found = partAt(coverage, p);
    if (!found || found->zone == *to) return refusal(ErrorCode::BadArgument, "no other zone is here", p);
    const auto slots =
        *to < found->zone ? std::vector<Label>{*to, found->zone} : std::vector<Label>{found->zone, *to};
    const Outcome<Overlay> overlay = Overlay::of(coverage, slots, {});
    if (!overlay) return tl::unexpected(overlay.error());
    Overlay::Relabelling wanted{overlay->labels(), {}, false};
    const Overlay::Face face = overlay->faceAt(p);
    if (wanted.labels[face] != found->zone)
        return refusal(ErrorCode::BadArgument, "the position lies on a boundary", p);
    wanted.labels[face] = *to;
    return overlay->relabelled(wanted);
}

}  // namespace zonewright::coverage
