#include "desktop/tools/frame_tool.h"

#include <array>
#include <cmath>

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
const QColor kFrameColour(0x1f, 0x6f, 0xb5);

std::array<Point, 4> cornersOf(const Box& b) { return {Point{b.minX, b.minY}, {b.maxX, b.minY}, {b.maxX, b.maxY}, {b.minX, b.maxY}}; }

/// Two significant digits: scales that people say.
double said(double scale) {
    const double step = std::pow(10, std::floor(std::log10(scale)) - 1);
    return std::round(scale / step) * step;
}

}  // namespace

SheetFrame atScale(const SheetFrame& frame, double scale) {
    const Point middle{(frame.box.minX + frame.box.maxX) / 2, (frame.box.minY + frame.box.maxY) / 2};
    const double w = (frame.box.maxX - frame.box.minX) / 2 * scale / frame.scale;
    const double h = (frame.box.maxY - frame.box.minY) / 2 * scale / frame.scale;
    return {{middle.x - w, middle.y - h, middle.x + w, middle.y + h}, scale};
}

FrameTool::FrameTool(Workspace& workspace) : mWorkspace(workspace) {}

void FrameTool::setFrame(const SheetFrame& frame) {
    mFrame = frame;
    mDone = false;
    mWorkspace.map().update();
}

/// Another tool was taken up: what was placed stays.
void FrameTool::leave() {
    mMoveFrom.reset();
    mFixed.reset();
    if (!std::exchange(mDone, true)) emit done(true);
}

std::optional<Point> FrameTool::cornerAt(const Pointer& pointer) const {
    for (const Point& corner : cornersOf(mFrame.box)) {
        const QPointF away = mWorkspace.map().view().toPixel(corner) - pointer.pixel;
        if (std::hypot(away.x(), away.y()) <= kReachPixels) return corner;
    }
    return std::nullopt;
}

void FrameTool::press(const Pointer& pointer) {
    if (pointer.button != Qt::LeftButton) return;
    if (const auto corner = cornerAt(pointer)) {
        mFixed = Point{mFrame.box.minX + mFrame.box.maxX - corner->x, mFrame.box.minY + mFrame.box.maxY - corner->y};
        return;
    }
    const Box& b = mFrame.box;
    const bool inside = pointer.map.x >= b.minX && pointer.map.x <= b.maxX && pointer.map.y >= b.minY && pointer.map.y <= b.maxY;
    // A click beside the frame brings it there.
    mMoveFrom = inside ? pointer.map : Point{(b.minX + b.maxX) / 2, (b.minY + b.maxY) / 2};
    move(pointer);
}

void FrameTool::move(const Pointer& pointer) {
    Box& b = mFrame.box;
    if (mMoveFrom) {
        const double dx = pointer.map.x - mMoveFrom->x;
        const double dy = pointer.map.y - mMoveFrom->y;
        b = {b.minX + dx, b.minY + dy, b.maxX + dx, b.maxY + dy};
        mMoveFrom = pointer.map;
    } else if (mFixed) {
        // The frame keeps its shape: the hand says how large, not how long or wide.
        const double w = b.maxX - b.minX;
        const double h = b.maxY - b.minY;
        const double factor = std::max({std::abs(pointer.map.x - mFixed->x) / w, std::abs(pointer.map.y - mFixed->y) / h, 1e-3});
        const double scale = std::max(said(mFrame.scale * factor), 10.0);
        const double nextW = w * scale / mFrame.scale * (pointer.map.x < mFixed->x ? -1 : 1);
        const double nextH = h * scale / mFrame.scale * (pointer.map.y < mFixed->y ? -1 : 1);
        b = {std::min(mFixed->x, mFixed->x + nextW), std::min(mFixed->y, mFixed->y + nextH), std::max(mFixed->x, mFixed->x + nextW),
             std::max(mFixed->y, mFixed->y + nextH)};
        mFrame.scale = scale;
    } else {
        return;
    }
    mWorkspace.map().update();
}

void FrameTool::release(const Pointer&) {
    mMoveFrom.reset();
    mFixed.reset();
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
    const QRectF frame = view.toPixel(mFrame.box);
    QPainterPath outside;
    outside.addRect(QRectF(QPointF(0, 0), QSizeF(view.size)));
    QPainterPath inside;
    inside.addRect(frame);
    painter.fillPath(outside.subtracted(inside), QColor(0x20, 0x28, 0x30, 90));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::white, 4));
    painter.drawRect(frame);
    painter.setPen(QPen(kFrameColour, 2));
    painter.drawRect(frame);
    painter.setBrush(Qt::white);
    for (const Point& corner : cornersOf(mFrame.box)) {
        const QPointF at = view.toPixel(corner);
        painter.drawRect(QRectF(at.x() - kHandle / 2, at.y() - kHandle / 2, kHandle, kHandle));
    }
    const QString size = text("%1 × %2 km", "%1 × %2 km").arg(number((mFrame.box.maxX - mFrame.box.minX) / 1000, 2), number((mFrame.box.maxY - mFrame.box.minY) / 1000, 2));
    const QPointF beside(std::clamp(frame.left() + 10, 10.0, view.size.width() - 160.0), std::clamp(frame.top() + 10, 10.0, view.size.height() - 60.0));
    paintNote(painter, beside, {scaleText(mFrame.scale), size});
}

QCursor FrameTool::cursor() const { return Qt::SizeAllCursor; }

QString FrameTool::hint() const {
    return text("拖动图框移动，拖动角点改变比例尺；右键或回车完成，Esc 放弃", "Drag the frame to move it, a corner to change the scale; right button or Enter when done, Esc leaves it as it was");
}

}  // namespace zonewright::desktop
