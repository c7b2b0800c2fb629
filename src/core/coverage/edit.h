#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/base/units.h"
#include "core/coverage/coverage.h"
#include "core/coverage/outcome.h"
#include "core/geometry/types.h"

/// Edits of a coverage as values. Positions are in the plan's CRS in metres and are taken at their nearest
/// grid point (1 mm); where a drawn line meets a boundary between grid points, the meeting point goes to the
/// nearest one and becomes a vertex of all zones there.
///
/// Of all edits, errors: WouldCross, WouldLeaveGap, WouldOverlap, WouldCollapse with the place; BadGeometry
/// when the zones around the edit already overlap there; BadArgument when there is nothing at the position or
/// nothing would change; UnknownFeature for a zone that the coverage does not hold. A partition's outer
/// boundary stays unless `Options::outerMayMove`. Whatever is refused leaves the coverage as it was.
namespace zonewright::coverage {

using Degrees = Quantity<struct DegreeUnit>;

/// Moves the vertex at `from`; every zone that uses it follows. Onto another vertex of the same boundary, the
/// two become one. A refusal carries the farthest legal position on the way.
struct MoveVertex {
    Point from;
    Point to;
};

/// Moves the boundary edge between the adjacent vertices `a` and `b`, `a` to `aTo` and `b` by the same
/// distance.
struct MoveEdge {
    Point a;
    Point b;
    Point aTo;
};

/// Puts a vertex into the boundary edge that passes nearest to `at`, at most 1 mm away.
struct InsertVertex {
    Point at;
};

/// Takes out a vertex at which exactly two boundary edges meet.
struct DeleteVertex {
    Point at;
};

/// Redraws the boundary of one zone along `line`: where the line runs outside the zone, the zone takes the
/// land between its old boundary and the line, from however many neighbours; where it runs inside, the
/// smaller piece cut off goes to the neighbour with which that piece shares the longest boundary. The zone is
/// `zone`; if none is named, the one whose boundary the line starts and ends on (of two, the one in which
/// less of the line runs, then the lower number).
struct Reshape {
    LineString line;
    std::optional<Fid> zone;
};

/// Cuts a zone along `line`. Every piece cut off becomes a zone; the largest keeps the number, with the parts
/// that the line does not cut.
struct SplitByLine {
    Fid zone{};
    LineString line;
};

/// Cuts a zone by parallel straight lines into pieces of the given planar areas, each within 1 m2, and one
/// more piece of what is left. The pieces follow one another towards `bearing` (clockwise from grid north);
/// the first keeps the number.
struct SplitByAreas {
    Fid zone{};
    std::vector<SquareMetres> areas;
    Degrees bearing;
};

/// Makes one zone of several; `keep` is one of them and keeps its number.
struct Merge {
    std::vector<Fid> zones;
    Fid keep{};
};

/// Gives the part of `from` that lies within `area` to `to`.
struct Transfer {
    Fid from{};
    Fid to{};
    MultiPolygon area;
};

/// Gives the whole part (polygon) of a multi-part zone around `inside` to `to`.
struct TransferPart {
    Point inside;
    Fid to{};
};

/// Makes a zone of `area`, taken from the zones that lie there. Unzoned land within it is taken in a disjoint
/// coverage; in a partition the outer boundary stays and cuts the new zone off.
struct NewZone {
    MultiPolygon area;
};

/// Gives the enclosed unzoned land around `inside` to `to` or, if none is named, to the zone that shares the
/// longest boundary with it (then the lowest number).
struct FillGap {
    Point inside;
    std::optional<Fid> to;
};

/// Takes a zone out and leaves its land unzoned (disjoint coverages).
struct RemoveZone {
    Fid zone{};
};

/// Puts geometries in place of others: the inverse of every edit. Takes no part in closure checks, since it
/// restores what was checked; refused (BadArgument) when a zone is no longer as `before`.
struct Replace {
    std::vector<ZoneChange> zones;
};

using Edit = std::variant<MoveVertex, MoveEdge, InsertVertex, DeleteVertex, Reshape, SplitByLine,
                          SplitByAreas, Merge, Transfer, TransferPart, NewZone, FillGap, RemoveZone, Replace>;

/// Planar area in the plan's CRS that one zone won and lost.
struct AreaChange {
    Fid zone{};
    SquareMetres gained;
    SquareMetres lost;
};

/// Planar area that changed hands; no zone on one side means unzoned land.
struct Flow {
    std::optional<Fid> from;
    std::optional<Fid> to;
    SquareMetres area;
};

/// What an edit did, or would do.
struct Applied {
    std::vector<ZoneChange> changes;  ///< by ascending number; only zones whose geometry differs
    std::vector<AreaChange> areas;    ///< aligned with `changes`; gained - lost is exact
    std::vector<Flow> flows;          ///< by from and to
    /// Where a line ends on the outer boundary, the edge there gets a vertex, up to 1 mm off the old edge.
    /// Each entry is the new course of one such edge, which the parent and linked coverages follow with
    /// `followCourse`.
    std::vector<LineString> outerCourses;

    /// The edit that restores the identical bytes of every zone.
    [[nodiscard]] Edit inverse() const;
};

/// What `edit` would do; the coverage stays as it is.
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const Edit& edit);

/// Makes a boundary that runs straight between the ends of `course` run along it instead
/// (`Applied::outerCourses`). Vertices exactly on the straight way go, those of `course` come in; the
/// boundary moves by 1 mm at most. Errors:  BadArgument if no boundary runs there or another ends between;
/// those of InsertVertex. Returns: no changes if the boundary runs there already.
[[nodiscard]] Outcome<Applied> followCourse(Coverage& coverage, const LineString& course);

/// Applies `edit` whole or not at all.
[[nodiscard]] Outcome<Applied> apply(Coverage& coverage, const Edit& edit);

}  // namespace zonewright::coverage
