#include "desktop/canvas/outline_overlay.h"

#include <QPainter>

#include "desktop/canvas/geometry_path.h"

namespace zonewright::desktop {

void OutlineOverlay::show(const Geometry& geometry) {
    if (boxOf(geometry).empty() && boxOf(mGeometry).empty()) return;
    mGeometry = geometry;
    if (mView) mView->update();
}

void OutlineOverlay::paint(QPainter& painter, const ViewTransform& view) {
    if (boxOf(mGeometry).empty()) return;
    const QPainterPath path = pathOf(mGeometry, view);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 210), 4.5));
    painter.drawPath(path);
    painter.setPen(QPen(QColor(0x20, 0x20, 0x20), 1.8));
    painter.drawPath(path);
}

}  // namespace zonewright::desktop
