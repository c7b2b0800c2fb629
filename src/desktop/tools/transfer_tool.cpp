#include <QPainter>

#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/tools/drawing_tool.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/trial.h"

namespace zonewright::desktop {
namespace {

/// From a zone, an outline of land, to a zone: three steps. Without an outline the whole part that was clicked goes.
class TransferTool : public DrawingTool {
public:
    explicit TransferTool(EditDesk& desk) : DrawingTool(desk, Shape::Outline) {}

    void leave() override {
        startAnew();
        DrawingTool::leave();
    }
    void press(const Pointer& pointer) override {
        if (pointer.button != Qt::LeftButton) return;
        mDesk.clearRefusal();
        switch (mStep) {
            case Step::Giver: pickGiver(pointer.map); break;
            case Step::Outline: DrawingTool::press(pointer); break;
            case Step::Taker: pickTaker(pointer.map); break;
        }
    }
    void doubleClick(const Pointer& pointer) override {
        if (mStep == Step::Outline) DrawingTool::doubleClick(pointer);
    }
    void finish(const Pointer& pointer) override {
        if (mStep == Step::Outline && points().empty()) goTo(Step::Taker);  // the whole part
        else DrawingTool::finish(pointer);
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        if (mGiver) {
            painter.setPen(QPen(kEditColour, 2));
            painter.setBrush(mArea.polygons.empty() && mStep == Step::Taker ? QBrush(QColor(0xd8, 0x1b, 0x60, 50)) : Qt::NoBrush);
            painter.drawPath(pathOf(Geometry(mGiver->geometry), view));
        }
        if (!mArea.polygons.empty()) {
            painter.setPen(QPen(kEditColour, 2, Qt::DashLine));
            painter.setBrush(QColor(0xd8, 0x1b, 0x60, 60));
            painter.drawPath(pathOf(Geometry(mArea), view));
        }
        DrawingTool::paint(painter, view);
    }
    [[nodiscard]] QString hint() const override {
        switch (mStep) {
            case Step::Giver: return text("第 1 步：单击出让土地的分区", "Step 1: click the zone that gives land");
            case Step::Outline: return text("第 2 步：画出要划转的范围，右键完成；直接右键则划转整块", "Step 2: outline the land, right button finishes; right button at once takes the whole part");
            case Step::Taker: return text("第 3 步：单击接收的分区；Esc 从头开始", "Step 3: click the zone that takes it; Esc starts anew");
        }
        return {};
    }

protected:
    [[nodiscard]] bool isDrawing() const override { return mStep == Step::Outline; }
    void cancelled() override { startAnew(); }
    void drawn(LineString line) override {
        mArea = polygonOf(line);
        goTo(Step::Taker);
    }

private:
    enum class Step { Giver, Outline, Taker };

    void goTo(Step step) {
        mStep = step;
        emit hintChanged();
        update();
    }
    void startAnew() {
        mGiver.reset();
        mArea = {};
        goTo(Step::Giver);
    }
    void pickGiver(Point place) {
        mDesk.zoneAt(place, this, [this, place](std::optional<PickedZone> zone) {
            if (!zone) return;
            mGiver = std::move(zone);
            mInside = place;
            goTo(Step::Outline);
        });
    }
    void pickTaker(Point place) {
        mDesk.zoneAt(place, this, [this](std::optional<PickedZone> zone) {
            if (!zone || !mGiver) return;
            const coverage::Edit edit = mArea.polygons.empty() ? coverage::Edit(coverage::TransferPart{mInside, zone->fid})
                                                               : coverage::Edit(coverage::Transfer{mGiver->fid, zone->fid, mArea});
            startAnew();
            mDesk.apply(edit);
        });
    }

    Step mStep = Step::Giver;
    std::optional<PickedZone> mGiver;
    Point mInside;
    MultiPolygon mArea;
};

}  // namespace

void addTransferTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.transfer", {"划转", "Transfer"}, Menu::Edit, {QKeySequence(Qt::Key_T)}, "transfer", Bar::Edit,
                                  {"把一块地从一个分区划给另一个", "Give land from one zone to another"}},
                                 std::make_unique<TransferTool>(desk), true);
}

}  // namespace zonewright::desktop
