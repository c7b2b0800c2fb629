#include "desktop/session/language.h"
#include "desktop/tools/drawing_tool.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/trial.h"

namespace zonewright::desktop {
namespace {

/// Outline a new zone; it takes its land from those that lie there.
class NewZoneTool : public DrawingTool {
public:
    explicit NewZoneTool(EditDesk& desk) : DrawingTool(desk, Shape::Outline), mTrial(desk) {}

    void leave() override {
        mTrial.clear();
        DrawingTool::leave();
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        if (!points().empty()) mTrial.paint(painter, view, points().back());
        DrawingTool::paint(painter, view);
    }
    [[nodiscard]] QString hint() const override {
        return text("画出新分区的范围，右键或 Enter 完成；所占土地从原分区划出", "Outline the new zone, right button or Enter finishes; its land comes from the zones there");
    }

protected:
    void grown() override {
        if (points().size() >= 3) mTrial.ask(coverage::NewZone{outline()});
        else mTrial.clear();
    }
    void drawn(LineString line) override {
        mTrial.clear();
        mDesk.applyAndSelectNew(coverage::NewZone{polygonOf(line)});
    }

private:
    Trial mTrial;
};

}  // namespace

void addNewZoneTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.new_zone", {"新建分区", "New zone"}, Menu::Edit, {QKeySequence(Qt::Key_P)}, "new-zone", Bar::Edit, {}},
                                 std::make_unique<NewZoneTool>(desk), true);
}

}  // namespace zonewright::desktop
