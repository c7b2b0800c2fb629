#pragma once

#include <optional>

#include <QString>

#include "core/geometry/types.h"
#include "desktop/canvas/overlay.h"

namespace zonewright::desktop {

/// On each of two maps side by side: what it shows, and where the pointer is on the other one.
class SideOverlay : public Overlay {
public:
    QString title;
    std::optional<Point> pointer;

    void paint(QPainter& painter, const ViewTransform& view) override;
};

}  // namespace zonewright::desktop
