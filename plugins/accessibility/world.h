#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/analysis/transport/plan_network.h"
#include "core/network/isochrone.h"
#include "core/network/measures.h"
#include "plugins/accessibility/sources.h"

namespace zonewright::accessibility {

/// The network of a run with what was found on building it.
using World = analysis::transport::BuiltNetwork;

/// A part of a journey along ways or lines of one name.
struct NamedLeg {
    Localized name;
    double minutes = 0;
    Metres length;
};
[[nodiscard]] std::vector<NamedLeg> namedLegs(std::span<const network::Leg> legs, const Sources& sources);

struct Journey {
    std::vector<network::Leg> legs;
    LineString way;  ///< on the network, from where it is joined to where it is left
};

/// Searches in one scenario, one after another.
class Searcher {
public:
    Searcher(const World& world, const network::Scenario& scenario, const Request& request);

    /// Errors: NoNetwork when no way is near the place.
    [[nodiscard]] Result<void> joins(Point place, network::Sense sense) const;
    /// From (for `Sense::To`: to) the nearest of the places. Places that no way is near are left out; Errors: NoNetwork
    /// when that is all of them.
    [[nodiscard]] Result<network::Arrivals> search(std::span<const Point> places, network::Sense sense, network::Milliseconds limit);
    /// The same, telling of each node which of the places it is reached from first.
    [[nodiscard]] Result<network::Arrivals> searchSplit(std::span<const Point> places, network::Sense sense, network::Milliseconds limit);
    /// Minutes to a place after a search; nothing when there is no way. A search of one sense is asked in the other.
    [[nodiscard]] std::optional<double> minutesTo(const network::Arrivals& arrivals, Point place) const;
    /// The journey of the last search to a place; empty when there is no way.
    [[nodiscard]] Journey journeyTo(const network::Arrivals& arrivals, Point place) const;
    [[nodiscard]] network::Isochrone isochrone(const network::Arrivals& arrivals, network::Milliseconds limit) const;
    [[nodiscard]] const network::Scenario& scenario() const { return mScenario; }
    [[nodiscard]] const network::PlaceIndex& places() const { return mPlaces; }

private:
    [[nodiscard]] network::OriginOptions joining(network::Sense sense) const;
    /// The places joined to the network, with neither times nor `nearest` yet.
    [[nodiscard]] Result<network::Arrivals> joined(std::span<const Point> places, network::Sense sense) const;
    [[nodiscard]] std::optional<network::Seed> bestJoint(const network::Arrivals& arrivals, Point place) const;
    network::ShortestTimes& searchOf(network::Sense sense);

    const World* mWorld;
    network::Scenario mScenario;
    const Request* mRequest;
    network::PlaceIndex mPlaces;
    network::Graph mFrom;
    network::Graph mTo;
    network::ShortestTimes mSearchFrom;
    network::ShortestTimes mSearchTo;
};

[[nodiscard]] inline network::Milliseconds toMilliseconds(double minutes) { return network::toMilliseconds(Seconds(minutes * 60)); }

}  // namespace zonewright::accessibility
