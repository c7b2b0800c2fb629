#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/module.h"
#include "core/analysis/transport/request.h"
#include "core/network/roads.h"
#include "core/network/transit.h"

namespace zonewright::analysis::transport {

/// A transport project that may be switched on.
struct Project {
    Localized name;
    std::int64_t year = 0;  ///< of opening; 0 when none is stated
};

/// Ways and lines as a network is made from them, in one CRS, with what must be said of them.
struct NetworkSources {
    std::vector<network::RoadLine> roads;
    std::vector<network::RoadTurnBan> bans;
    std::vector<Localized> roadNames;  ///< aligned with `roads`; empty where a road has none
    std::vector<network::TransitLine> lines;
    std::vector<Localized> lineNames;  ///< aligned with `lines`
    std::map<std::string, Project> projects;
    std::vector<Notice> notices;
    std::vector<std::string> strandedStations;  ///< codes of stations without a line
    std::string inputHash;                      ///< of every parameter and every byte the network is made from
};

/// Errors: those of `Inputs`, `readOsm` and `readGtfs`; NoNetwork when there is no road at all.
[[nodiscard]] Result<NetworkSources> readNetwork(const NetworkRequest& request, Inputs& inputs, Progress& progress);

/// A layer that a run can do without, unless it is `needed`.
struct WantedLayer {
    std::string parameter;
    LayerReference layer;
    std::vector<std::string> fields;
    bool needed = false;
};
/// Nothing when a layer that is not needed is not there. Rows that cannot be read become warnings. Errors: those of
/// `Inputs`.
[[nodiscard]] Result<std::optional<LayerSnapshot>> readLayer(const WantedLayer& wanted, Inputs& inputs, std::vector<Notice>& notices, Progress& progress);

}  // namespace zonewright::analysis::transport
