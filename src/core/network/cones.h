#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "core/network/arrivals.h"

namespace zonewright::network {

/// Where a walk off one straight piece of way may lead: from each of its points as far as the time left allows. What is
/// left shrinks evenly along the piece, so the region is the hull of two discs, or one disc.
///
/// Units: metres in the network's CRS.
struct Cone {
    Point start;
    Point along;           ///< unit vector of travel
    double length = 0;
    double reach = 0;      ///< metres of walk left at `start`
    double loss = 0;       ///< metres of walk lost a metre of way; below 1
    double lean = 0;       ///< loss / sqrt(1 - loss^2): how far before a place's foot its best exit lies
    std::uint32_t origin = 0;  ///< position in `Arrivals::origins`, where regions are split between them

    /// Metres of walk left at a place, over the best exit from this piece; below 0 outside the region, and then minus
    /// the distance to it. Concave, and changes by at most the distance gone.
    [[nodiscard]] double leftAt(Point p) const {
        const double dx = p.x - start.x;
        const double dy = p.y - start.y;
        const double ahead = dx * along.x + dy * along.y;
        const double aside = std::abs(dx * along.y - dy * along.x);
        const double exit = std::clamp(ahead - lean * aside, 0.0, length);
        const double rest = ahead - exit;
        return reach - loss * exit - std::sqrt(rest * rest + aside * aside);
    }
};

struct WalkOptions {
    KilometresPerHour speed = kWalkingSpeed;
    Milliseconds limit;
};

/// The cones of everything reached within the limit on edges with frontage.
[[nodiscard]] std::vector<Cone> conesOf(const Network& network, const Scenario& scenario, const Arrivals& arrivals, const WalkOptions& options);
/// Those of stretches, where they have frontage.
[[nodiscard]] std::vector<Cone> conesOf(const Network& network, std::span<const Stretch> stretches, const WalkOptions& options);

}  // namespace zonewright::network
