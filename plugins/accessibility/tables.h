#pragma once

#include <vector>

#include "plugins/accessibility/report.h"

namespace zonewright::accessibility {

/// Reach by origin, commitments, before and after, ranking of projects, facilities, times between places.
[[nodiscard]] std::vector<analysis::Table> tablesOf(const Sources& sources, const Findings& findings);

}  // namespace zonewright::accessibility
