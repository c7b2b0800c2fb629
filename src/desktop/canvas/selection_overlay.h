#pragma once

#include <QObject>

#include "desktop/canvas/overlay.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {

/// Draws the picked features over the map.
class SelectionOverlay : public QObject, public Overlay {
    Q_OBJECT
public:
    explicit SelectionOverlay(Workspace& workspace);
    void paint(QPainter& painter, const ViewTransform& view) override;

    /// Goes to what is picked, once it has been read.
    void zoom();
    /// Of what is picked; empty while it is being read.
    [[nodiscard]] const Box& box() const { return mBox; }

private:
    void reload();

    Workspace& mWorkspace;
    std::vector<Geometry> mGeometries;
    Box mBox;
    bool mReading = false;
    bool mZoom = false;
};

}  // namespace zonewright::desktop
