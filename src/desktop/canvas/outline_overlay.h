#pragma once

#include <QPointer>

#include "core/geometry/types.h"
#include "desktop/canvas/map_view.h"
#include "desktop/canvas/overlay.h"

namespace zonewright::desktop {

/// Outlines what is pointed at elsewhere, in a table or a chart.
class OutlineOverlay : public Overlay {
public:
    explicit OutlineOverlay(MapView& map) : mView(&map) { map.addOverlay(this); }

    /// An empty geometry for none.
    void show(const Geometry& geometry);
    void hide() { show({}); }
    [[nodiscard]] const Geometry& geometry() const { return mGeometry; }

    void paint(QPainter& painter, const ViewTransform& view) override;

private:
    QPointer<MapView> mView;
    Geometry mGeometry;
};

}  // namespace zonewright::desktop
