#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/analysis/transport/sources.h"
#include "core/network/hierarchy.h"

namespace zonewright::analysis::transport {

/// A network with what was found on building it.
struct BuiltNetwork {
    network::Network network;
    network::RoadReport roads;
    network::TransitReport transit;
    network::NetworkReport report;
};

/// Errors: NoNetwork when nothing of the roads can be travelled, with the first reason.
[[nodiscard]] Result<BuiltNetwork> buildNetwork(const NetworkSources& sources, const NetworkRequest& request);

/// The warnings that a network gives cause for: rows left out, stations without line or road, parts not connected.
[[nodiscard]] std::vector<Notice> noticesOf(const NetworkSources& sources, const BuiltNetwork& built);

/// The codes among `codes` that an edge of the network belongs to; the others change nothing.
[[nodiscard]] std::vector<std::string> drawnProjects(const network::Network& network, const std::vector<std::string>& codes);

/// The network that a plan keeps under the hash of what it was made from; nothing when it keeps none of that hash, or
/// what it keeps is damaged or of another version. Errors: PlanDamaged.
[[nodiscard]] Result<std::optional<BuiltNetwork>> keptNetwork(const plan::Plan& plan, const std::string& inputHash);
/// The same for the hierarchy of a scenario: the projects that are open, in order.
[[nodiscard]] Result<std::optional<network::Hierarchy>> keptHierarchy(const plan::Plan& plan, const std::string& inputHash, const std::vector<std::string>& projects);

/// What the network kept last was asked for; nothing when none is kept. Errors: PlanDamaged.
[[nodiscard]] Result<std::optional<NetworkRequest>> lastKeptRequest(const plan::Plan& plan);
/// Takes over from `kept` what `request` leaves at its defaults.
void complete(NetworkRequest& request, NetworkRequest kept);
/// A plan without roads of its own whose network was made from files is asked about that network: takes over what was
/// kept of it, unless `request` names other roads. Errors: PlanDamaged.
[[nodiscard]] Result<void> takeKeptFiles(NetworkRequest& request, const plan::Plan& plan);

/// Writes a network into the plan; the four kept last stay. Requires: an open transaction.
[[nodiscard]] Result<void> keepNetwork(const plan::Plan& plan, const std::string& inputHash, const BuiltNetwork& built, const NetworkRequest& request);
[[nodiscard]] Result<void> keepHierarchy(const plan::Plan& plan, const std::string& inputHash, const std::vector<std::string>& projects, const network::Hierarchy& hierarchy);

}  // namespace zonewright::analysis::transport
