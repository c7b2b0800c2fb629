#include <cmath>
#include <map>

#include "core/coverage/operations.h"
#include "core/coverage/overlay.h"
#include "core/coverage/zone_lookup.h"

namespace zonewright::coverage {
namespace {

GridBox boxOfFace(const Subdivision& faces, Subdivision::Face face) {
    GridBox box;
    const Subdivision::HalfEdge start = faces.boundaries(face).front();
    Subdivision::HalfEdge h = start;
    do {
        box.add(faces.from(h));
        h = faces.next(h);
    } while (h != start);
    return box;
}

GridBox extentOf(const Coverage& coverage) {
    GridBox box;
    for (Coverage::Slot slot = 0; slot < coverage.slotCount(); ++slot) box.add(coverage.gridAt(slot).box);
    return box;
}

struct Gap {
    Overlay overlay;
    Overlay::Face face;
};

/// Looks at ever wider surroundings until the gap is closed in and every zone that meets its box has been
/// seen.
Outcome<Gap> gapAround(const Coverage& coverage, GridPoint p) {
    constexpr std::int64_t firstReach = 1'000'000;  // 1 km
    const GridBox all = extentOf(coverage);
    GridBox box = GridBox::of(p, p).grownBy(firstReach);
    while (true) {
        Outcome<Overlay> overlay = Overlay::of(coverage, coverage.slotsNear(box), {});
        if (!overlay) return tl::unexpected(overlay.error());
        const Overlay::Face face = overlay->faceAt(p);
        if (overlay->labels()[face] != kUnzoned) return refusal(ErrorCode::BadArgument, "here is a zone", p);
        if (face != 0) {
            const GridBox gap = boxOfFace(overlay->faces(), face);
            if (box.contains(gap)) return Gap{std::move(*overlay), face};
            box.add(gap);
        } else if (box.contains(all)) {
            return refusal(ErrorCode::BadArgument, "the unzoned land here is not enclosed", p);
        } else {
            box = box.grownBy(box.maxX - box.minX);
        }
    }
}

/// The zone that shares the longest boundary with the face.
Label longestNeighbour(const Overlay& overlay, Overlay::Face face) {
    std::map<std::pair<Fid, Label>, double> shared;
    const Subdivision& faces = overlay.faces();
    for (const Overlay::HalfEdge start : faces.boundaries(face)) {
        Overlay::HalfEdge h = start;
        do {
            const Label beside = overlay.labels()[faces.faceOf(Subdivision::twin(h))];
            const GridPoint a = faces.from(h);
            const GridPoint b = faces.to(h);
            if (beside != kUnzoned) {
                shared[{overlay.network().coverage().fidAt(beside), beside}] +=
                    std::hypot(static_cast<double>(b.x - a.x), static_cast<double>(b.y - a.y));
            }
            h = faces.next(h);
        } while (h != start);
    }
    const auto longest = std::max_element(shared.begin(), shared.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
    return longest == shared.end() ? kUnzoned : longest->first.second;
}

}  // namespace

Outcome<Applied> tryOut(const Coverage& coverage, const FillGap& edit) {
    if (!isPosition(edit.inside)) return refusal(ErrorCode::BadArgument, "this is no position", edit.inside);
    const Outcome<Gap> gap = gapAround(coverage, toGrid(edit.inside));
    if (!gap) return tl::unexpected(gap.error());
    Label to = longestNeighbour(gap->overlay, gap->face);
    if (edit.to) {
        const Outcome<Label> named = labelOf(coverage, *edit.to);
        if (!named) return tl::unexpected(named.error());
        to = *named;
        if (!std::binary_search(gap->overlay.network().zones().begin(), gap->overlay.network().zones().end(),
                                to)) {
            return refusal(ErrorCode::BadArgument, "the zone does not touch the gap", edit.inside);
        }
    }
    Overlay::Relabelling wanted{gap->overlay.labels(), {}, true};
    wanted.labels[gap->face] = to;
    return gap->overlay.relabelled(wanted);
}

}  // namespace zonewright::coverage
