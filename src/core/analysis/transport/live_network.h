#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/analysis/transport/sources.h"
#include "core/network/live_isochrone.h"

namespace zonewright::analysis::transport {

/// All that an isochrone which follows the pointer needs of a plan.
struct LiveNetwork {
    std::unique_ptr<network::LiveIsochrone> isochrone;  ///< with today's network open
    std::map<std::string, Project> projects;            ///< by code; only those that the network has ways of
    std::vector<std::string> layers;                    ///< it was read from these: a change in one makes it out of date
    bool hasPeople = false;                             ///< the plan has a population grid
};

/// The network a default run of the accessibility analysis uses: the one that the plan keeps where that is of the
/// inputs as they are now, made otherwise. People stand in the middle of their cell, as in that analysis. Writes nothing.
///
/// Errors: those of `readNetwork` and `buildNetwork`; Cancelled.
[[nodiscard]] Result<LiveNetwork> liveNetwork(const plan::Plan& plan, const catalogue::Catalogue& catalogue, Progress& progress);

}  // namespace zonewright::analysis::transport
