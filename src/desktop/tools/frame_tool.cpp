#include "desktop/tools/frame_tool.h"

#include <cmath>
#include <numbers>

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"
#include "desktop/tools/edit_desk.h"

namespace zonewright::desktop {
namespace {

constexpr double kReachPixels = 9;
constexpr double kHandle = 9;
constexpr double kTurnPixels = 26;      ///< of the turning handle above the frame
constexpr double kCatchDegrees = 2;     ///< near a right angle, the frame takes it
const QColor kFrameColour(0x1f, 0x6f, 0xb5);

/// Two significant digits: scales that people say.
double said(double scale) {
    const double step = std::pow(10, std::floor(std::log10(scale)) - 1);
    return std::round(scale / step) * step;
}

}  // namespace

FrameTool::FrameTool(Workspace& workspace) : mWorkspace(workspace) {}

void FrameTool::setFrame(const SheetFrame& frame) {
    mFrame = frame;
    mDone = false;
    mWorkspace.map().update();
}

/// Another tool was taken up: what was placed stays.
void FrameTool::leave() {
    release({});
    if (!std::exchange(mDone, true)) emit done(true);
}

std::optional<Point> FrameTool::cornerAt(const Pointer& pointer) const {
    for (const Point& corner : cornersOf(mFrame)) {
        const QPointF away = mWorkspace.map().view().toPixel(corner) - pointer.pixel;
        if (std::hypot(away.x(), away.y()) <= kReachPixels) return corner;
    }
    return std::nullopt;
}

/// Above the middle of the sheet's upper side; below it when that is out of sight.
QPointF FrameTool::turnHandle(const ViewTransform& view) const {
    const auto corners = cornersOf(mFrame);
    const QPointF left = view.toPixel(corners[3]);
    const QPointF right = view.toPixel(corners[2]);
    const QPointF along = (right - left) / std::max(1.0, std::hypot(right.x() - left.x(), right.y() - left.y()));
    const QPointF up(along.y(), -along.x());
    const QPointF above = (left + right) / 2 + up * kTurnPixels;
    const QRectF board = QRectF(QPointF(0, 0), QSizeF(view.size)).adjusted(kHandle, kHandle, -kHandle, -kHandle);
    return board.contains(above) ? above : (left + right) / 2 - up * kTurnPixels;
}

void FrameTool::press(const Pointer& pointer) {
    if (pointer.button != Qt::LeftButton) return;
    const QPointF fromHandle = turnHandle(mWorkspace.map().view()) - pointer.pixel;
    if (std::hypot(fromHandle.x(), fromHandle.y()) <= kReachPixels) {
        mTurning = true;
        return;
    }
    const Point middle = middleOf(mFrame);
    if (const auto corner = cornerAt(pointer)) {
        mFixed = Point{2 * middle.x - corner->x, 2 * middle.y - corner->y};
        return;
    }
    const Point inside = inFrame(mFrame, pointer.map);
    const bool within = 2 * std::abs(inside.x) <= mFrame.box.maxX - mFrame.box.minX && 2 * std::abs(inside.y) <= mFrame.box.maxY - mFrame.box.minY;
    // A click beside the frame brings it there.
    mMoveFrom = within ? pointer.map : middle;
    move(pointer);
}

void FrameTool::move(const Pointer& pointer) {
    if (mTurning) {
        turnTo(pointer.map);
    } else if (mMoveFrom) {
        Box& b = mFrame.box;
        const double dx = pointer.map.x - mMoveFrom->x;
        const double dy = pointer.map.y - mMoveFrom->y;
        b = {b.minX + dx, b.minY + dy, b.maxX + dx, b.maxY + dy};
        mMoveFrom = pointer.map;
    } else if (mFixed) {
        resizeTo(pointer.map);
    } else {
        return;
    }
    mWorkspace.map().update();
}

/// The frame keeps its shape: the hand says how large, not how long or wide.
void FrameTool::resizeTo(Point hand) {
    const double w = mFrame.box.maxX - mFrame.box.minX;
    const double h = mFrame.box.maxY - mFrame.box.minY;
    const Point fixed = inFrame(mFrame, *mFixed);
    const Point to = inFrame(mFrame, hand);
    const double factor = std::max({std::abs(to.x - fixed.x) / w, std::abs(to.y - fixed.y) / h, 1e-3});
    const double scale = std::max(said(mFrame.scale * factor), 10.0);
    const double nextW = w * scale / mFrame.scale;
    const double nextH = h * scale / mFrame.scale;
    const Point middle = onMap(mFrame, {fixed.x + (to.x < fixed.x ? -nextW : nextW) / 2, fixed.y + (to.y < fixed.y ? -nextH : nextH) / 2});
    mFrame.box = {middle.x - nextW / 2, middle.y - nextH / 2, middle.x + nextW / 2, middle.y + nextH / 2};
    mFrame.scale = scale;
}

/// Whole degrees, right angles where they are near.
void FrameTool::turnTo(Point hand) {
    const Point middle = middleOf(mFrame);
    const double degrees = std::round(std::atan2(middle.x - hand.x, hand.y - middle.y) * 180 / std::numbers::pi);
    const double right = std::round(degrees / 90) * 90;
    mFrame.rotation = std::abs(degrees - right) <= kCatchDegrees ? right : degrees;
}

void FrameTool::release(const Pointer&) {
    mMoveFrom.reset();
    mFixed.reset();
    mTurning = false;
}

void FrameTool::finish(const Pointer&) {
    mDone = true;
    emit done(true);
}

void FrameTool::cancel() {
    mDone = true;
    emit done(false);
}

bool FrameTool::key(QKeyEvent& event) {
    if (event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter) return false;
    finish({});
    return true;
}

void FrameTool::paint(QPainter& painter, const ViewTransform& view) {
    QPolygonF frame;
    for (const Point& corner : cornersOf(mFrame)) frame << view.toPixel(corner);
    QPainterPath outside;
    outside.addRect(QRectF(QPointF(0, 0), QSizeF(view.size)));
    QPainterPath inside;
    inside.addPolygon(frame);
    inside.closeSubpath();
    painter.fillPath(outside.subtracted(inside), QColor(0x20, 0x28, 0x30, 90));
    const QPointF turn = turnHandle(view);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, width] : {std::pair(QColor(Qt::white), 4.0), std::pair(kFrameColour, 2.0)}) {
        painter.setPen(QPen(colour, width));
        painter.drawPolygon(frame);
        painter.drawLine((frame[2] + frame[3]) / 2, turn);
    }
    painter.setBrush(Qt::white);
    for (const QPointF& at : frame) painter.drawRect(QRectF(at.x() - kHandle / 2, at.y() - kHandle / 2, kHandle, kHandle));
    painter.drawEllipse(turn, kHandle / 2 + 1, kHandle / 2 + 1);
    QStringList lines{scaleText(mFrame.scale), text("%1 × %2 km", "%1 × %2 km").arg(number((mFrame.box.maxX - mFrame.box.minX) / 1000, 2), number((mFrame.box.maxY - mFrame.box.minY) / 1000, 2))};
    if (mFrame.rotation != 0) lines << text("旋转 %1°", "turned %1°").arg(number(mFrame.rotation, 0));
    const QRectF bounds = frame.boundingRect();
    const QPointF beside(std::clamp(bounds.left() + 10, 10.0, view.size.width() - 160.0), std::clamp(bounds.top() + 10, 10.0, view.size.height() - 80.0));
    paintNote(painter, beside, lines);
}

QCursor FrameTool::cursor() const { return Qt::SizeAllCursor; }

QString FrameTool::hint() const {
    return text("拖动图框移动，拖动角点改变比例尺，拖动圆点旋转；右键或回车完成，Esc 放弃",
                "Drag the frame to move it, a corner to change the scale, the round handle to turn it; right button or Enter when done, Esc leaves it as it was");
}

}  // namespace zonewright::desktop
