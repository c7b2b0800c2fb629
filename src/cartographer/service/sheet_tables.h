#pragma once

#include <string>
#include <vector>

#include "cartographer/service/map_project.h"

class QgsPrintLayout;

namespace zonewright::cartographer {

/// Puts the tables of the composition's theme into the column of the legend, from its lower end upwards, in the
/// legend's typeface. A table whose layer the plan does not have is passed over. Call before the legend looks for its
/// room.
///
/// Returns: warnings about tables that have no room, in the language of the sheet.
[[nodiscard]] std::vector<std::string> addTables(QgsPrintLayout& layout, MapProject& project, const Composition& composition);

}  // namespace zonewright::cartographer
