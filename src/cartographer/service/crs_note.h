#pragma once

#include <QString>

#include <qgscoordinatereferencesystem.h>

#include "core/base/error.h"

namespace zonewright::cartographer {

/// The coordinate system as a sheet states it: datum, projection, central meridian, code.
[[nodiscard]] QString crsNote(const QgsCoordinateReferenceSystem& crs, Language language);

}  // namespace zonewright::cartographer
