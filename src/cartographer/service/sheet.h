#pragma once

#include <memory>
#include <optional>

#include <QDomDocument>

#include <qgsgeometry.h>
#include <qgsprintlayout.h>

#include "cartographer/service/map_project.h"
#include "cartographer/service/sheet_legend.h"

class QgsLayoutItemMap;

namespace zonewright::cartographer {

/// A print template filled with a composition.
struct Sheet {
    std::unique_ptr<QgsPrintLayout> layout;
    QDomDocument document;  ///< the template as it was read
    QgsLayoutItemMap* map = nullptr;
    std::optional<SheetLegend> legend;
    double symbolFactor = 1;
    std::vector<std::string> warnings;
};

/// Errors: UnknownTheme when there is no such template; FileUnreadable when it is none, or has no item `map`.
[[nodiscard]] Result<Sheet> makeSheet(MapProject& project, const Composition& composition, const PrintRequest& request);

/// The templates listed in themes.toml and their paper sizes.
[[nodiscard]] std::vector<LayoutInfo> layoutsOf(const MapProject& project);

/// The smallest frame of a map turned by so many degrees that shows all of `shape`, as it lies before it is turned about its
/// middle.
[[nodiscard]] QgsRectangle turnedExtent(QgsGeometry shape, double rotation);

/// Places the map so that all of `extent` is shown, at the scale given or the next round one, and turns it.
void placeFrame(QgsLayoutItemMap& map, const QgsRectangle& extent, const Placement& placement);

/// The same, and symbols, scale bar and the coordinate grid's round interval follow.
void placeMap(Sheet& sheet, const QgsRectangle& extent, const Placement& placement);

/// The smallest denominator with one or two round digits that is not below `denominator`: 1:163 000 -> 1:180 000.
[[nodiscard]] double roundScale(double denominator);

}  // namespace zonewright::cartographer
