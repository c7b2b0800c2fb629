#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/tried_drawing_tool.h"

namespace zonewright::desktop {
namespace {

/// Draw the boundary's new course, from the old boundary to the old boundary.
class ReshapeTool : public TriedDrawingTool {
public:
    explicit ReshapeTool(EditDesk& desk) : TriedDrawingTool(desk, Shape::Line) {}

    [[nodiscard]] QString hint() const override {
        return points().empty() ? text("从原边界上开始画新的边界线；可直接键入坐标或长度", "Start the boundary's new course on the old boundary; coordinates or lengths can be typed")
                                : text("在原边界上结束，右键或 Enter 完成；Backspace 退一点；Esc 放弃", "End on the old boundary; right button or Enter finishes; Backspace goes back; Esc gives up");
    }

protected:
    void tryOut() override { mTrial.ask(coverage::Reshape{points(), {}}); }
    void make(LineString line) override { mDesk.apply(coverage::Reshape{std::move(line), {}}); }
};

}  // namespace

void addReshapeTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.reshape", {"重画边界", "Reshape boundary"}, Menu::Edit, {QKeySequence(Qt::Key_R)}, "reshape", Bar::Edit,
                                  {"画一条线，边界改走此线", "Draw a line; the boundary follows it"}},
                                 std::make_unique<ReshapeTool>(desk), true);
}

}  // namespace zonewright::desktop
