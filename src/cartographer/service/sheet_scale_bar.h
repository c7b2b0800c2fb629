#pragma once

class QgsLayout;
class QgsLayoutItemMap;

namespace zonewright::cartographer {

/// Gives the item `scale_bar` segments of 1, 2 or 5 times a power of ten, as long as its template allows, in metres
/// or kilometres as suits the map's scale. Does nothing in a template without one.
void fitScaleBar(const QgsLayout& layout, const QgsLayoutItemMap& map);

}  // namespace zonewright::cartographer
