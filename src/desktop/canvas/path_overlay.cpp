#include "desktop/canvas/path_overlay.h"

#include <QPainter>

#include "desktop/canvas/geometry_path.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

const QColor kBefore(0x4a, 0x4a, 0x4a);
const QColor kAfter(0xc1, 0x12, 0x1f);

void paintLabel(QPainter& painter, QPointF at, const QString& words, const QColor& colour) {
    const QFontMetricsF metrics(painter.font());
    QRectF plate(0, 0, metrics.horizontalAdvance(words) + 12, metrics.height() + 4);
    plate.moveCenter(at);
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(QColor(255, 255, 255, 238));
    painter.drawRoundedRect(plate, 3, 3);
    painter.drawText(plate, Qt::AlignCenter, words);
}

QString wordsOf(const RowPath& path) {
    const QString minutes = QLocale::c().toString(path.minutes, 'f', 1);
    if (path.state == "before") return text("建设前 %1 分钟", "before: %1 min").arg(minutes);
    if (path.state == "after") return text("建设后 %1 分钟", "after: %1 min").arg(minutes);
    return text("%1 分钟", "%1 min").arg(minutes);
}

}  // namespace

void PathOverlay::show(std::vector<RowPath> paths) {
    if (paths.empty() && mPaths.empty()) return;
    mPaths = std::move(paths);
    if (mView) mView->update();
}

void PathOverlay::paint(QPainter& painter, const ViewTransform& view) {
    painter.setRenderHint(QPainter::Antialiasing);
    // Lines first, so that none crosses a label; where both go the same way the dashes lie on the other.
    for (const bool today : {false, true}) {
        for (const RowPath& path : mPaths) {
            if ((path.state == "before") != today) continue;
            const QPainterPath line = pathOf(path.geometry, view);
            painter.setBrush(Qt::NoBrush);
            if (!today) {
                painter.setPen(QPen(QColor(255, 255, 255, 235), 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
                painter.drawPath(line);
            }
            painter.setPen(QPen(today ? kBefore : kAfter, today ? 2.2 : 4.2, today ? Qt::DashLine : Qt::SolidLine, today ? Qt::FlatCap : Qt::RoundCap, Qt::RoundJoin));
            painter.drawPath(line);
        }
    }
    for (const RowPath& path : mPaths) {
        const QPainterPath line = pathOf(path.geometry, view);
        if (line.elementCount() < 2) continue;
        const bool today = path.state == "before";
        painter.setPen(QPen(Qt::white, 2));
        painter.setBrush(kAfter);
        painter.drawEllipse(line.pointAtPercent(0), 6, 6);
        painter.setBrush(QColor(0x1b, 0x4f, 0x9c));
        painter.drawEllipse(line.pointAtPercent(1), 6, 6);
        paintLabel(painter, line.pointAtPercent(today ? 0.36 : 0.64), wordsOf(path), today ? kBefore : kAfter);
    }
}

}  // namespace zonewright::desktop
