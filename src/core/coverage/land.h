#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/coverage/network.h"
#include "core/coverage/subdivision.h"
#include "core/geometry/types.h"

namespace zonewright::coverage {

/// A finer grid with its origin near the data, on which crossings keep their place to 1/1024 mm.
struct FineGrid {
    GridPoint origin;
    std::int64_t scale = 1;

    /// The finest grid on which predicates stay exact over `extent`.
    [[nodiscard]] static FineGrid over(const GridBox& extent);
    [[nodiscard]] GridPoint operator()(GridPoint p) const {
        return {(p.x - origin.x) * scale, (p.y - origin.y) * scale};
    }
    [[nodiscard]] Point toPoint(GridPoint p) const;
    [[nodiscard]] double squareMetres(Wide twiceArea) const;
};

/// The faces between directed boundary edges, with how many zones cover each.
///
/// An edge and its opposite cancel, so only boundary that is not shared is looked at; the winding number of
/// what is left is, at any place, the number of zones there, as long as each zone by itself is valid.
class Land {
public:
    using Face = Subdivision::Face;

    /// `parent` edges count apart from the zones'.
    Land(std::vector<ZoneEdge> zones, std::vector<ZoneEdge> parent);

    [[nodiscard]] const Subdivision& faces() const { return *mFaces; }
    [[nodiscard]] const FineGrid& grid() const { return mGrid; }
    [[nodiscard]] int zonesOn(Face face) const { return mZonesOn[face]; }
    [[nodiscard]] bool isInParent(Face face) const { return mParentsOn[face] > 0; }
    /// Zones whose boundary runs along the face: those that cover it there and those that end there.
    struct Beside {
        std::vector<Label> covering;
        std::vector<Label> ending;
    };
    [[nodiscard]] Beside beside(Face face) const;
    [[nodiscard]] MultiPolygon polygonOf(Face face) const;
    /// Places well beside the longest pieces of the face's boundary, inside it; in quarters of the fine
    /// grid's unit.
    [[nodiscard]] std::vector<GridPoint> quartersInside(Face face) const;

private:
    struct Piece {
        GridPoint a;
        GridPoint b;
        int zones = 0;  ///< boundaries with their zone left of a -> b minus those with it right
        int parents = 0;
        std::uint32_t firstUse = 0;
        std::uint32_t useCount = 0;
    };
    struct Use {
        Label zone;
        bool forward;
    };

    void collect(std::vector<ZoneEdge> zones, std::vector<ZoneEdge> parent);
    void countCover();

    FineGrid mGrid;
    std::vector<Piece> mPieces;
    std::vector<Use> mUses;
    std::optional<Subdivision> mFaces;
    std::vector<int> mZonesOn;
    std::vector<int> mParentsOn;
};

}  // namespace zonewright::coverage
