#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/polygons.h"
#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/base/units.h"

namespace zonewright::intensity {

/// The part of one polygon that lies in one zone.
struct Share {
    std::uint32_t parcel = 0;
    std::uint32_t zone = 0;
    double area = 0;  ///< m2, planar
};

struct Apportioning {
    std::vector<Share> shares;       ///< by parcel, then zone; shares below 1e-6 m2 are left out
    std::vector<double> parcelArea;  ///< m2 of each parcel
    std::size_t inCells = 0;         ///< parcels that met no cell with a zone edge
    std::size_t whole = 0;           ///< others that no zone boundary cuts
    std::size_t cut = 0;             ///< cut by a zone boundary
    bool zonesOverlap = false;       ///< some ground was given to more than one zone
};

/// The area of every parcel in every zone.
///
/// Exact topology, double areas: only parcels that a zone boundary crosses are cut, and for them no overlay
/// geometry is built; by Green's theorem the area of the common part is the sum over the pieces of the
/// parcel's edges inside the zone and the pieces of the zone's edges inside the parcel. Zones may be anything
/// valid: a coverage, overlapping, with gaps.
///
/// Requires: valid polygons, in one CRS in metres. Errors: Cancelled.
/// Guarantees: the result does not depend on the number of threads.
[[nodiscard]] Result<Apportioning> apportion(const analysis::PolygonSet& parcels,
                                             const analysis::PolygonSet& zones, Progress& progress);

}  // namespace zonewright::intensity
