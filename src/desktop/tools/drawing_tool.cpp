#include "desktop/tools/drawing_tool.h"

#include <cmath>
#include <numbers>

#include <QKeyEvent>
#include <QPainter>

#include "core/geometry/measure.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/coordinates.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

double bearingOf(Point from, Point to) {
    const double degrees = std::atan2(to.x - from.x, to.y - from.y) * 180 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

}  // namespace

MultiPolygon polygonOf(const LineString& points) {
    Ring ring = points;
    if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
    return {{Polygon{{std::move(ring)}}}};
}

DrawingTool::DrawingTool(EditDesk& desk, Shape shape) : mDesk(desk), mShape(shape) {
    connect(&desk.ground(), &EditGround::arrived, this, [this] { update(); });
}

void DrawingTool::enter() {
    if (edits()) mDesk.ensureLayer();
    if (mEntry == nullptr) mEntry = new NumericEntry(&mDesk.workspace().map());
}

void DrawingTool::leave() {
    clear();
    mSnap.reset();
    mPointer.reset();
    if (mEntry != nullptr) mEntry->hide();
    mDesk.forgetTryOut();
    mDesk.clearRefusal();
}

void DrawingTool::update() { mDesk.workspace().map().update(); }

void DrawingTool::add(Point place) {
    if (!mPoints.empty() && mPoints.back() == place) return;
    mDesk.clearRefusal();
    mPoints.push_back(place);
    grown();
    emit hintChanged();
    update();
}

void DrawingTool::clear() {
    mPoints.clear();
    emit hintChanged();
    update();
}

void DrawingTool::press(const Pointer& pointer) {
    if (pointer.button == Qt::LeftButton && isDrawing()) add(mDesk.ground().placed(pointer));
}

void DrawingTool::move(const Pointer& pointer) {
    mSnap = isDrawing() ? mDesk.ground().snap(pointer) : std::nullopt;
    mPointer = mSnap ? mSnap->place : snapped(pointer.map);
    update();
}

void DrawingTool::doubleClick(const Pointer& pointer) {
    press(pointer);
    finish(pointer);
}

void DrawingTool::finish(const Pointer&) {
    if (mPoints.size() < fewest()) return;
    LineString done;
    done.swap(mPoints);
    emit hintChanged();
    update();
    drawn(std::move(done));
}

void DrawingTool::cancel() {
    if (!mPoints.empty()) {
        clear();
        grown();
    } else {
        cancelled();
    }
    mDesk.forgetTryOut();
    mDesk.clearRefusal();
    update();
}

bool DrawingTool::key(QKeyEvent& event) {
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        finish({});
        return true;
    }
    if (event.key() == Qt::Key_Backspace && !mPoints.empty()) {
        mPoints.pop_back();
        grown();
        update();
        return true;
    }
    const QString typed = event.text();
    const bool starts = typed.size() == 1 && (typed[0].isDigit() || typed[0] == QLatin1Char('@') || typed[0] == QLatin1Char('-'));
    if ((!starts && event.key() != Qt::Key_Tab) || !isDrawing() || mEntry == nullptr || (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0) return false;
    const auto coordinates = Coordinates::of(mDesk.workspace().document().crs());
    mEntry->open(
        starts ? typed : QString(),
        [this, coordinates] {
            NumericContext context{mPoints.empty() ? std::nullopt : std::optional(mPoints.back()), mPointer, {}};
            if (coordinates) context.readPlace = [coordinates](const std::string& text) { return coordinates->read(text); };
            return context;
        },
        [this](Point place) { add(place); });
    return true;
}

MultiPolygon DrawingTool::outline() const { return polygonOf(mPoints); }

void DrawingTool::paint(QPainter& painter, const ViewTransform& view) {
    LineString line = mPoints;
    if (mPointer && isDrawing()) line.push_back(*mPointer);
    if (!mPoints.empty()) {
        const bool closed = mShape == Shape::Outline && line.size() > 2;
        const QPainterPath path = pathOf(line, view, closed);
        painter.setBrush(closed ? QBrush(QColor(0xd8, 0x1b, 0x60, 35)) : Qt::NoBrush);
        painter.setPen(QPen(QColor(255, 255, 255, 210), 4));
        painter.drawPath(path);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(kEditColour, 2));
        painter.drawPath(path);
        for (const Point& p : mPoints) paintHandle(painter, view.toPixel(p), false);
    }
    if (mSnap) paintSnap(painter, view, *mSnap);
    if (!mPointer || mPoints.empty() || !isDrawing()) return;
    const Point last = mPoints.back();
    QStringList lines{lengthText(Metres(std::hypot(mPointer->x - last.x, mPointer->y - last.y))) +
                      QStringLiteral("  ∠ %1°").arg(number(bearingOf(last, *mPointer), 1))};
    if (mShape == Shape::Outline && line.size() > 2) lines << areaText(planarArea(polygonOf(line)));
    paintNote(painter, view.toPixel(*mPointer) + QPointF(16, 16), lines);
}

}  // namespace zonewright::desktop
