#pragma once

#include <QPointer>

#include "desktop/canvas/map_view.h"
#include "desktop/canvas/overlay.h"
#include "desktop/session/row_paths.h"

namespace zonewright::desktop {

/// Journeys of one row of a result: today's dashed, that with the projects drawn out, each with its minutes.
class PathOverlay : public Overlay {
public:
    explicit PathOverlay(MapView& map) : mView(&map) { map.addOverlay(this); }

    void show(std::vector<RowPath> paths);
    void hide() { show({}); }
    [[nodiscard]] const std::vector<RowPath>& paths() const { return mPaths; }

    void paint(QPainter& painter, const ViewTransform& view) override;

private:
    QPointer<MapView> mView;
    std::vector<RowPath> mPaths;
};

}  // namespace zonewright::desktop
