#include "desktop/tools/move_drag.h"

#include <QPainter>

#include "desktop/canvas/geometry_path.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {

void MoveDrag::start(std::shared_ptr<const Ground> ground, coverage::MoveSession session, Point from, std::optional<Point> grip) {
    mGround = std::move(ground);
    mSession.emplace(std::move(session));
    mFrom = mTo = from;
    mGrip = grip.value_or(from);
    mPreview = mSession->preview(from);
    mBefore = mPreview.areas;
    mEdges = mSession->edges(from);
    mSnap.reset();
    mDesk.live().start(mGround->layer);
    std::vector<LiveCheck::Place> places;
    for (const Fid zone : mSession->zones()) {
        if (const MultiPolygon* geometry = mGround->zones->coverage.find(zone)) places.emplace_back(mGround->nameOf(zone), *geometry);
    }
    mDesk.live().ask(std::move(places));
}

void MoveDrag::askLive() {
    if (mPreview.refused) return;
    const auto applied = mSession->result(mTo);
    if (!applied) return;
    std::vector<LiveCheck::Place> places;
    for (const coverage::ZoneChange& change : applied->changes) {
        if (change.after) places.emplace_back(mGround->nameOf(change.zone), *change.after);
    }
    if (!places.empty()) mDesk.live().ask(std::move(places));
}

void MoveDrag::moveTo(const Pointer& pointer) {
    if (!mSession) return;
    mSnap = mDesk.ground().snap(pointer);
    // What is dragged is no place to snap to.
    if (mSnap && mSnap->place == mFrom) mSnap.reset();
    const Point hand = mSnap ? mSnap->place : pointer.map;
    mTo = snapped(Point{mFrom.x + hand.x - mGrip.x, mFrom.y + hand.y - mGrip.y});
    mPreview = mSession->preview(mTo);
    mEdges = mSession->edges(mTo);
    askLive();
}

std::pair<Point, Point> MoveDrag::stop() {
    mSession.reset();
    mGround.reset();
    mDesk.live().stop();
    return {mFrom, mTo};
}

void MoveDrag::paint(QPainter& painter, const ViewTransform& view) const {
    if (!mSession) return;
    paintConflicts(painter, view, mDesk.live());
    const bool refused = mPreview.refused.has_value();
    const QColor colour = refused ? QColor(0xd3, 0x2f, 0x2f) : kEditColour;
    for (const LineString& edge : mEdges) {
        painter.setPen(QPen(QColor(255, 255, 255, 210), 5));
        painter.drawPath(pathOf(edge, view));
        painter.setPen(QPen(colour, 2.4, refused ? Qt::DashLine : Qt::SolidLine));
        painter.drawPath(pathOf(edge, view));
    }
    paintHandle(painter, view.toPixel(mTo), true);
    if (mSnap) paintSnap(painter, view, *mSnap);
    QStringList lines;
    for (std::size_t i = 0; i < mPreview.areas.size() && i < 6; ++i) {
        const coverage::ZoneArea& now = mPreview.areas[i];
        const SquareMetres change = i < mBefore.size() ? now.area - mBefore[i].area : SquareMetres();
        lines << QString::fromStdString(mGround->nameOf(now.zone)) + QStringLiteral("  ") + areaText(now.area) + QStringLiteral("  ") + changeText(change);
    }
    lines += linesOf(mDesk.live());
    if (refused) {
        lines.prepend(QStringLiteral("✕ ") + reasonOf(*mPreview.refused));
        const QPointF place = view.toPixel(mPreview.refused->place);
        painter.setPen(QPen(colour, 2.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(place, 9, 9);
    }
    paintNote(painter, view.toPixel(mTo) + QPointF(18, 18), lines);
}

}  // namespace zonewright::desktop
