#include "desktop/dialogs/sheet_preview.h"

#include <algorithm>
#include <cmath>

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr double kMargin = 14;
constexpr double kClosest = 8;
constexpr double kFinestDpi = 300;
constexpr double kMillimetresPerInch = 25.4;
constexpr int kSettledMilliseconds = 250;

}  // namespace

SheetPreview::SheetPreview(QWidget* parent) : QWidget(parent) {
    setMinimumSize(360, 280);
    setObjectName(QStringLiteral("sheet_preview"));
    mSettled.setSingleShot(true);
    mSettled.setInterval(kSettledMilliseconds);
    connect(&mSettled, &QTimer::timeout, this, &SheetPreview::dpiChanged);
    inLanguage(this, [this] {
        setToolTip(text("滚轮放大，拖动移动，双击看整页", "Wheel: look closer; drag: move; double click: the whole page"));
        update();
    });
}

void SheetPreview::setPaper(QSizeF millimetres) {
    if (millimetres.isEmpty() || millimetres == mPaper) return;
    mPaper = millimetres;
    mZoom = 1;
    mOffset = {};
    mPage = {};  // of another shape
    update();
}

void SheetPreview::show(const QImage& page) {
    mPage = page;
    mWhyNot.clear();
    update();
}

void SheetPreview::setBusy(bool busy) {
    mBusy = busy;
    update();
}

void SheetPreview::refuse(const QString& why) {
    mPage = {};
    mWhyNot = why;
    update();
}

double SheetPreview::fitting() const {
    return std::max(0.1, std::min((width() - 2 * kMargin) / mPaper.width(), (height() - 2 * kMargin) / mPaper.height()));
}

double SheetPreview::dpi() const { return std::clamp(fitting() * mZoom * kMillimetresPerInch * devicePixelRatioF(), 20.0, kFinestDpi); }

QRectF SheetPreview::pageRect() const {
    const QSizeF size = mPaper * (fitting() * mZoom);
    const QPointF middle = QPointF(width() / 2.0, height() / 2.0) + mOffset;
    return {std::round(middle.x() - size.width() / 2), std::round(middle.y() - size.height() / 2), size.width(), size.height()};
}

void SheetPreview::keepInSight() {
    const QSizeF size = mPaper * (fitting() * mZoom);
    const double x = std::max(0.0, (size.width() - width()) / 2 + kMargin);
    const double y = std::max(0.0, (size.height() - height()) / 2 + kMargin);
    mOffset = {std::clamp(mOffset.x(), -x, x), std::clamp(mOffset.y(), -y, y)};
}

void SheetPreview::zoomTo(double zoom, QPointF fixed) {
    zoom = std::clamp(zoom, 1.0, kClosest);
    const QPointF middle(width() / 2.0, height() / 2.0);
    mOffset = (mOffset + middle - fixed) * (zoom / mZoom) + fixed - middle;
    mZoom = zoom;
    keepInSight();
    mSettled.start();
    update();
}

void SheetPreview::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window).darker(palette().color(QPalette::Window).lightness() < 128 ? 130 : 112));
    const QRectF page = pageRect();
    painter.fillRect(page.translated(3, 3), QColor(0, 0, 0, 60));
    painter.fillRect(page, Qt::white);
    if (!mPage.isNull()) {
        const double ratio = devicePixelRatioF();
        const QSizeF natural = QSizeF(mPage.size()) / ratio;
        // Of the resolution of the screen: dot on pixel, as it was drawn.
        if (std::abs(natural.width() - page.width()) < 1.5) {
            painter.drawImage(QRectF(page.topLeft(), natural), mPage);
        } else {
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(page, mPage);
        }
    }
    const auto say = [&](const QString& words) {
        painter.setPen(QColor(0x44, 0x4c, 0x54));
        painter.drawText(page.intersected(QRectF(rect())).adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, words);
    };
    if (!mWhyNot.isEmpty()) say(mWhyNot);
    else if (mPage.isNull() && mBusy) say(text("正在绘制…", "Drawing…"));
    if (mBusy && !mPage.isNull()) {
        const QString words = text("正在更新…", "Updating…");
        const QRectF plate(10, height() - 34, painter.fontMetrics().horizontalAdvance(words) + 20, 24);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(QColor(0x2b, 0x31, 0x37, 215));
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(plate, 4, 4);
        painter.setPen(Qt::white);
        painter.drawText(plate, Qt::AlignCenter, words);
    }
}

void SheetPreview::resizeEvent(QResizeEvent*) {
    keepInSight();
    mSettled.start();
}

void SheetPreview::wheelEvent(QWheelEvent* event) { zoomTo(mZoom * std::pow(1.25, event->angleDelta().y() / 120.0), event->position()); }

void SheetPreview::mousePressEvent(QMouseEvent* event) {
    mFrom = event->pos();
    if (mZoom > 1) setCursor(Qt::ClosedHandCursor);
}

void SheetPreview::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() == Qt::NoButton) return;
    mOffset += event->pos() - mFrom;
    mFrom = event->pos();
    keepInSight();
    update();
}

void SheetPreview::mouseReleaseEvent(QMouseEvent*) { unsetCursor(); }

void SheetPreview::mouseDoubleClickEvent(QMouseEvent* event) { zoomTo(mZoom > 1 ? 1 : 3, event->position()); }

}  // namespace zonewright::desktop
