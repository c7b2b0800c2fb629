#include <algorithm>

#include "core/coverage/operations.h"
#include "core/coverage/overlay.h"
#include "core/coverage/zone_lookup.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const SplitByLine& edit) {
    const Outcome<Label> zone = labelOf(coverage, edit.zone);
    if (!zone) return tl::unexpected(zone.error());
    const Outcome<GridLine> line = gridLine(edit.line);
    if (!line) return tl::unexpected(line.error());
    GridBox box = coverage.gridAt(*zone).box;
    box.add(boxOfLines({*line}));
    const Outcome<Overlay> overlay = Overlay::of(coverage, coverage.slotsNear(box), {*line});
    if (!overlay) return tl::unexpected(overlay.error());

    using Face = Overlay::Face;
    const std::vector<Label>& old = overlay->labels();
    const std::vector<Face> part = overlay->grouped([&](Overlay::HalfEdge h) { return overlay->isDrawn(h); });
    std::vector<std::uint32_t> piecesOfPart(old.size(), 0);
    for (Face f = 1; f < old.size(); ++f) {
        if (old[f] == *zone) ++piecesOfPart[part[f]];
    }
    std::vector<Face> pieces;
    for (Face f = 1; f < old.size(); ++f) {
        if (old[f] == *zone && piecesOfPart[part[f]] > 1) pieces.push_back(f);
    }
    if (pieces.empty())
        return refusal(ErrorCode::BadArgument, "the line does not cut the zone in two", line->front());
    std::stable_sort(pieces.begin(), pieces.end(), [&](Face f, Face g) {
        return overlay->faces().twiceArea(f) > overlay->faces().twiceArea(g);
    });

    Overlay::Relabelling wanted{old, {}, false};
    for (std::size_t i = 1; i < pieces.size(); ++i)
        wanted.labels[pieces[i]] = coverage.slotCount() + static_cast<Label>(i) - 1;
    return overlay->relabelled(wanted);
}

}  // namespace zonewright::coverage
