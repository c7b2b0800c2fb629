#pragma once

#include <vector>

#include "core/geometry/types.h"
#include "desktop/canvas/overlay.h"

namespace zonewright::desktop {

/// Before and after on the map: the course as it was dashed in blue, as it is in magenta, land that changed hands hatched.
class ChangeOverlay : public Overlay {
public:
    enum class Side { Before, Both, After };
    struct Change {
        Geometry before;
        Geometry after;
        MultiPolygon gained;
    };
    void setChanges(std::vector<Change> changes) { mChanges = std::move(changes); }
    void setSide(Side side) { mSide = side; }

    void paint(QPainter& painter, const ViewTransform& view) override;

private:
    std::vector<Change> mChanges;
    Side mSide = Side::Both;
};

}  // namespace zonewright::desktop
