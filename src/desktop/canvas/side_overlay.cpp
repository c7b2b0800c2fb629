#include "desktop/canvas/side_overlay.h"

#include <QPainter>

#include "desktop/canvas/plate.h"
#include "desktop/canvas/view_transform.h"

namespace zonewright::desktop {
namespace {

constexpr double kArm = 11;  ///< pixels
constexpr double kHole = 3;

}  // namespace

void SideOverlay::paint(QPainter& painter, const ViewTransform& view) {
    paintPlate(painter, QRectF(QPointF(), QSizeF(view.size)), title, Qt::AlignLeft);
    if (!pointer) return;
    const QPointF at = view.toPixel(*pointer);
    for (const auto& [colour, width] : {std::pair(QColor(255, 255, 255, 230), 4.0), {QColor(0xd0, 0x2b, 0x20), 1.8}}) {
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap));
        for (const QPointF& arm : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) painter.drawLine(at + arm * kHole, at + arm * kArm);
    }
}

}  // namespace zonewright::desktop
