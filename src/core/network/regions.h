#pragma once

#include <span>
#include <vector>

#include "core/network/tiles.h"

namespace zonewright::network {

/// The lattice that a region is traced on: its cells and the tiles that hold 2^level of them in each direction.
struct RegionLattice {
    std::int64_t step = 0;  ///< millimetres
    int level = 0;

    [[nodiscard]] double tileSide() const { return static_cast<double>(step << level) / 1000; }
};
/// Errors: BadArgument below 10 mm.
[[nodiscard]] Result<RegionLattice> latticeFor(Metres tolerance);

/// Whether a lattice can number the cells of a box, in memory that is there. Errors: BadArgument.
[[nodiscard]] Result<void> fits(const RegionLattice& lattice, Metres tolerance, const Box& box);

/// The regions of cones, one an origin; see `Isochrone::polygons` and `polygonsByOrigin`. With one origin, cones that only
/// reach over tiles known to be filled may be missing. Errors: those of both.
[[nodiscard]] Result<std::vector<MultiPolygon>> regionsOf(std::span<const Cone> cones, Metres tolerance, std::size_t origins, const LeastLeft& known = {});

}  // namespace zonewright::network
