#include "desktop/canvas/swipe.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "desktop/canvas/frame_painting.h"
#include "desktop/canvas/map_view.h"
#include "desktop/canvas/plate.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr int kHandle = 19;       ///< pixels that take the mouse
constexpr double kStep = 0.01;    ///< of the width, by an arrow key
constexpr double kLeap = 0.1;     ///< with Shift
constexpr double kGripRadius = 13;
const QColor kLine(0x2b, 0x35, 0x40);

}  // namespace

Swipe::Swipe(MapView& map, OtherMap& other) : QWidget(&map), mView(map), mOther(other), mFrames(other.maps(), this) {
    setObjectName(QStringLiteral("swipe"));
    setCursor(Qt::SplitHCursor);
    setFocusPolicy(Qt::StrongFocus);
    map.setUnderlay(this);
    map.installEventFilter(this);
    const auto repaint = [this] { mView.update(); };
    connect(&mFrames, &FrameSource::arrived, this, repaint);
    connect(&map, &MapView::viewChanged, this, &Swipe::want);
    connect(&mOther.content(), &MapContent::changed, this, [this, repaint] {
        want();
        repaint();
    });
    connect(&mOther, &OtherMap::opened, this, [this] {
        mFrames.setEnabled(true);
        want();
    });
    connect(&mOther, &OtherMap::outdated, this, [this](const Box& area) { mFrames.outdate(area); });
    connect(&mFrames, &FrameSource::failed, &mOther, &OtherMap::failed);
    if (mOther.isOpen()) mFrames.setEnabled(true);
    want();
    inLanguage(this, [this] {
        setToolTip(text("拖动以对比；获得焦点后可用左右方向键移动，Esc 结束", "Drag to compare; with the focus, the arrow keys move it and Esc ends"));
        setAccessibleName(text("卷帘分界线", "Divider of the swipe"));
        want();
    });
    place();
    show();
    raise();
}

void Swipe::setTitles(const QString& left, const QString& right) {
    mLeft = left;
    mRight = right;
    mView.update();
}

void Swipe::setShare(double share) {
    mShare = std::clamp(share, 0.0, 1.0);
    place();
    mView.update();
}

void Swipe::want() {
    if (mOther.isOpen() && !mOther.content().isEmpty()) mFrames.want(mView.view(), mOther.content().view(), mView.devicePixelRatioF());
}

void Swipe::place() { setGeometry(static_cast<int>(std::lround(mShare * mView.width())) - kHandle / 2, 0, kHandle, mView.height()); }

void Swipe::paint(QPainter& painter, const ViewTransform& view) {
    const double at = std::round(mShare * view.size.width());
    const QRectF left(0, 0, at, view.size.height());
    const QRectF right(at, 0, view.size.width() - at, view.size.height());
    painter.save();
    painter.setClipRect(left);
    painter.fillRect(left, Qt::white);
    paintFrames(painter, mFrames, view, mOther.content().view());
    painter.restore();
    painter.setRenderHint(QPainter::Antialiasing);
    paintPlate(painter, left, mLeft, Qt::AlignLeft);
    paintPlate(painter, right, mRight, Qt::AlignRight);
}

/// The divider alone; it lies over everything on the map.
void Swipe::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double x = kHandle / 2.0;
    painter.setPen(QPen(QColor(255, 255, 255, 230), 5));
    painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    painter.setPen(QPen(hasFocus() ? palette().color(QPalette::Highlight) : kLine, 2));
    painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    const QRectF grip(0.5, height() / 2.0 - kGripRadius, kHandle - 1, 2 * kGripRadius);
    painter.setBrush(Qt::white);
    painter.drawRoundedRect(grip, 5, 5);
    painter.setPen(QPen(kLine, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const double side : {-1.0, 1.0}) {
        painter.drawPolyline(QPolygonF{QPointF(x + side * 2.5, grip.center().y() - 4), QPointF(x + side * 6, grip.center().y()), QPointF(x + side * 2.5, grip.center().y() + 4)});
    }
}

void Swipe::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        event->ignore();  // the map navigates
        return;
    }
    mGrip = event->position().x() - kHandle / 2.0;
}

void Swipe::mouseMoveEvent(QMouseEvent* event) {
    if ((event->buttons() & Qt::LeftButton) == 0) {
        event->ignore();
        return;
    }
    setShare((mapToParent(event->position()).x() - mGrip) / std::max(1, mView.width()));
}

void Swipe::keyPressEvent(QKeyEvent* event) {
    const double step = (event->modifiers() & Qt::ShiftModifier) != 0 ? kLeap : kStep;
    switch (event->key()) {
        case Qt::Key_Left: setShare(mShare - step); break;
        case Qt::Key_Right: setShare(mShare + step); break;
        case Qt::Key_Home: setShare(0); break;
        case Qt::Key_End: setShare(1); break;
        case Qt::Key_Escape: emit ended(); break;
        default: QWidget::keyPressEvent(event);
    }
}

void Swipe::focusInEvent(QFocusEvent*) { update(); }
void Swipe::focusOutEvent(QFocusEvent*) { update(); }

bool Swipe::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &mView && event->type() == QEvent::Resize) {
        place();
        // After the map has taken its new size.
        QMetaObject::invokeMethod(this, &Swipe::want, Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace zonewright::desktop
