#include <algorithm>

#include <QKeyEvent>
#include <QPainter>

#include "core/geometry/measure.h"
#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"

namespace zonewright::desktop {
namespace {

/// Click the zones; the first one keeps its name and attributes.
class MergeTool : public Tool {
public:
    explicit MergeTool(EditDesk& desk) : mDesk(desk) {}

    void enter() override { mDesk.ensureLayer(); }
    void leave() override { clear(); }
    void press(const Pointer& pointer) override {
        if (pointer.button != Qt::LeftButton) return;
        mDesk.clearRefusal();
        mDesk.zoneAt(pointer.map, this, [this](std::optional<PickedZone> zone) {
            if (!zone) return;
            if (std::erase_if(mZones, [&](const PickedZone& one) { return one.fid == zone->fid; }) == 0) mZones.push_back(std::move(*zone));
            emit hintChanged();
            mDesk.workspace().map().update();
        });
    }
    void doubleClick(const Pointer&) override {}
    void move(const Pointer& pointer) override {
        mLast = pointer.map;
        mDesk.workspace().map().update();
    }
    bool key(QKeyEvent& event) override;
    void finish(const Pointer&) override {
        if (mZones.size() < 2) return;
        coverage::Merge merge;
        for (const PickedZone& zone : mZones) merge.zones.push_back(zone.fid);
        merge.keep = mZones.front().fid;
        mDesk.apply(std::move(merge));
        clear();
    }
    void cancel() override {
        clear();
        mDesk.clearRefusal();
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        SquareMetres sum;
        for (const PickedZone& zone : mZones) {
            sum += planarArea(zone.geometry);
            painter.setPen(QPen(kEditColour, 2));
            painter.setBrush(QColor(0xd8, 0x1b, 0x60, &zone == &mZones.front() ? 80 : 40));
            painter.drawPath(pathOf(Geometry(zone.geometry), view));
        }
        if (mZones.empty() || !mLast) return;
        paintNote(painter, view.toPixel(*mLast) + QPointF(16, 16),
                  {text("保留：", "Keeps: ") + QString::fromStdString(mZones.front().name), text("%1 个分区，共 ", "%1 zones, ").arg(mZones.size()) + areaText(sum)});
    }
    [[nodiscard]] QString hint() const override {
        return mZones.size() < 2 ? text("依次单击要合并的分区，先点的保留名称和属性", "Click the zones to merge; the first keeps its name and attributes")
                                 : text("右键或 Enter 合并；再次单击取消选中；Esc 放弃", "Right button or Enter merges; click again to leave out; Esc gives up");
    }

private:
    void clear() {
        mZones.clear();
        emit hintChanged();
        mDesk.workspace().map().update();
    }

    EditDesk& mDesk;
    std::vector<PickedZone> mZones;
    std::optional<Point> mLast;
};

bool MergeTool::key(QKeyEvent& event) {
    if (event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter) return false;
    finish({});
    return true;
}

}  // namespace

void addMergeTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.merge", {"合并", "Merge"}, Menu::Edit, {QKeySequence(Qt::Key_M)}, "merge", Bar::Edit, {}},
                                 std::make_unique<MergeTool>(desk), true);
}

}  // namespace zonewright::desktop
