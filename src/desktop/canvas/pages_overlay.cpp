#include "desktop/canvas/pages_overlay.h"

#include <QPainter>

#include "desktop/canvas/view_transform.h"

namespace zonewright::desktop {
namespace {

const QColor kPage(0x1f, 0x6f, 0xb5);
constexpr double kLeastForName = 60;  ///< pixels; smaller pages bear their number alone

QPolygonF outlineOf(const SheetFrame& frame, const ViewTransform& view) {
    QPolygonF out;
    for (const Point& corner : cornersOf(frame)) out << view.toPixel(corner);
    return out;
}

}  // namespace

void PagesOverlay::show(std::vector<Page> pages, int current) {
    mPages = std::move(pages);
    mCurrent = current;
}

void PagesOverlay::paint(QPainter& painter, const ViewTransform& view) {
    const Box extent = view.extent();
    const auto draw = [&](std::size_t i) {
        const SheetFrame& frame = mPages[i].frame;
        if (!extent.intersects(boundsOf(frame))) return;
        const bool current = static_cast<int>(i) + 1 == mCurrent;
        const QPolygonF outline = outlineOf(frame, view);
        QColor fill = kPage;
        fill.setAlpha(36);
        painter.setBrush(current ? QBrush(fill) : Qt::NoBrush);
        painter.setPen(QPen(QColor(255, 255, 255, 220), current ? 5 : 3.5));
        painter.drawPolygon(outline);
        painter.setPen(QPen(kPage, current ? 2.6 : 1.3));
        painter.drawPolygon(outline);
        // At the page's upper left corner, where its title stands too.
        QString words = QString::number(i + 1);
        if (QLineF(outline[3], outline[2]).length() > kLeastForName) words += QStringLiteral("  ") + mPages[i].name;
        const QFontMetricsF metrics(painter.font());
        const QRectF plate(outline[3] + QPointF(2, 2), QSizeF(metrics.horizontalAdvance(words) + 10, metrics.height() + 4));
        painter.setPen(Qt::NoPen);
        painter.setBrush(current ? kPage : QColor(255, 255, 255, 225));
        painter.drawRoundedRect(plate, 3, 3);
        painter.setPen(current ? QColor(Qt::white) : kPage.darker(130));
        painter.drawText(plate, Qt::AlignCenter, words);
    };
    for (std::size_t i = 0; i < mPages.size(); ++i) {
        if (static_cast<int>(i) + 1 != mCurrent) draw(i);
    }
    if (mCurrent >= 1 && mCurrent <= static_cast<int>(mPages.size())) draw(static_cast<std::size_t>(mCurrent) - 1);
}

}  // namespace zonewright::desktop
