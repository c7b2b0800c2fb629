#include "core/plan/source/ogr_row.h"

#include "core/geometry/wkb.h"

namespace zonewright::plan::source {

bool setGeometry(OGRFeature& row, const Geometry& geometry) {
    const std::string wkb = toWkb(geometry);
    OGRGeometry* made = nullptr;
    if (OGRGeometryFactory::createFromWkb(wkb.data(), nullptr, &made, wkb.size()) != OGRERR_NONE) return false;
    row.SetGeometryDirectly(made);
    return true;
}

}  // namespace zonewright::plan::source
