#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/network/places.h"
#include "core/network/sweep.h"

namespace zonewright::network {

/// For each of many places the nodes it is joined to, with the time between, over the nearest way with frontage; empty
/// where none is near. Two places on one edge are joined over its ends.
using Joints = std::vector<std::vector<Seed>>;
[[nodiscard]] Joints joined(const Network& network, const PlaceIndex& index, std::span<const Point> places, const OriginOptions& options);

/// The least time over a place's joints; `timeTo(NodeId)` gives that at a node.
template <typename TimeTo>
[[nodiscard]] Milliseconds timeOver(std::span<const Seed> joints, const TimeTo& timeTo) {
    Milliseconds best = kUnreachable;
    for (const Seed& joint : joints) best = std::min(best, timeTo(joint.node) + joint.time);
    return best;
}

/// Places with what is there: people, school places, beds.
struct Opportunities {
    Joints joints;
    std::vector<double> amounts;  ///< aligned with `joints`
};

/// Times from every origin to every destination.
struct TimeTable {
    std::size_t destinations = 0;
    std::vector<Milliseconds> times;  ///< row by row, a row an origin
    [[nodiscard]] Milliseconds at(std::size_t origin, std::size_t destination) const { return times[origin * destinations + destination]; }
};
/// Requires: origins joined with `Sense::From`, destinations with `Sense::To`. Errors: Cancelled.
[[nodiscard]] Result<TimeTable> timeTable(const Hierarchy& hierarchy, const Joints& origins, const Joints& destinations, Progress& progress);

/// Cumulative opportunities: what lies within each limit of each origin, limit by limit for the first origin, then for
/// the next. Requires: origins joined with `Sense::From`, opportunities with `Sense::To`. Errors: Cancelled.
struct CumulativeRequest {
    const Joints& origins;
    const Opportunities& opportunities;
    std::span<const Milliseconds> limits;
};
[[nodiscard]] Result<std::vector<double>> cumulative(const Hierarchy& hierarchy, const CumulativeRequest& request, Progress& progress);

/// The time from each demand place to the nearest facility, in one sweep. Requires: demand joined with `Sense::From`,
/// facilities with `Sense::To`.
[[nodiscard]] std::vector<Milliseconds> nearest(const Hierarchy& hierarchy, const Joints& demand, const Joints& facilities);

/// A band of travel time and how much what lies in it counts: 1 near, less farther off.
struct Band {
    Milliseconds limit;
    double weight = 1;
};

/// Access to supply that others use too.
struct FloatingCatchment {
    std::vector<double> access;  ///< supply a head, aligned with the demand
    double supplyUsed = 0;       ///< of facilities that someone lives near; sum(access * people) equals it
    double supplyUnused = 0;     ///< of facilities with no people within the last band
};
/// The enhanced two-step floating catchment area. Bands in rising order of their limits.
/// Source: Luo, Qi 2009, An enhanced two-step floating catchment area (E2SFCA) method, Health & Place 15.
/// Requires: demand joined with `Sense::From`, supply with `Sense::To`. Errors: BadArgument for bands out of order or
/// weights that are negative; Cancelled.
struct CatchmentRequest {
    const Opportunities& demand;
    const Opportunities& supply;
    std::span<const Band> bands;
};
[[nodiscard]] Result<FloatingCatchment> floatingCatchment(const Hierarchy& hierarchy, const CatchmentRequest& request, Progress& progress);

/// The mean of the times that are reachable, weighted; nothing when none is. `left` is the weight left out.
struct WeightedMean {
    std::optional<Seconds> mean;
    double weight = 0;
    double left = 0;
};
[[nodiscard]] WeightedMean weightedMean(std::span<const Milliseconds> times, std::span<const double> weights);

/// A part of a journey on one way or line; waiting and walking are legs of their own.
struct Leg {
    Mode mode = Mode::Road;
    std::uint32_t source = 0;  ///< `Edge::source`
    Milliseconds time;
    Metres length;
};
[[nodiscard]] std::vector<Leg> legsOf(const Network& network, std::span<const ArcId> path);
/// The way of a path on the ground, without the steps that go nowhere (waiting, changing levels); empty when it has none.
[[nodiscard]] LineString wayOf(const Network& network, std::span<const ArcId> path);

}  // namespace zonewright::network
