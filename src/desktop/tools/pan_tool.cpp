#include <optional>

#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/session/workspace.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

class PanTool : public Tool {
public:
    explicit PanTool(MapView& map) : mMap(map) {}

    void press(const Pointer& pointer) override {
        if (pointer.button == Qt::LeftButton) mFrom = pointer.pixel;
    }
    void move(const Pointer& pointer) override {
        if (!mFrom) return;
        mMap.setView(mMap.view().pannedBy(pointer.pixel - *mFrom));
        mFrom = pointer.pixel;
    }
    void release(const Pointer&) override { mFrom.reset(); }
    [[nodiscard]] QCursor cursor() const override { return Qt::OpenHandCursor; }
    [[nodiscard]] QString hint() const override {
        return text("拖动平移；滚轮缩放。在任何工具中，中键拖动和滚轮都可导航", "Drag to pan, wheel to zoom. In any tool the middle button and the wheel navigate");
    }

private:
    MapView& mMap;
    std::optional<QPointF> mFrom;
};

}  // namespace

void addPanTool(Workspace& workspace) {
    workspace.tools().add({"tool.pan", {"平移", "Pan"}, Menu::View, {QKeySequence(Qt::Key_H)}, "pan", Bar::Navigate, {}},
                          std::make_unique<PanTool>(workspace.map()));
}

}  // namespace zonewright::desktop
