#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/network/cones.h"

namespace zonewright::network {

/// When a place is reached, and from which origin first.
struct PlaceArrival {
    Milliseconds time = kUnreachable;  ///< `kUnreachable` beyond the limit
    std::uint32_t origin = 0;          ///< of two with the same time the first; 0 when regions are not split
};

/// The places from which (or to which) the network leads within a limit, the walk off it included.
///
/// Definition: a place p is inside when some point q of a way with frontage has
/// time(q) <= limit and time(q) + |p - q| / walking speed <= limit.
class Isochrone {
public:
    Isochrone(std::vector<Cone> cones, const WalkOptions& options) : mCones(std::move(cones)), mOptions(options) {}

    [[nodiscard]] const WalkOptions& options() const { return mOptions; }

    /// The region as polygons.
    ///
    /// Guarantees: no point of it is farther than `tolerance` from a place that is inside; every vertex is inside, to
    /// 1 mm; valid (OGC), on the 1 mm grid; holes stay. What is narrower than half the tolerance may be missing.
    /// For a longer limit over the same search it contains that of a shorter one.
    /// Errors: BadArgument when the tolerance is below 10 mm or the region has more than 2^31 steps of it.
    [[nodiscard]] Result<MultiPolygon> polygons(Metres tolerance) const;

    /// The region split between the origins of the search, aligned with them: each part holds the places that its origin
    /// reaches first.
    ///
    /// Guarantees: those of `polygons` for each part, but that borders between parts lie within `tolerance` of the true
    /// ones; parts do not overlap, and together they are the region of `polygons` to 1 mm.
    /// Requires: cones of arrivals with `nearest`. Errors: those of `polygons`.
    [[nodiscard]] Result<std::vector<MultiPolygon>> polygonsByOrigin(Metres tolerance, std::size_t origins) const;

    /// Exact arrivals at places, aligned with them.
    [[nodiscard]] std::vector<PlaceArrival> arrivalsAt(std::span<const Point> places) const;
    /// Exact arrival times at places, aligned with them; `kUnreachable` beyond the limit.
    [[nodiscard]] std::vector<Milliseconds> timesAt(std::span<const Point> places) const;

private:
    std::vector<Cone> mCones;
    WalkOptions mOptions;
};

/// How well polygons stand for the definition they were made from.
struct Misclassification {
    std::size_t sampled = 0;
    std::size_t wronglyInside = 0;   ///< in the polygons, though not reached in time
    std::size_t wronglyOutside = 0;
    [[nodiscard]] double share() const { return sampled == 0 ? 0 : static_cast<double>(wronglyInside + wronglyOutside) / static_cast<double>(sampled); }
};
/// Draws places at random (seeded, so the same each time) in the polygons' surroundings and reckons the time to each
/// anew. With an origin the polygons are its part of a split region.
[[nodiscard]] Misclassification misclassification(const Isochrone& isochrone, const MultiPolygon& polygons, std::size_t sample, std::optional<std::uint32_t> origin = {});

/// Which of the places lie in the polygons (even-odd rule), aligned with the places.
[[nodiscard]] std::vector<std::uint8_t> insideOf(const MultiPolygon& polygons, std::span<const Point> places);

}  // namespace zonewright::network
