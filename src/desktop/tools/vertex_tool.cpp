#include <QKeyEvent>
#include <QPainter>

#include "core/coverage/move_session.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/move_drag.h"

namespace zonewright::desktop {
namespace {

/// Drag a vertex: every zone that uses it follows. Double click on an edge puts one in, Delete takes one out.
class VertexTool : public Tool {
public:
    explicit VertexTool(EditDesk& desk) : mDesk(desk), mDrag(desk) {
        connect(&desk.ground(), &EditGround::arrived, this, [this] {
            if (mLast) move(*mLast);
        });
    }

    void enter() override { mDesk.ensureLayer(); }
    void leave() override {
        mDrag.stop();
        mHover.reset();
        mLast.reset();
        mDesk.clearRefusal();
    }
    void press(const Pointer& pointer) override {
        if (pointer.button != Qt::LeftButton) return;
        mDesk.clearRefusal();
        look(pointer);
        if (!mHover) return;
        const auto ground = mDesk.ground().at(pointer.map);
        if (!ground || !ground->zones) return;
        auto session = coverage::MoveSession::ofVertex(ground->zones->coverage, *mHover);
        if (!session) return mDesk.showRefusal(session.error());
        mDrag.start(ground, std::move(*session), *mHover);
    }
    void move(const Pointer& pointer) override {
        mLast = pointer;
        if (mDrag.active()) mDrag.moveTo(pointer);
        else look(pointer);
        mDesk.workspace().map().update();
    }
    void release(const Pointer& pointer) override {
        if (!mDrag.active() || pointer.button != Qt::LeftButton) return;
        const auto [from, to] = mDrag.stop();
        mHover.reset();
        if (from != to) mDesk.apply(coverage::MoveVertex{from, to});
        mDesk.workspace().map().update();
    }
    void doubleClick(const Pointer& pointer) override {
        look(pointer);
        const auto ground = mDesk.ground().at(pointer.map);
        if (mHover || !ground || !ground->network) return;
        if (const auto edge = coverage::nearestEdge(*ground->network, pointer.map, mDesk.ground().reach())) mDesk.apply(coverage::InsertVertex{edge->place});
    }
    void finish(const Pointer&) override { cancel(); }
    void cancel() override {
        mDrag.stop();
        mDesk.clearRefusal();
        mDesk.workspace().map().update();
    }
    bool key(QKeyEvent& event) override {
        if (event.key() != Qt::Key_Delete || !mHover || mDrag.active()) return false;
        mDesk.apply(coverage::DeleteVertex{*mHover});
        mHover.reset();
        return true;
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        if (mDrag.active()) return mDrag.paint(painter, view);
        paintHandles(painter, view);
    }
    [[nodiscard]] QString hint() const override {
        return text("拖动顶点：相邻分区同时改变；双击边插入顶点；Delete 删除；S 开关捕捉；Esc 放弃",
                    "Drag a vertex: all zones there follow; double-click an edge to insert; Delete removes; S toggles snapping; Esc gives up");
    }

private:
    void look(const Pointer& pointer) {
        const auto ground = mDesk.ground().at(pointer.map);
        mHover = ground && ground->network ? coverage::nearestVertex(*ground->network, pointer.map, mDesk.ground().reach()) : std::nullopt;
    }

    /// Vertices round the pointer, as far as they stand apart.
    void paintHandles(QPainter& painter, const ViewTransform& view) {
        if (!mLast) return;
        const auto ground = mDesk.ground().at(mLast->map);
        if (!ground || !ground->network) return;
        if (ground->tooMuch) return;
        constexpr double kShownPixels = 140;
        const double half = kShownPixels * view.metresPerPixel;
        const GridPoint low = toGrid({mLast->map.x - half, mLast->map.y - half});
        const GridPoint high = toGrid({mLast->map.x + half, mLast->map.y + half});
        int shown = 0;
        ground->network->edgesNear(coverage::GridBox::of(low, high), [&](std::uint32_t i) {
            if (++shown > 600) return;
            const coverage::NetworkEdge& edge = ground->network->edges()[i];
            painter.setPen(QPen(kEditColour, 1.4));
            painter.drawLine(view.toPixel(toPoint(edge.a)), view.toPixel(toPoint(edge.b)));
            for (const GridPoint end : {edge.a, edge.b}) paintHandle(painter, view.toPixel(toPoint(end)), false);
        });
        if (mHover) paintHandle(painter, view.toPixel(*mHover), true);
    }

    EditDesk& mDesk;
    MoveDrag mDrag;
    std::optional<Point> mHover;
    std::optional<Pointer> mLast;
};

}  // namespace

void addVertexTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.vertex", {"移动顶点", "Move vertex"}, Menu::Edit, {QKeySequence(Qt::Key_N)}, "vertex", Bar::Edit,
                                  {"拖动、插入或删除分区边界的顶点", "Drag, insert or delete vertices of zone boundaries"}},
                                 std::make_unique<VertexTool>(desk), true);
}

}  // namespace zonewright::desktop
