#pragma once

#include "core/geometry/crs.h"
#include "plugins/accessibility/study.h"

namespace zonewright::accessibility {

/// Writes the time from the nearest origin, in minutes, as a GeoTIFF (32-bit real, no value where the last cut-off is
/// exceeded): exact at the middle of each cell. Errors: FileExists, FileUnwritable, BadArgument for too many cells.
[[nodiscard]] Result<void> writeSurface(const Sources& sources, Searcher& searcher, const Request& request, const std::optional<Crs>& crs);

}  // namespace zonewright::accessibility
