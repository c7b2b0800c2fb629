#include "cartographer/service/sheet_scale_bar.h"

#include <cmath>

#include <qgslayout.h>
#include <qgslayoutitemmap.h>
#include <qgslayoutitemscalebar.h>

namespace zonewright::cartographer {
namespace {

/// 1, 2 or 5 times a power of ten, not above `length`.
double roundLengthBelow(double length) {
    const double power = std::pow(10.0, std::floor(std::log10(length)));
    for (const double step : {5.0, 2.0}) {
        if (step * power <= length * (1 + 1e-9)) return step * power;
    }
    return power;
}

}  // namespace

void fitScaleBar(const QgsLayout& layout, const QgsLayoutItemMap& map) {
    auto* bar = dynamic_cast<QgsLayoutItemScaleBar*>(layout.itemById(QStringLiteral("scale_bar")));
    if (bar == nullptr || bar->maximumBarWidth() <= 0) return;
    const int segments = bar->numberOfSegments() + (bar->numberOfSegmentsLeft() > 0 ? 1 : 0);
    const double longest = bar->maximumBarWidth() / 1000 * map.scale() / segments;
    const double metres = roundLengthBelow(longest);
    const bool kilometres = metres >= 500;
#if _QGIS_VERSION_INT >= 33000
    bar->setUnits(kilometres ? Qgis::DistanceUnit::Kilometers : Qgis::DistanceUnit::Meters);
#else
    bar->setUnits(kilometres ? QgsUnitTypes::DistanceKilometers : QgsUnitTypes::DistanceMeters);
#endif
    bar->setUnitLabel(kilometres ? QStringLiteral("km") : QStringLiteral("m"));
    bar->setMapUnitsPerScaleBarUnit(1);
    bar->setSegmentSizeMode(QgsScaleBarSettings::SegmentSizeFixed);
    bar->setUnitsPerSegment(kilometres ? metres / 1000 : metres);
}

}  // namespace zonewright::cartographer
