#pragma once

#include <span>
#include <vector>

#include "core/network/places.h"

namespace zonewright::network {

/// What one search found: a time at every node, and the places it started from (for `Sense::To`: ended at).
struct Arrivals {
    std::vector<Milliseconds> times;  ///< by node
    std::vector<Origin> origins;
    Sense sense = Sense::From;
    /// By node the position in `origins` of the one it is reached from, where regions are to be split between them;
    /// else empty.
    std::vector<std::uint32_t> nearest;
};

/// Times along an edge as a traveller meets it: from either end on, and from the footings of origins on it.
/// A point `x` of its length away from the first point is reached at the least of
/// `fromFirst + x * forwardTime`, `fromLast + (1 - x) * backwardTime`; an end that cannot be left onto the edge is
/// unreachable.
struct EdgeArrival {
    Milliseconds fromFirst = kUnreachable;
    Milliseconds fromLast = kUnreachable;
    Milliseconds forwardTime = kUnreachable;
    Milliseconds backwardTime = kUnreachable;
    std::uint32_t firstOrigin = 0;  ///< whose traveller comes over the first end; 0 when regions are not split
    std::uint32_t lastOrigin = 0;
};
[[nodiscard]] EdgeArrival arrivalOn(const Network& network, const Arrivals& arrivals, EdgeId edge);

/// A stretch of an edge that is reached within a limit, travelled in one direction at an even pace.
struct Stretch {
    EdgeId edge{};
    double start = 0;  ///< where travel enters it, 0..1 of the edge's length from its first point
    double end = 0;    ///< where the limit, the edge's end or another stretch that is quicker ends it
    Milliseconds atStart;
    Milliseconds wholeEdge;  ///< time over the whole edge in this direction
    std::uint32_t origin = 0;  ///< position in `Arrivals::origins`; 0 when regions are not split
};

/// All that is reached within `limit` on open edges, each point by its quickest stretch; on an edge that an origin joins
/// slower ones may lie over it, unless regions are split between origins. In order of edges.
[[nodiscard]] std::vector<Stretch> stretchesWithin(const Network& network, const Scenario& scenario, const Arrivals& arrivals, Milliseconds limit);

/// The same on some of the edges, in rising order; the edges that origins join are always among them.
[[nodiscard]] std::vector<Stretch> stretchesOn(std::span<const EdgeId> edges, const Network& network, const Arrivals& arrivals, Milliseconds limit);

/// The line of part of an edge; `start` may be beyond `end`, the line then runs backwards.
[[nodiscard]] LineString lineOf(const Network& network, EdgeId edge, double start, double end);

/// What of the network is reached, each stretch of way once.
struct ReachedNetwork {
    MultiLineString lines;
    Metres length;
    std::size_t nodes = 0;
};
[[nodiscard]] ReachedNetwork reachedWithin(const Network& network, const Scenario& scenario, const Arrivals& arrivals, Milliseconds limit);
/// The same shared out between the origins, aligned with them. Requires: `arrivals.nearest`.
[[nodiscard]] std::vector<ReachedNetwork> reachedByOrigin(const Network& network, const Scenario& scenario, const Arrivals& arrivals, Milliseconds limit);

}  // namespace zonewright::network
