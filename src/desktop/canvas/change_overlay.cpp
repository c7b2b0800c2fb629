#include "desktop/canvas/change_overlay.h"

#include <QPainter>

#include "desktop/canvas/geometry_path.h"

namespace zonewright::desktop {
namespace {

constexpr std::size_t kMostDrawn = 3000;
const QColor kBefore(0x15, 0x65, 0xc0);
const QColor kAfter(0xc2, 0x18, 0x5b);

void paintCourse(QPainter& painter, const QPainterPath& path, const QColor& colour, bool dashed) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 210), 5));
    painter.drawPath(path);
    QPen pen(colour, 2.4);
    if (dashed) pen.setDashPattern({4, 2.5});
    painter.setPen(pen);
    painter.drawPath(path);
}

}  // namespace

void ChangeOverlay::paint(QPainter& painter, const ViewTransform& view) {
    const Box extent = view.extent();
    const bool before = mSide != Side::After;
    const bool after = mSide != Side::Before;
    std::size_t drawn = 0;
    for (const Change& change : mChanges) {
        Box box = boxOf(change.before);
        box.add(boxOf(change.after));
        if (box.empty() || !box.intersects(extent)) continue;
        if (++drawn > kMostDrawn) break;
        if (mSide == Side::Both && !change.gained.polygons.empty()) {
            painter.setPen(Qt::NoPen);
            QColor fill = kAfter;
            fill.setAlpha(120);
            painter.setBrush(QBrush(fill, Qt::BDiagPattern));
            painter.drawPath(pathOf(Geometry(change.gained), view));
        }
        if (after && !boxOf(change.after).empty()) paintCourse(painter, pathOf(change.after, view), kAfter, false);
        if (before && !boxOf(change.before).empty()) paintCourse(painter, pathOf(change.before, view), kBefore, mSide == Side::Both);
    }
    painter.setBrush(Qt::NoBrush);
}

}  // namespace zonewright::desktop
