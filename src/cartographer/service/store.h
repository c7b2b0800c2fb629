#pragma once

#include "cartographer/service/map_project.h"

namespace zonewright::cartographer {

/// Writes the QGIS project `zonewright` into the plan: every layer and variant as a map layer, one map theme for each
/// theme, an order in which they draw alike, field names and value lists in that language, styles also in
/// `layer_styles`. Layer sources are relative, so the file can be moved. Closes all layers of `project`.
/// Errors: PlanReadOnly, CartographerFailed.
[[nodiscard]] Result<StoreReply> storeProject(MapProject& project, Language language);

/// An order of drawings, top to bottom, that agrees with every theme; where themes contradict one another the earlier
/// theme wins, and the pair is reported in `contradictions`.
[[nodiscard]] std::vector<std::string> commonOrder(const std::vector<Theme>& themes, std::vector<std::string>& contradictions);

}  // namespace zonewright::cartographer
