#pragma once

#include <cstdint>

#include "core/geometry/types.h"

namespace zonewright {

/// A position in whole millimetres of the plan's CRS; all topology is decided on these integers.
/// Holds every projected coordinate below 4.5e12 m; products of differences below 2^62 need |d| < 2^31 mm (2147 km),
/// larger ones go through __int128.
struct GridPoint {
    std::int64_t x = 0;
    std::int64_t y = 0;
    auto operator<=>(const GridPoint&) const = default;
};

inline constexpr double kGridPerMetre = 1000.0;

[[nodiscard]] GridPoint toGrid(Point p);
/// The double nearest to the grid position; `toGrid(toPoint(g)) == g` always.
[[nodiscard]] Point toPoint(GridPoint p);
[[nodiscard]] Point snapped(Point p);
[[nodiscard]] bool isOnGrid(Point p);

/// The geometry with every vertex on the 1 mm grid and repeated vertices removed. Rings that fall below three distinct
/// vertices and lines that fall to a point vanish.
[[nodiscard]] Geometry snapped(Geometry geometry);

/// Twice the signed area in mm2 (counter-clockwise positive), exact.
[[nodiscard]] __int128 twiceAreaOnGrid(const std::vector<GridPoint>& ring);

/// Sign of the turn a -> b -> c: +1 left, -1 right, 0 straight. Exact.
[[nodiscard]] int orientation(GridPoint a, GridPoint b, GridPoint c);

}  // namespace zonewright

template <>
struct std::hash<zonewright::GridPoint> {
    std::size_t operator()(const zonewright::GridPoint& p) const noexcept {
        auto h = static_cast<std::uint64_t>(p.x) * 0x9E3779B97F4A7C15ULL;
        h ^= (h >> 29);
        h += static_cast<std::uint64_t>(p.y);
        h *= 0xBF58476D1CE4E5B9ULL;
        return static_cast<std::size_t>(h ^ (h >> 32));
    }
};
