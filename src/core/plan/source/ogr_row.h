#pragma once

#include <ogrsf_frmts.h>

#include "core/plan/features.h"

/// What all that write through GDAL share.
namespace zonewright::plan::source {

/// False when there is no value; the field is then as it was.
inline bool setValue(OGRFeature& row, int field, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) row.SetField(field, static_cast<GIntBig>(*integer));
    else if (const auto* real = std::get_if<double>(&value)) row.SetField(field, *real);
    else if (const auto* text = std::get_if<std::string>(&value)) row.SetField(field, text->c_str());
    else return false;
    return true;
}

/// False when GDAL cannot read the geometry.
[[nodiscard]] bool setGeometry(OGRFeature& row, const Geometry& geometry);

}  // namespace zonewright::plan::source
