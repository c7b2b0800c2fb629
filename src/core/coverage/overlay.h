#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/coverage/edit.h"
#include "core/coverage/network.h"
#include "core/coverage/subdivision.h"

namespace zonewright::coverage {

using GridLine = std::vector<GridPoint>;

/// The positions on the grid, repeats left out. Errors: BadArgument for coordinates that are no positions.
[[nodiscard]] Outcome<GridLine> gridLine(const LineString& line);
/// The rings as closed lines, shells counter-clockwise and holes clockwise. Errors: those of gridLine;
/// BadArgument when no area is left.
[[nodiscard]] Outcome<std::vector<GridLine>> gridOutlines(const MultiPolygon& area);
[[nodiscard]] GridBox boxOfLines(const std::vector<GridLine>& lines);

/// The zones of a network with drawn lines laid over them: faces that each lie in one zone (or in none) and
/// between drawn lines. An operation decides which zone each face is to belong to; `relabelled` does the
/// rest.
///
/// A line vertex within 1 mm of a boundary vertex becomes that vertex; within 1 mm of a boundary edge, the
/// edge is bent through it. Ends of lines that lead nowhere are dropped.
class Overlay {
public:
    using Face = Subdivision::Face;
    using HalfEdge = Subdivision::HalfEdge;

    /// `slots` ascending: every zone that the lines meet and every zone whose land may change hands.
    /// Errors: BadGeometry where zones already overlap; WouldCross if crossings are too close for the grid.
    [[nodiscard]] static Outcome<Overlay> of(const Coverage& coverage, std::vector<Label> slots,
                                             const std::vector<GridLine>& lines);

    [[nodiscard]] const Network& network() const { return *mNetwork; }
    [[nodiscard]] const Subdivision& faces() const { return *mFaces; }
    /// The zone that each face lies in now.
    [[nodiscard]] const std::vector<Label>& labels() const { return mLabels; }
    /// True for a piece of a drawn line that is no boundary yet.
    [[nodiscard]] bool isDrawn(HalfEdge h) const { return h / 2 >= mBoundary.size(); }
    /// True when a drawn line runs along the edge, be it boundary already or not.
    [[nodiscard]] bool isUnderLine(HalfEdge h) const { return mLinePasses[h / 2] != 0; }
    /// How often the drawn lines go around each face, counter-clockwise positive; for closed lines.
    [[nodiscard]] std::vector<int> windings() const;
    /// The face around a place.
    [[nodiscard]] Face faceAt(GridPoint p) const { return mFaces->faceAt(p); }
    /// Groups faces that touch along edges for which `joined(h)` holds: the lowest face of each face's group.
    template <typename Joined>
    [[nodiscard]] std::vector<Face> grouped(Joined&& joined) const;
    /// The drawn lines as noded, vertex by vertex.
    [[nodiscard]] const std::vector<GridLine>& lines() const { return mLines; }

    struct Relabelling {
        std::vector<Label> labels;     ///< by face; slotCount() + k stands for the k-th new zone
        std::vector<Label> mayVanish;  ///< zones that may lose all their land
        bool closesGaps = false;       ///< unzoned faces may be taken in a partition as well
    };
    /// Errors: WouldLeaveGap or WouldOverlap if a partition's outer boundary would move; WouldCollapse if a
    /// zone would lose all its land; BadArgument if nothing changes.
    [[nodiscard]] Outcome<Applied> relabelled(const Relabelling& wanted) const;

private:
    Overlay() = default;
    [[nodiscard]] Outcome<void> draw(const std::vector<GridLine>& lines);
    void pruneDangles(std::vector<NetworkEdge>& drawn) const;
    [[nodiscard]] Outcome<void> labelFaces();
    [[nodiscard]] Outcome<void> checkOuter(const Relabelling& wanted) const;
    [[nodiscard]] std::vector<NetworkEdge> newEdges(const std::vector<Label>& labels) const;
    [[nodiscard]] std::vector<NetworkEdge> straightened(std::vector<NetworkEdge> edges) const;

    std::unique_ptr<Network> mNetwork;
    std::vector<NetworkEdge> mBoundary;            ///< noded; the first edges of mFaces
    std::vector<std::vector<GridPoint>> mCourses;  ///< of the network's edges, those that got vertices
    std::vector<int> mLinePasses;                  ///< of each edge: lines along it, and
    std::vector<int> mLineTurns;                   ///< passes from a to b minus passes from b to a
    std::unique_ptr<Subdivision> mFaces;
    std::vector<Label> mLabels;
    std::vector<GridLine> mLines;
};

template <typename Joined>
std::vector<Overlay::Face> Overlay::grouped(Joined&& joined) const {
    std::vector<Face> group(mFaces->faceCount());
    for (Face f = 0; f < group.size(); ++f) group[f] = f;
    const auto root = [&](Face f) {
        while (group[f] != f) f = group[f] = group[group[f]];
        return f;
    };
    for (HalfEdge h = 0; h < mFaces->halfEdgeCount(); h += 2) {
        if (!joined(h)) continue;
        const Face a = root(mFaces->faceOf(h));
        const Face b = root(mFaces->faceOf(h + 1));
        group[std::max(a, b)] = std::min(a, b);
    }
    for (Face f = 0; f < group.size(); ++f) group[f] = root(f);
    return group;
}

}  // namespace zonewright::coverage
