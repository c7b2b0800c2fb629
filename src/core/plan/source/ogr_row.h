#pragma once

#include "core/plan/features.h"

class OGRFeature;

/// What all that write through GDAL share.
namespace zonewright::plan::source {

/// False when there is no value; the field is then as it was.
bool setValue(OGRFeature& row, int field, const Value& value);

/// False when GDAL cannot read the geometry.
[[nodiscard]] bool setGeometry(OGRFeature& row, const Geometry& geometry);

}  // namespace zonewright::plan::source
