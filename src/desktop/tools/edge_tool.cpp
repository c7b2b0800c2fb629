#include <QPainter>

#include "core/coverage/move_session.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/move_drag.h"

namespace zonewright::desktop {
namespace {

/// Drag a boundary edge, parallel to itself.
class EdgeTool : public Tool {
public:
    explicit EdgeTool(EditDesk& desk) : mDesk(desk), mDrag(desk) {
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
        const auto ground = mDesk.ground().at(pointer.map);
        if (!mHover || !ground || !ground->zones) return;
        auto session = coverage::MoveSession::ofEdge(ground->zones->coverage, mHover->a, mHover->b);
        if (!session) return mDesk.showRefusal(session.error());
        mTaken = *mHover;
        mDrag.start(ground, std::move(*session), mHover->a, mHover->place);
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
        if (from != to) mDesk.apply(coverage::MoveEdge{mTaken.a, mTaken.b, to});
        mDesk.workspace().map().update();
    }
    void finish(const Pointer&) override { cancel(); }
    void cancel() override {
        mDrag.stop();
        mDesk.clearRefusal();
        mDesk.workspace().map().update();
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        if (mDrag.active()) return mDrag.paint(painter, view);
        if (!mHover) return;
        painter.setPen(QPen(QColor(255, 255, 255, 210), 6));
        painter.drawLine(view.toPixel(mHover->a), view.toPixel(mHover->b));
        painter.setPen(QPen(kEditColour, 3));
        painter.drawLine(view.toPixel(mHover->a), view.toPixel(mHover->b));
        paintHandle(painter, view.toPixel(mHover->a), false);
        paintHandle(painter, view.toPixel(mHover->b), false);
    }
    [[nodiscard]] QString hint() const override {
        return text("拖动边界上的一条边平移；S 开关捕捉；Esc 放弃", "Drag a boundary edge parallel to itself; S toggles snapping; Esc gives up");
    }

private:
    void look(const Pointer& pointer) {
        const auto ground = mDesk.ground().at(pointer.map);
        mHover = ground && ground->network ? coverage::nearestEdge(*ground->network, pointer.map, mDesk.ground().reach()) : std::nullopt;
    }

    EditDesk& mDesk;
    MoveDrag mDrag;
    std::optional<coverage::NearEdge> mHover;
    coverage::NearEdge mTaken{};
    std::optional<Pointer> mLast;
};

}  // namespace

void addEdgeTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.edge", {"平移边", "Move edge"}, Menu::Edit, {QKeySequence(Qt::Key_E)}, "edge", Bar::Edit, {}},
                                 std::make_unique<EdgeTool>(desk), true);
}

}  // namespace zonewright::desktop
