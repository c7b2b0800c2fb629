#pragma once

#include <vector>

#include <QRectF>

#include <qgslegendstyle.h>

#include "cartographer/service/map_project.h"

class QgsLayout;
class QgsLayoutItemLegend;
class QgsLayoutItemMap;

namespace zonewright::cartographer {

/// The room of a template's legend on the sheet, in millimetres: down to the next item below its left upper corner,
/// right to the edge of the frame the corner stands in.
[[nodiscard]] QRectF legendRoom(const QgsLayoutItemLegend& legend, const QgsLayout& layout);

/// The legend of a print template: its item `legend`, the room it has, and the type sizes it was designed with.
class SheetLegend {
public:
    /// Does nothing in a template without a legend.
    explicit SheetLegend(const QgsLayout& layout);

    /// Shows what of the composition is on the map and fits it into its room: in larger type where there is plenty, with
    /// more columns or smaller type where it must. Returns false when it still does not fit.
    bool fill(const Composition& composition, const QgsLayoutItemMap& map);

private:
    void apply(int columns, double factor);
    [[nodiscard]] bool fits();

    QgsLayoutItemLegend* mItem = nullptr;
    QRectF mRoom;  ///< millimetres on the sheet
    int mColumns = 1;
    double mSymbolWidth = 0;
    double mSymbolHeight = 0;
    std::vector<QgsLegendStyle> mStyles;
};

}  // namespace zonewright::cartographer
