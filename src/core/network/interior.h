#pragma once

#include <span>
#include <vector>

#include "core/network/arrivals.h"
#include "core/network/regions.h"

namespace zonewright::network {

/// Tells what of a search matters for where its region ends, from nodes alone: most of a large region lies so deep inside
/// that the walk off one junction covers whole tiles. Keeps tables of the network; safe from any thread once made.
class Interior {
public:
    Interior(const Network& network, const Scenario& scenario, Sense sense);

    struct Found {
        LeastLeft left;
        std::vector<EdgeId> edges;  ///< of open ways with frontage, rising; what of the others is reached lies over tiles that `left` fills
    };
    /// Requires: arrivals of the same network, scenario and sense. Errors: those of `fits`.
    [[nodiscard]] Result<Found> of(const Arrivals& arrivals, const WalkOptions& walk, Metres tolerance) const;

private:
    class Marking;

    const Network* mNetwork;
    /// By node, metres: how far open ways with frontage that start at it lead away, as the crow flies; below 0: there is none.
    std::vector<float> mSpan;
    std::vector<std::uint32_t> mFirst{0};  ///< of the edges of those ways in `mEdges`, by node
    std::vector<EdgeId> mEdges;
};

/// The region of a search: what `Isochrone::polygons` gives over all its cones, found over few of them.
[[nodiscard]] Result<MultiPolygon> regionOf(const Network& network, const Interior& interior, const Arrivals& arrivals, const WalkOptions& walk, Metres tolerance);

}  // namespace zonewright::network
