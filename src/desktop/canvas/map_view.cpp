#include "desktop/canvas/map_view.h"

#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include "desktop/canvas/frame_painting.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/tools/tool.h"

namespace zonewright::desktop {
namespace {

constexpr double kStep = 1.5;                  ///< zoom of a wheel notch
constexpr double kMetresPerInch = 0.0254;
constexpr double kDotsPerInch = 96;
constexpr int kSettledMilliseconds = 600;      ///< a view that was looked at is worth coming back to
constexpr std::size_t kMostVisits = 50;
constexpr int kFlashes = 6;

}  // namespace

MapView::MapView(MapService& maps, MapContent& content, QWidget* parent) : QWidget(parent), mContent(content), mFrames(maps, this) {
    setObjectName(QStringLiteral("map"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(200, 150);
    connect(&mFrames, &FrameSource::arrived, this, qOverload<>(&QWidget::update));
    connect(&mContent, &MapContent::changed, this, [this] {
        wantFrame();
        update();
    });
    mSettled.setSingleShot(true);
    connect(&mSettled, &QTimer::timeout, this, &MapView::rememberVisit);
    mFlashing.setInterval(220);
    connect(&mFlashing, &QTimer::timeout, this, [this] {
        if (++mFlashes >= kFlashes) mFlashing.stop();
        update();
    });
}

MapView::~MapView() = default;

Overlay::~Overlay() {
    if (mMap) mMap->removeOverlay(this);
}

void MapView::setPlanOpen(bool open) {
    mPlanOpen = open;
    mVisits.clear();
    mVisit = -1;
    mFitted = false;
    mFlashing.stop();
    mFrames.setEnabled(open);
    emit visitsChanged();
    update();
}

void MapView::setView(const ViewTransform& view) {
    ViewTransform next = view;
    next.size = size();
    if (next == mView) return;
    mView = next;
    mFitted = true;
    wantFrame();
    mSettled.start(kSettledMilliseconds);
    emit viewChanged();
    update();
}

void MapView::showBox(const Box& box, double margin) {
    if (!box.empty()) setView(mView.fittedTo(box, margin));
    mFitted = true;
}

double MapView::scale() const { return mView.metresPerPixel * kDotsPerInch / kMetresPerInch; }

void MapView::setScale(double denominator) {
    if (!(denominator > 0)) return;
    const double wanted = denominator * kMetresPerInch / kDotsPerInch;
    setView(mView.scaledBy(wanted / mView.metresPerPixel, QPointF(width() / 2.0, height() / 2.0)));
}

void MapView::rememberVisit() {
    if (mVisit >= 0 && mVisits[static_cast<std::size_t>(mVisit)] == mView) return;
    mVisits.resize(static_cast<std::size_t>(mVisit + 1));
    mVisits.push_back(mView);
    if (mVisits.size() > kMostVisits) mVisits.erase(mVisits.begin());
    mVisit = static_cast<int>(mVisits.size()) - 1;
    emit visitsChanged();
}

void MapView::back() {
    if (mSettled.isActive()) {
        mSettled.stop();
        rememberVisit();
    }
    if (!canGoBack()) return;
    setView(mVisits[static_cast<std::size_t>(--mVisit)]);
    mSettled.stop();
    emit visitsChanged();
}

void MapView::forward() {
    if (!canGoForward()) return;
    setView(mVisits[static_cast<std::size_t>(++mVisit)]);
    mSettled.stop();
    emit visitsChanged();
}

void MapView::flash(const Geometry& geometry) {
    mFlash = geometry;
    mFlashes = 0;
    mFlashing.start();
    update();
}

void MapView::addOverlay(Overlay* overlay) {
    overlay->mMap = this;
    mOverlays.push_back(overlay);
    update();
}

void MapView::setUnderlay(Overlay* overlay) {
    overlay->mMap = this;
    mUnderlay = overlay;
    update();
}

void MapView::removeOverlay(Overlay* overlay) {
    std::erase(mOverlays, overlay);
    if (mUnderlay == overlay) mUnderlay = nullptr;
    update();
}

void MapView::setTool(Tool* tool) {
    if (tool == mTool) return;
    if (mTool != nullptr) mTool->leave();
    mTool = tool;
    if (mTool != nullptr) mTool->enter();
    refreshCursor();
    emit toolChanged();
    update();
}

void MapView::wantFrame() {
    if (mPlanOpen && !mContent.isEmpty()) mFrames.want(mView, mContent.view(), devicePixelRatioF());
}

void MapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), mPlanOpen ? Qt::white : palette().color(QPalette::Window));
    if (!mPlanOpen) return;
    if (!mContent.isEmpty()) paintFrames(painter, mFrames, mView, mContent.view());
    painter.setRenderHint(QPainter::Antialiasing);
    if (mUnderlay != nullptr) {
        painter.save();
        mUnderlay->paint(painter, mView);
        painter.restore();
    }
    for (Overlay* overlay : mOverlays) {
        painter.save();
        overlay->paint(painter, mView);
        painter.restore();
    }
    if (mTool != nullptr) {
        painter.save();
        mTool->paint(painter, mView);
        painter.restore();
    }
    if (mFlashing.isActive() && mFlashes % 2 == 0) {
        painter.setPen(QPen(QColor(0xff, 0x3b, 0x30), 3));
        painter.setBrush(QColor(0xff, 0x3b, 0x30, 50));
        painter.drawPath(pathOf(mFlash, mView));
    }
}

