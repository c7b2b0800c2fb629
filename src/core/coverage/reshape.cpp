#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/coverage/operations.h"
#include "core/coverage/overlay.h"
#include "core/coverage/zone_lookup.h"

namespace zonewright::coverage {
namespace {

using Face = Overlay::Face;
using HalfEdge = Overlay::HalfEdge;

double lengthOf(const Subdivision& faces, HalfEdge h) {
    const GridPoint a = faces.from(h);
    const GridPoint b = faces.to(h);
    return std::hypot(static_cast<double>(b.x - a.x), static_cast<double>(b.y - a.y));
}

/// Zones around each boundary vertex that the line passes.
std::map<GridPoint, std::set<Label>> zonesAtVertices(const Overlay& overlay) {
    std::map<GridPoint, std::set<Label>> out;
    const Subdivision& faces = overlay.faces();
    std::set<GridPoint> onLine;
    for (const GridLine& line : overlay.lines()) onLine.insert(line.begin(), line.end());
    for (HalfEdge h = 0; h < faces.halfEdgeCount(); ++h) {
        if (overlay.isDrawn(h) || !onLine.contains(faces.from(h))) continue;
        for (const HalfEdge side : {h, Subdivision::twin(h)}) {
            const Label label = overlay.labels()[faces.faceOf(side)];
            if (label != kUnzoned) out[faces.from(h)].insert(label);
        }
    }
    return out;
}

/// The zone whose boundary the line starts and ends on; of several, the one in which the least of the line
/// runs.
Outcome<Label> zoneOfLine(const Overlay& overlay) {
    const GridLine& line = overlay.lines().front();
    const auto zonesAt = zonesAtVertices(overlay);
    const auto meets = [&](const GridPoint& p) { return zonesAt.contains(p); };
    const auto first = std::find_if(line.begin(), line.end(), meets);
    const auto last = std::find_if(line.rbegin(), line.rend(), meets);
    std::vector<Label> candidates;
    if (first != line.end()) {
        const std::set<Label>& start = zonesAt.at(*first);
        const std::set<Label>& end = zonesAt.at(*last);
        std::set_intersection(start.begin(), start.end(), end.begin(), end.end(),
                              std::back_inserter(candidates));
    }
    if (candidates.empty())
        return refusal(ErrorCode::BadArgument,
                       "the line does not start and end on the boundary of one zone; name the zone",
                       line.front());
    std::map<Label, double> inside;
    const Subdivision& faces = overlay.faces();
    for (HalfEdge h = 0; h < faces.halfEdgeCount(); h += 2) {
        if (overlay.isDrawn(h)) inside[overlay.labels()[faces.faceOf(h)]] += lengthOf(faces, h);
    }
    const Coverage& coverage = overlay.network().coverage();
    return *std::min_element(candidates.begin(), candidates.end(), [&](Label a, Label b) {
        return std::pair(inside[a], coverage.fidAt(a)) < std::pair(inside[b], coverage.fidAt(b));
    });
}

class Reshaping {
public:
    Reshaping(const Overlay& overlay, Label zone)
        : mOverlay(overlay), mZone(zone), mWanted{overlay.labels(), {}, false} {}

    Overlay::Relabelling relabelling() {
        takeEnclosed();
        giveCutOff();
        return mWanted;
    }

private:
    [[nodiscard]] Label labelOf(Face f) const { return mOverlay.labels()[f]; }
    [[nodiscard]] Face faceOf(HalfEdge h) const { return mOverlay.faces().faceOf(h); }
    [[nodiscard]] bool bordersZone(HalfEdge h) const {
        return (labelOf(faceOf(h)) == mZone) != (labelOf(faceOf(Subdivision::twin(h))) == mZone);
    }

    /// For the groups of `group` beside drawn lines that `side` accepts: all but the largest of each whole,
    /// where `whole` names what a group was part of before the line was drawn.
    template <typename Side>
    std::set<Face> cutOff(const std::vector<Face>& group, const std::vector<Face>& whole, Side&& side) const {
        const Subdivision& faces = mOverlay.faces();
        std::map<Face, Wide> area;
        for (Face f = 0; f < group.size(); ++f) area[group[f]] += faces.twiceArea(f);
        std::map<Face, std::set<Face>> pieces;
        for (HalfEdge h = 0; h < faces.halfEdgeCount(); ++h) {
            if (!mOverlay.isUnderLine(h) || !side(faceOf(h))) continue;
            pieces[whole[faceOf(h)]].insert(group[faceOf(h)]);
        }
        std::set<Face> out;
        for (const auto& [name, parts] : pieces) {
            Face body = *parts.begin();
            for (const Face part : parts) {
                if (part == group[0]) body = part;  // the unbounded side is larger than any
                if (body != group[0] && area[part] > area[body]) body = part;
            }
            for (const Face part : parts) {
                if (part != body) out.insert(part);
            }
        }
        return out;
    }

