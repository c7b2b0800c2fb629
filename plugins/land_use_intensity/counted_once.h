#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/polygons.h"
#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/base/progress.h"
#include "core/base/units.h"

namespace zonewright::intensity {

enum class FaultKind {
    Unreadable,     ///< row without a usable polygon; left out
    Invalid,        ///< repaired
    Unrepairable,   ///< nothing polygonal is left after repair; left out
    Overlap,        ///< the ground shared with an earlier polygon was taken from this one
    Duplicate,      ///< equal to an earlier polygon, or wholly under earlier ones; left out
    ZoneOverlap,    ///< two zones share ground: each counts it
    UnknownCode,    ///< land-use code that the classification does not have
    NegativeValue,  ///< floor area, footprint ... below zero; counted as zero
    NotANumber,     ///< text where a number belongs; counted as missing
    AreaDiffers,    ///< the stated area is not that of the geometry; the geometry counts
};
[[nodiscard]] std::string_view nameOf(FaultKind kind);
[[nodiscard]] Localized titleOf(FaultKind kind);

/// Something wrong with one row, with its place where it has one.
struct Fault {
    FaultKind kind{};
    std::string layer;
    std::int64_t fid = 0;
    std::int64_t other = -1;  ///< fid of the row it is at odds with; -1 for none
    double area = 0;          ///< m2 concerned
    std::string detail;
    MultiPolygon place;
};

/// What to do about ground under two polygons.
enum class OverlapRule { Once, Keep };

/// Repairs invalid polygons in place and adds a fault for each. Rows without a usable polygon get an empty
/// geometry.
void makeValid(analysis::PolygonTable& table, const std::string& layer, std::vector<Fault>& faults);

/// Makes every polygon valid and, by `rule`, gives shared ground to the first polygon in order of fid, so
/// that the land is counted once. Rows that are left without ground keep their place with an empty geometry.
///
/// Errors: Cancelled. Returns: the faults, in order of kind and row.
[[nodiscard]] Result<std::vector<Fault>> countOnce(analysis::PolygonTable& table, const std::string& layer,
                                                   OverlapRule rule, Progress& progress);

/// Overlaps below this are no faults: coordinates are kept to 1 mm, so neighbours that do not share vertices
/// overlap or gape by slivers.
inline constexpr SquareMetres kOverlapTolerance{0.01};

}  // namespace zonewright::intensity
