#include "desktop/canvas/siting_overlay.h"

#include <QPainter>

#include "desktop/canvas/geometry_path.h"

namespace zonewright::desktop {
namespace {

constexpr std::size_t kMostDrawn = 5000;  ///< of a batch: what is beyond is in the table

bool isLine(const Geometry& geometry) {
    return std::holds_alternative<LineString>(geometry) || std::holds_alternative<MultiLineString>(geometry);
}

void paintHatched(QPainter& painter, const ViewTransform& view, const SitingOverlay::Conflict& conflict, bool strong) {
    const QPainterPath path = pathOf(conflict.geometry, view);
    const QColor colour(conflict.colour);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 210), strong ? 7 : 3.5));
    painter.drawPath(path);
    QColor fill = colour;
    fill.setAlpha(strong ? 235 : 160);
    if (!isLine(conflict.geometry)) painter.setBrush(QBrush(fill, strong ? Qt::DiagCrossPattern : Qt::BDiagPattern));
    painter.setPen(QPen(colour, strong ? 3.6 : 1.6));
    painter.drawPath(path);
}

}  // namespace

void SitingOverlay::setAnswer(std::vector<Geometry> sites, std::vector<Conflict> conflicts) {
    mSites = std::move(sites);
    mConflicts = std::move(conflicts);
    mPicked.reset();
    mProposed = {};
}

void SitingOverlay::clear() { setAnswer({}, {}); }

void SitingOverlay::paint(QPainter& painter, const ViewTransform& view) {
    const Box extent = view.extent();
    std::size_t drawn = 0;
    for (const Conflict& conflict : mConflicts) {
        if (!boxOf(conflict.geometry).intersects(extent)) continue;
        if (++drawn > kMostDrawn) break;
        paintHatched(painter, view, conflict, false);
    }
    painter.setBrush(Qt::NoBrush);
    drawn = 0;
    for (const Geometry& site : mSites) {
        if (!boxOf(site).intersects(extent)) continue;
        if (++drawn > kMostDrawn) break;
        const QPainterPath path = pathOf(site, view);
        painter.setPen(QPen(QColor(255, 255, 255, 220), 5));
        painter.drawPath(path);
        painter.setPen(QPen(QColor(0x20, 0x20, 0x20), 2.4));
        painter.drawPath(path);
    }
    if (mPicked) paintHatched(painter, view, *mPicked, true);
    if (boxOf(mProposed).empty()) return;
    const QPainterPath path = pathOf(mProposed, view);
    painter.setBrush(QColor(0x2e, 0x8b, 0x43, 60));
    painter.setPen(QPen(Qt::white, 5));
    painter.drawPath(path);
    painter.setPen(QPen(QColor(0x1b, 0x6e, 0x30), 2.4, Qt::DashLine));
    painter.drawPath(path);
}

}  // namespace zonewright::desktop
