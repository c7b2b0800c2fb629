#include "core/plan/source/ogr_row.h"

#include <ogrsf_frmts.h>

#include "core/geometry/wkb.h"

namespace zonewright::plan::source {

bool setValue(OGRFeature& row, int field, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) row.SetField(field, static_cast<GIntBig>(*integer));
    else if (const auto* real = std::get_if<double>(&value)) row.SetField(field, *real);
    else if (const auto* text = std::get_if<std::string>(&value)) row.SetField(field, text->c_str());
    else return false;
    return true;
}

bool setGeometry(OGRFeature& row, const Geometry& geometry) {
    const std::string wkb = toWkb(geometry);
    OGRGeometry* made = nullptr;
    if (OGRGeometryFactory::createFromWkb(wkb.data(), nullptr, &made, wkb.size()) != OGRERR_NONE) return false;
    row.SetGeometryDirectly(made);
    return true;
}

}  // namespace zonewright::plan::source
