#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"

namespace zonewright::desktop {
namespace {

/// Click into unzoned land that zones enclose: it goes to the zone with the longest boundary there.
class GapTool : public Tool {
public:
    explicit GapTool(EditDesk& desk) : mDesk(desk) {}

    void enter() override { mDesk.ensureLayer(); }
    void leave() override { mDesk.clearRefusal(); }
    void press(const Pointer& pointer) override {
        if (pointer.button == Qt::LeftButton) mDesk.apply(coverage::FillGap{snapped(pointer.map), {}});
    }
    void doubleClick(const Pointer&) override {}
    void cancel() override { mDesk.clearRefusal(); }
    [[nodiscard]] QString hint() const override {
        return text("单击被分区包围的空隙，划给相邻边界最长的分区", "Click a gap that zones enclose; it goes to the zone with the longest boundary there");
    }

private:
    EditDesk& mDesk;
};

}  // namespace

void addGapTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.gap", {"填补缝隙", "Fill a gap"}, Menu::Edit, {}, {}, Bar::None, {}}, std::make_unique<GapTool>(desk), true);
}

}  // namespace zonewright::desktop
