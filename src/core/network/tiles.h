#pragma once

#include <span>
#include <vector>

#include "core/network/cones.h"

namespace zonewright::network {

/// Room for rounding, in metres, in the tests that discard cones or cells.
inline constexpr double kHair = 0.002;

/// A box round all that a cone covers, with room for what lies just on its edge: a tile beside it shares those points.
[[nodiscard]] inline Box boxOf(const Cone& c) {
    Box box;
    box.add(c.start);
    box.add(Point{c.start.x + c.along.x * c.length, c.start.y + c.along.y * c.length});
    return box.grownBy(c.reach + kHair);
}

/// Squares that cover the region of cones, each with the cones that matter there.
struct Tiles {
    std::int64_t firstColumn = 0;  ///< in tiles
    std::int64_t firstRow = 0;
    std::int64_t columns = 0;
    std::int64_t rows = 0;
    std::vector<std::uint32_t> first;  ///< of a tile's cones in `cones`
    std::vector<std::uint32_t> cones;  ///< tile by tile

    [[nodiscard]] std::span<const std::uint32_t> conesOf(std::size_t tile) const { return std::span(cones).subspan(first[tile], first[tile + 1] - first[tile]); }
};

/// How much walk is left at least at the middles of tiles, as far as that is known without cones. Empty: nothing is.
struct LeastLeft {
    std::int64_t firstColumn = 0;  ///< in tiles
    std::int64_t firstRow = 0;
    std::int64_t columns = 0;
    std::int64_t rows = 0;
    std::vector<double> metres;  ///< row by row
};

/// A tile with as much walk left at its middle is filled: no place of it is outside.
[[nodiscard]] inline double filledFrom(double side) { return side * M_SQRT1_2 + kHair; }

enum class TileUse : std::uint8_t {
    Boundary,  ///< tiles that one cone fills get no cones: no boundary runs there
    Owners,    ///< every tile gets the cones that may be the best somewhere in it
};

/// Requires: cones; `known` of tiles of the same side.
[[nodiscard]] Tiles tilesOf(std::span<const Cone> cones, double side, TileUse use, const LeastLeft& known = {});

}  // namespace zonewright::network
