#include "desktop/tools/site_tool.h"

#include <QPainter>

#include "core/analysis/siting/trial.h"
#include "core/geometry/grid.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"

namespace zonewright::desktop {

SiteTool::SiteTool(EditDesk& desk) : DrawingTool(desk, Shape::Outline) {
    connect(&desk.workspace().document(), &PlanDocument::closed, this, [this] { setSite({}); });
}

void SiteTool::setSite(MultiPolygon site) {
    mSite = std::move(site);
    mFrom.reset();
    update();
}

void SiteTool::enter() {
    DrawingTool::enter();
    mDesk.live().start({});
}

void SiteTool::leave() {
    mFrom.reset();
    mDesk.live().stop();
    DrawingTool::leave();
}

MultiPolygon SiteTool::dragged() const {
    if (!mFrom) return mSite;
    const analysis::siting::Shift shift{Metres(mTo.x - mFrom->x), Metres(mTo.y - mFrom->y), {}};
    return std::get<MultiPolygon>(analysis::siting::moved(Geometry(mSite), shift));
}

void SiteTool::ask(const MultiPolygon& site) { mDesk.live().ask({{text("地块", "site").toStdString(), site}}); }

void SiteTool::press(const Pointer& pointer) {
    const bool inside = points().empty() && !mSite.polygons.empty() &&
                        pathOf(Geometry(mSite), mDesk.workspace().map().view()).contains(pointer.pixel);
    if (pointer.button != Qt::LeftButton || !inside) return DrawingTool::press(pointer);
    mFrom = mTo = pointer.map;
    mDesk.live().start({});
    ask(mSite);
}

void SiteTool::move(const Pointer& pointer) {
    if (mFrom) {
        mTo = pointer.map;
        ask(dragged());
    }
    DrawingTool::move(pointer);
    if (!mFrom && points().size() >= 2 && this->pointer()) {
        LineString line = points();
        line.push_back(*this->pointer());
        ask(polygonOf(line));
    }
}

void SiteTool::release(const Pointer&) {
    if (!mFrom) return;
    const bool moved = *mFrom != mTo;
    const MultiPolygon site = dragged();
    mFrom.reset();
    mDesk.live().start({});
    if (!moved) return;
    mSite = std::get<MultiPolygon>(snapped(Geometry(site)));
    emit placed(mSite);
}

void SiteTool::cancel() {
    mFrom.reset();
    mDesk.live().start({});
    DrawingTool::cancel();
}

void SiteTool::grown() {
    if (points().size() < 2) mDesk.live().start({});
}

void SiteTool::drawn(LineString points) {
    mSite = polygonOf(points);
    mDesk.live().start({});
    update();
    emit placed(mSite);
}

void SiteTool::paint(QPainter& painter, const ViewTransform& view) {
    if (!mSite.polygons.empty() && points().empty()) {
        const QPainterPath path = pathOf(Geometry(dragged()), view);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(255, 255, 255, 220), 5));
        painter.drawPath(path);
        painter.setPen(QPen(QColor(0x20, 0x20, 0x20), 2.4));
        painter.drawPath(path);
    }
    if (mFrom || points().size() >= 2) {
        paintConflicts(painter, view, mDesk.live());
        QStringList lines = linesOf(mDesk.live(), mFrom.has_value());
        if (lines.isEmpty()) lines << text("未见禁止性冲突", "Nothing prohibits it here");
        paintNote(painter, QPointF(12, 12), lines);
    }
    DrawingTool::paint(painter, view);
}

QString SiteTool::hint() const {
    if (!mSite.polygons.empty() && points().empty()) {
        return text("拖动地块试探位置，或画新的范围；右键或 Enter 完成，随即检查", "Drag the site to try places, or outline another one; right button or Enter finishes and checks it");
    }
    return text("画出地块范围，右键或 Enter 完成，随即检查", "Outline the site; right button or Enter finishes and checks it");
}

void addSiteTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.site", {"绘制地块", "Draw a site"}, Menu::Analysis, {QKeySequence(Qt::CTRL | Qt::Key_D)}, "siting", Bar::Select,
                                  {"画出项目地块并检查能否选址，不写入规划", "Outline a project's site and check it; nothing is written to the plan"}},
                                 std::make_unique<SiteTool>(desk));
}

}  // namespace zonewright::desktop