void MapView::resizeEvent(QResizeEvent*) {
    mView.size = size();
    if (!mFitted && !mWhole.empty()) {
        mView = mView.fittedTo(mWhole, 0.03);
        emit viewChanged();
    }
    wantFrame();
}

void MapView::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    if (notches != 0) setView(mView.scaledBy(std::pow(kStep, -notches), event->position()));
    mFitted = true;
    event->accept();
}

bool MapView::startsPan(const QMouseEvent& event) const {
    return event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && (mSpace || mTool == nullptr));
}

void MapView::mousePressEvent(QMouseEvent* event) {
    if (!mPanFrom && startsPan(*event)) {
        mPanFrom = event->position();
        mFitted = true;
        refreshCursor();
        return;
    }
    if (mTool == nullptr) return;
    const Pointer pointer{mView.toMap(event->position()), event->position(), event->button(), event->buttons(), event->modifiers()};
    if (event->button() == Qt::RightButton) mTool->finish(pointer);
    else mTool->press(pointer);
}

void MapView::mouseMoveEvent(QMouseEvent* event) {
    if (mPanFrom) {
        const QPointF moved = event->position() - *mPanFrom;
        mPanFrom = event->position();
        setView(mView.pannedBy(moved));
    }
    mPointer = mView.toMap(event->position());
    if (!mPanFrom && mTool != nullptr) {
        mTool->move({*mPointer, event->position(), Qt::NoButton, event->buttons(), event->modifiers()});
    }
    emit pointerMoved();
}

void MapView::mouseReleaseEvent(QMouseEvent* event) {
    if (mPanFrom && (event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton)) {
        mPanFrom.reset();
        refreshCursor();
        return;
    }
    if (mTool == nullptr || event->button() == Qt::RightButton) return;
    mTool->release({mView.toMap(event->position()), event->position(), event->button(), event->buttons(), event->modifiers()});
}

void MapView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (mTool == nullptr || event->button() != Qt::LeftButton) {
        mousePressEvent(event);
        return;
    }
    mTool->doubleClick({mView.toMap(event->position()), event->position(), event->button(), event->buttons(), event->modifiers()});
}

bool MapView::navigate(QKeyEvent& event) {
    const double part = (event.modifiers() & Qt::ShiftModifier) != 0 ? 0.5 : 0.12;
    const QPointF middle(width() / 2.0, height() / 2.0);
    switch (event.key()) {
        case Qt::Key_Left: setView(mView.pannedBy({width() * part, 0})); return true;
        case Qt::Key_Right: setView(mView.pannedBy({-width() * part, 0})); return true;
        case Qt::Key_Up: setView(mView.pannedBy({0, height() * part})); return true;
        case Qt::Key_Down: setView(mView.pannedBy({0, -height() * part})); return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal: setView(mView.scaledBy(1 / kStep, middle)); return true;
        case Qt::Key_Minus: setView(mView.scaledBy(kStep, middle)); return true;
        case Qt::Key_Home: showAll(); return true;
        case Qt::Key_Space:
            if (!event.isAutoRepeat()) {
                mSpace = true;
                refreshCursor();
            }
            return true;
        default: return false;
    }
}

void MapView::keyPressEvent(QKeyEvent* event) {
    if (mTool != nullptr) {
        if (event->key() == Qt::Key_Escape) {
            mTool->cancel();
            return;
        }
        if (mTool->key(*event)) return;
    }
    if (!navigate(*event)) QWidget::keyPressEvent(event);
}

void MapView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        mSpace = false;
        refreshCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void MapView::leaveEvent(QEvent*) {
    mPointer.reset();
    emit pointerMoved();
}

void MapView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
}

void MapView::refreshCursor() {
    if (mPanFrom) setCursor(Qt::ClosedHandCursor);
    else if (mSpace || mTool == nullptr) setCursor(Qt::OpenHandCursor);
    else setCursor(mTool->cursor());
}

}  // namespace zonewright::desktop
