#pragma once

#include <cmath>
#include <random>

#include "core/geometry/types.h"

namespace zonewright::test {

/// A star of `corners` around a centre, with a hole in the middle of every second one.
inline MultiPolygon star(std::mt19937& random, Point centre, double size, int corners) {
    std::uniform_real_distribution<double> radius(0.4 * size, size);
    Ring ring, hole;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * M_PI * i / corners;
        const double r = radius(random);
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
        hole.push_back({centre.x + 0.2 * size * std::cos(-angle), centre.y + 0.2 * size * std::sin(-angle)});
    }
    ring.push_back(ring.front());
    hole.push_back(hole.front());
    if (corners % 2 == 0) return {{Polygon{{ring, hole}}}};
    return {{Polygon{{ring}}}};
}

}  // namespace zonewright::test
