#pragma once

#include <set>
#include <vector>

#include <qgsmapsettings.h>

#include "cartographer/service/map_project.h"

namespace zonewright::cartographer {

/// A layer's classes that are on the map, as indices into its renderer's legend items.
struct UsedClasses {
    const LegendLayer* layer = nullptr;
    std::vector<int> indices;
};

/// Which classes of the legend's layers have a feature inside the map, in the legend's order; layers without any are
/// left out. Reads each layer only until all its classes were met.
[[nodiscard]] std::vector<UsedClasses> usedClasses(const std::vector<LegendLayer>& legend, const QgsMapSettings& map);

/// All classes, whether on the map or not.
[[nodiscard]] std::vector<UsedClasses> allClasses(const std::vector<LegendLayer>& legend);

/// The legend as data, symbols as PNG.
[[nodiscard]] LegendReply legendReply(const std::vector<UsedClasses>& classes, double dpi);

}  // namespace zonewright::cartographer