    /// Land outside the zone that the line encloses with the zone's boundary, whoever has it.
    void takeEnclosed() {
        const auto group =
            mOverlay.grouped([&](HalfEdge h) { return !mOverlay.isUnderLine(h) && !bordersZone(h); });
        const auto whole = mOverlay.grouped([&](HalfEdge h) { return !bordersZone(h); });
        const std::set<Face> enclosed = cutOff(group, whole, [&](Face f) { return labelOf(f) != mZone; });
        const Options& options = mOverlay.network().coverage().options();
        const bool takesUnzoned = options.kind == Kind::Disjoint || options.outerMayMove;
        for (Face f = 1; f < group.size(); ++f) {
            if (!enclosed.contains(group[f]) || (labelOf(f) == kUnzoned && !takesUnzoned)) continue;
            mWanted.labels[f] = mZone;
        }
    }

    void giveCutOff() {
        const auto group = mOverlay.grouped([](HalfEdge) { return false; });
        const auto whole = mOverlay.grouped([&](HalfEdge h) { return mOverlay.isDrawn(h); });
        for (const Face f : cutOff(group, whole, [&](Face face) { return labelOf(face) == mZone; }))
            mWanted.labels[f] = neighbourOf(f);
    }

    /// The zone with the longest old boundary along the face; unzoned land if it has no other neighbour.
    Label neighbourOf(Face face) const {
        const Subdivision& faces = mOverlay.faces();
        const Coverage& coverage = mOverlay.network().coverage();
        std::map<Label, double> shared;
        for (const HalfEdge start : faces.boundaries(face)) {
            HalfEdge h = start;
            do {
                const Label beside = labelOf(faceOf(Subdivision::twin(h)));
                if (beside != mZone && (beside != kUnzoned || coverage.options().kind == Kind::Disjoint))
                    shared[beside] += lengthOf(faces, h);
                h = faces.next(h);
            } while (h != start);
        }
        const auto longest =
            std::max_element(shared.begin(), shared.end(), [&](const auto& a, const auto& b) {
                return a.second != b.second ? a.second < b.second : rank(a.first) > rank(b.first);
            });
        return longest == shared.end() ? kUnzoned : longest->first;
    }

    /// Lower numbers first, unzoned land last.
    [[nodiscard]] std::pair<bool, Fid> rank(Label label) const {
        return label == kUnzoned ? std::pair(true, Fid{0})
                                 : std::pair(false, mOverlay.network().coverage().fidAt(label));
    }

    const Overlay& mOverlay;
    Label mZone;
    Overlay::Relabelling mWanted;
};

Outcome<Label> zoneFor(const Coverage& coverage, const Reshape& edit, const GridLine& line) {
    if (edit.zone) return labelOf(coverage, *edit.zone);
    const Outcome<Overlay> overlay =
        Overlay::of(coverage, coverage.slotsNear(boxOfLines({line}).grownBy(1)), {line});
    if (!overlay) return tl::unexpected(overlay.error());
    return zoneOfLine(*overlay);
}

}  // namespace

Outcome<Applied> tryOut(const Coverage& coverage, const Reshape& edit) {
    const Outcome<GridLine> line = gridLine(edit.line);
    if (!line) return tl::unexpected(line.error());
    const Outcome<Label> zone = zoneFor(coverage, edit, *line);
    if (!zone) return tl::unexpected(zone.error());
    GridBox box = boxOfLines({*line}).grownBy(1);
    box.add(coverage.gridAt(*zone).box);
    const Outcome<Overlay> overlay = Overlay::of(coverage, coverage.slotsNear(box), {*line});
    if (!overlay) return tl::unexpected(overlay.error());
    const Overlay::Relabelling wanted = Reshaping(*overlay, *zone).relabelling();
    if (wanted.labels == overlay->labels()) {
        return refusal(ErrorCode::BadArgument,
                       "the line encloses no land with the zone's boundary inside the outer boundary",
                       line->front());
    }
    return overlay->relabelled(wanted);
}

}  // namespace zonewright::coverage
