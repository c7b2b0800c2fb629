#include "desktop/canvas/frame_painting.h"

#include <cmath>

#include <QPainter>

namespace zonewright::desktop {
namespace {

void paintFrame(QPainter& painter, const MapFrame& frame, const ViewTransform& view) {
    const double dpr = painter.device()->devicePixelRatioF();
    const double here = view.metresPerPixel / dpr;
    QRectF target = view.toPixel(frame.extent);
    if (isSameResolution(frame.metresPerDevicePixel, here)) {
        // One pixel of the frame on one of the screen: no smoothing, and no half pixels.
        const QPointF corner(std::round(target.x() * dpr) / dpr, std::round(target.y() * dpr) / dpr);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        target = QRectF(corner, QSizeF(frame.image.width() / dpr, frame.image.height() / dpr));
        painter.drawImage(target, frame.image);
        return;
    }
    // Only what is seen is scaled.
    const QRectF seen = target.intersected(QRectF(QPointF(), QSizeF(view.size)));
    if (seen.isEmpty()) return;
    const double sx = frame.image.width() / target.width();
    const double sy = frame.image.height() / target.height();
    const QRectF part((seen.x() - target.x()) * sx, (seen.y() - target.y()) * sy, seen.width() * sx, seen.height() * sy);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, frame.metresPerDevicePixel < here * 4 && frame.metresPerDevicePixel > here / 64);
    painter.drawImage(seen, frame.image, part);
}

}  // namespace

void paintFrames(QPainter& painter, const FrameSource& frames, const ViewTransform& view, const cartographer::View& content) {
    const double here = view.metresPerPixel / painter.device()->devicePixelRatioF();
    if (const MapFrame* ready = frames.store().covering(view.extent(), here, content)) {
        paintFrame(painter, *ready, view);
        return;
    }
    const auto backdrop = frames.store().backdrop(view.extent(), here, content);
    // What lies below a frame that hides it need not be painted.
    std::size_t first = 0;
    for (std::size_t i = backdrop.size(); i-- > 0;) {
        if (backdrop[i]->extent.contains(view.extent())) {
            first = i;
            break;
        }
    }
    for (std::size_t i = first; i < backdrop.size(); ++i) paintFrame(painter, *backdrop[i], view);
    if (const auto& partial = frames.partial()) paintFrame(painter, *partial, view);
}

}  // namespace zonewright::desktop
