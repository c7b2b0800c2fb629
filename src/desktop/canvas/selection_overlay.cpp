#include "desktop/canvas/selection_overlay.h"

#include <QPainter>

#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"

namespace zonewright::desktop {
namespace {

constexpr std::size_t kMostDrawn = 5000;

}  // namespace

SelectionOverlay::SelectionOverlay(Workspace& workspace) : mWorkspace(workspace) {
    connect(&workspace.selection(), &Selection::changed, this, &SelectionOverlay::reload);
    connect(&workspace.document(), &PlanDocument::changed, this, [this](const Change& change) {
        if (change.geometry) reload();
    });
}

void SelectionOverlay::reload() {
    if (mWorkspace.selection().isEmpty()) {
        mGeometries.clear();
        mBox = {};
        mWorkspace.map().update();
        return;
    }
    mReading = true;
    mWorkspace.document().read(
        this,
        [features = mWorkspace.selection().features()](const plan::Plan& plan) -> Result<std::vector<Geometry>> {
            std::vector<Geometry> out;
            for (const FeatureRef& feature : features) {
                if (out.size() == kMostDrawn) break;
                const auto table = plan::tableOf(plan, feature.layer);
                if (!table) continue;
                plan::Query query;
                query.fid = feature.fid;
                const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& one) {
                    out.push_back(std::move(one.geometry));
                    return true;
                });
                if (!read) return tl::unexpected(read.error());
            }
            return out;
        },
        [this](Result<std::vector<Geometry>> geometries) {
            mGeometries = geometries ? std::move(*geometries) : std::vector<Geometry>();
            mBox = {};
            for (const Geometry& geometry : mGeometries) mBox.add(boxOf(geometry));
            mReading = false;
            if (std::exchange(mZoom, false)) zoom();
            mWorkspace.map().update();
        });
}

void SelectionOverlay::zoom() {
    if (mReading) mZoom = true;
    else if (!mBox.empty()) mWorkspace.map().showBox(mBox, 0.3);
}

void SelectionOverlay::paint(QPainter& painter, const ViewTransform& view) {
    for (const Geometry& geometry : mGeometries) {
        const QPainterPath path = pathOf(geometry, view);
        const bool line = std::holds_alternative<LineString>(geometry) || std::holds_alternative<MultiLineString>(geometry);
        painter.setBrush(line ? Qt::NoBrush : QBrush(QColor(0xff, 0xc4, 0x00, 45)));
        painter.setPen(QPen(QColor(255, 255, 255, 200), 5));
        painter.drawPath(path);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0xf0, 0x8c, 0x00), 2.4));
        painter.drawPath(path);
    }
}

}  // namespace zonewright::desktop
