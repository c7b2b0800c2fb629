#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "core/geometry/grid.h"

/// Predicates on the 1 mm grid. All are exact while coordinates stay below `kLargestCoordinate`.
namespace zonewright::coverage {

__extension__ typedef __int128 Wide;

/// 2^40 mm (1.1 million km): differences fit 41 bits, a cross product times a difference fits 127.
inline constexpr std::int64_t kLargestCoordinate = std::int64_t{1} << 40;

/// Twice the signed area of the triangle o, a, b: positive when b lies left of o -> a.
[[nodiscard]] inline Wide cross(GridPoint o, GridPoint a, GridPoint b) {
    return static_cast<Wide>(a.x - o.x) * (b.y - o.y) - static_cast<Wide>(a.y - o.y) * (b.x - o.x);
}

/// +1 left turn, -1 right turn, 0 straight.
[[nodiscard]] inline int turn(GridPoint a, GridPoint b, GridPoint c) {
    const Wide area = cross(a, b, c);
    return static_cast<int>(area > 0) - static_cast<int>(area < 0);
}

/// The cross product of the two position vectors, taken from `origin`.
[[nodiscard]] inline Wide edgeArea(GridPoint a, GridPoint b, GridPoint origin) {
    return cross(origin, a, b);
}

struct GridBox {
    std::int64_t minX = std::numeric_limits<std::int64_t>::max();
    std::int64_t minY = std::numeric_limits<std::int64_t>::max();
    std::int64_t maxX = std::numeric_limits<std::int64_t>::min();
    std::int64_t maxY = std::numeric_limits<std::int64_t>::min();

    [[nodiscard]] static GridBox of(GridPoint a, GridPoint b) {
        return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
    }
    [[nodiscard]] bool empty() const { return minX > maxX; }
    [[nodiscard]] bool intersects(const GridBox& o) const {
        return minX <= o.maxX && o.minX <= maxX && minY <= o.maxY && o.minY <= maxY;
    }
    [[nodiscard]] bool contains(GridPoint p) const {
        return minX <= p.x && p.x <= maxX && minY <= p.y && p.y <= maxY;
    }
    [[nodiscard]] bool contains(const GridBox& o) const {
        return minX <= o.minX && minY <= o.minY && maxX >= o.maxX && maxY >= o.maxY;
    }
    void add(GridPoint p) {
        minX = std::min(minX, p.x);
        minY = std::min(minY, p.y);
        maxX = std::max(maxX, p.x);
        maxY = std::max(maxY, p.y);
    }
    void add(const GridBox& o) {
        minX = std::min(minX, o.minX);
        minY = std::min(minY, o.minY);
        maxX = std::max(maxX, o.maxX);
        maxY = std::max(maxY, o.maxY);
    }
    [[nodiscard]] GridBox grownBy(std::int64_t d) const {
        return empty() ? *this : GridBox{minX - d, minY - d, maxX + d, maxY + d};
    }
};

/// True when p lies on the segment and is neither of its ends.
[[nodiscard]] bool liesInside(GridPoint p, GridPoint a, GridPoint b);

/// How two segments of positive length meet.
enum class Meeting {
    Apart,
    AtEnds,    ///< they share one end and nothing else
    Same,      ///< the same segment
    Touching,  ///< an end of one lies inside the other, or they overlap along a line
    Crossing,  ///< their interiors cross in one point
};
[[nodiscard]] Meeting meeting(GridPoint a, GridPoint b, GridPoint c, GridPoint d);

/// The grid point nearest to the crossing of two segments. Requires: meeting(a, b, c, d) == Crossing.
[[nodiscard]] GridPoint crossingPoint(GridPoint a, GridPoint b, GridPoint c, GridPoint d);

/// True when p is at most `reach` mm from the segment.
[[nodiscard]] bool within(GridPoint p, GridPoint a, GridPoint b, std::int64_t reach);

/// Orders directions from `centre` counter-clockwise, starting due east (0 <= angle < 360 degrees).
/// Requires: neither point is the centre.
[[nodiscard]] bool comesBefore(GridPoint centre, GridPoint a, GridPoint b);

/// Signed crossings of the directed segment a -> b with the ray from p towards +x: +1 upwards, -1 downwards;
/// summed over a closed chain that does not pass through p this is the chain's winding number about p.
[[nodiscard]] inline int rayCrossing(GridPoint p, GridPoint a, GridPoint b) {
    if ((a.y <= p.y) == (b.y <= p.y)) return 0;
    const bool up = a.y <= p.y;
    const int side = turn(a, b, p);
    if (up && side > 0) return 1;
    if (!up && side < 0) return -1;
    return 0;
}

}  // namespace zonewright::coverage
