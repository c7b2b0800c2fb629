#include "desktop/canvas/plate.h"

#include <QPainter>

namespace zonewright::desktop {
namespace {

constexpr double kMargin = 10;
constexpr double kPadding = 9;
constexpr double kLeast = 40;  ///< pixels; a narrower strip bears no words

}  // namespace

void paintPlate(QPainter& painter, const QRectF& area, const QString& words, Qt::Alignment side) {
    const double most = area.width() - 2 * kMargin;
    if (most < kLeast || words.isEmpty()) return;
    QFont bold = painter.font();
    bold.setBold(true);
    painter.setFont(bold);
    const QFontMetricsF metrics(bold);
    const QString shown = metrics.elidedText(words, Qt::ElideRight, most - 2 * kPadding);
    const QSizeF size(metrics.horizontalAdvance(shown) + 2 * kPadding, metrics.height() + 8);
    const double x = (side & Qt::AlignRight) != 0 ? area.right() - kMargin - size.width() : area.left() + kMargin;
    const QRectF plate(QPointF(x, area.top() + kMargin), size);
    painter.setPen(QPen(QColor(0x55, 0x5f, 0x6a), 1));
    painter.setBrush(QColor(255, 255, 255, 232));
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(QColor(0x1c, 0x24, 0x2c));
    painter.drawText(plate, Qt::AlignCenter, shown);
}

}  // namespace zonewright::desktop
