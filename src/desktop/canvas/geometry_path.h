#pragma once

#include <QPainterPath>

#include "core/geometry/types.h"
#include "desktop/canvas/view_transform.h"

namespace zonewright::desktop {

/// The geometry in pixels. Vertices nearer than half a pixel to the one before are left out, so that a path costs what
/// can be seen of it. Points become small circles.
[[nodiscard]] QPainterPath pathOf(const Geometry& geometry, const ViewTransform& view);
[[nodiscard]] QPainterPath pathOf(const LineString& line, const ViewTransform& view, bool closed = false);

}  // namespace zonewright::desktop
