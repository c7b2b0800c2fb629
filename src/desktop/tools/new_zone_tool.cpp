#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/tried_drawing_tool.h"

namespace zonewright::desktop {
namespace {

/// Outline a new zone; it takes its land from those that lie there.
class NewZoneTool : public TriedDrawingTool {
public:
    explicit NewZoneTool(EditDesk& desk) : TriedDrawingTool(desk, Shape::Outline) {}

    [[nodiscard]] QString hint() const override {
        return text("画出新分区的范围，右键或 Enter 完成；所占土地从原分区划出", "Outline the new zone, right button or Enter finishes; its land comes from the zones there");
    }

protected:
    void tryOut() override { mTrial.ask(coverage::NewZone{outline()}); }
    void make(LineString line) override { mDesk.applyAndSelectNew(coverage::NewZone{polygonOf(line)}); }
};

}  // namespace

void addNewZoneTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.new_zone", {"新建分区", "New zone"}, Menu::Edit, {QKeySequence(Qt::Key_P)}, "new-zone", Bar::Edit, {}},
                                 std::make_unique<NewZoneTool>(desk), true);
}

}  // namespace zonewright::desktop
