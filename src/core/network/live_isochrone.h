#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/network/hierarchy.h"
#include "core/network/interior.h"
#include "core/network/isochrone.h"
#include "core/network/places.h"
#include "core/network/sweep.h"

namespace zonewright::network {

/// People, or whatever is to be counted, at a place.
struct Crowd {
    Point place;
    double people = 0;
};

struct LiveOptions {
    Milliseconds limit{30 * 60 * 1000};
    KilometresPerHour walkingSpeed = kWalkingSpeed;
    Metres farthest{2000};   ///< from the origin to the way it joins
    Metres tolerance{25};    ///< of the polygon, as `Isochrone::polygons` means it
    Sense sense = Sense::From;
};

/// An isochrone that follows the pointer: keeps a network, the hierarchies of the scenarios seen so far and the people,
/// so that a moved origin costs one sweep and one polygon.
///
/// One object a thread; answers are values and may go to any.
class LiveIsochrone {
public:
    LiveIsochrone(Network network, std::vector<Crowd> crowds);
    LiveIsochrone(const LiveIsochrone&) = delete;
    LiveIsochrone& operator=(const LiveIsochrone&) = delete;

    /// Switches to the scenario in which just these projects are open; the first time it makes their hierarchy (seconds
    /// for a large network), later it is at hand. Errors: UnknownFeature naming a project no edge belongs to;
    /// Cancelled; the scenario is then as before.
    [[nodiscard]] Result<void> open(std::vector<std::string> projects, Progress& progress);
    /// The same with a hierarchy that was kept. Errors: BadArgument when it is of another network.
    [[nodiscard]] Result<void> open(std::vector<std::string> projects, Hierarchy kept);

    [[nodiscard]] const Network& network() const { return mNetwork; }
    /// Codes of the projects that are open, in order.
    [[nodiscard]] const std::vector<std::string>& openProjects() const { return mOpen; }

    struct Answer {
        MultiPolygon area;
        double people = 0;      ///< at places within `area`
        std::size_t nodes = 0;  ///< reached within the limit
        Point joined;           ///< where the origin meets the network
    };
    /// Errors: NoNetwork when no way is near the origin; those of `Isochrone::polygons`. Requires: `open` was called.
    [[nodiscard]] Result<Answer> at(Point origin, const LiveOptions& options = {});

private:
    struct Stage;
    /// Searches of one sense.
    struct Way {
        Way(const Network& network, const Stage& stage, Sense sense);
        Sweep sweep;
        Interior interior;
    };
    /// A scenario with all that searches in it need.
    struct Stage {
        Stage(const Network& network, Scenario open, Hierarchy made) : scenario(std::move(open)), hierarchy(std::move(made)), places(network, scenario), from(network, *this, Sense::From), to(network, *this, Sense::To) {}
        Scenario scenario;
        Hierarchy hierarchy;
        PlaceIndex places;
        Way from;
        Way to;
    };

    Network mNetwork;
    std::vector<Crowd> mCrowds;
    std::vector<Point> mCrowdPlaces;
    std::map<std::vector<std::string>, std::unique_ptr<Stage>> mStages;
    Stage* mStage = nullptr;
    std::vector<std::string> mOpen;
};

}  // namespace zonewright::network
