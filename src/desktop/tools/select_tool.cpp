#include <algorithm>
#include <optional>

#include <QPainter>

#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/session/picking.h"
#include "desktop/session/workspace.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

constexpr double kReachPixels = 6;
constexpr double kDragPixels = 5;

/// Click picks, another click at the same place picks what lies below; dragging picks by rectangle.
class SelectTool : public Tool {
public:
    explicit SelectTool(Workspace& workspace) : mWorkspace(workspace) {}

    void leave() override { mFrom.reset(); }

    void press(const Pointer& pointer) override {
        if (pointer.button == Qt::LeftButton) mFrom = mTo = pointer;
    }
    void move(const Pointer& pointer) override {
        if (!mFrom) return;
        mTo = pointer;
        mWorkspace.map().update();
    }
    void release(const Pointer& pointer) override {
        if (!mFrom) return;
        const Pointer from = *mFrom;
        mFrom.reset();
        mWorkspace.map().update();
        const bool add = (pointer.modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0;
        if ((pointer.pixel - from.pixel).manhattanLength() < kDragPixels) pickAt(pointer, add);
        else pickIn(from.map, pointer.map);
    }
    void doubleClick(const Pointer&) override { mWorkspace.showPanel(QStringLiteral("feature")); }
    void cancel() override {
        if (mFrom) mFrom.reset();
        else mWorkspace.selection().clear();
        mWorkspace.map().update();
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        if (!mFrom || (mTo->pixel - mFrom->pixel).manhattanLength() < kDragPixels) return;
        painter.setPen(QPen(QColor(0x1f, 0x6f, 0xb5), 1, Qt::DashLine));
        painter.setBrush(QColor(0x1f, 0x6f, 0xb5, 30));
        painter.drawRect(QRectF(view.toPixel(mFrom->map), view.toPixel(mTo->map)).normalized());
    }
    [[nodiscard]] QCursor cursor() const override { return Qt::ArrowCursor; }
    [[nodiscard]] QString hint() const override {
        return text("单击选择，再次单击选下层；拖框多选；Shift 增减", "Click to select, again for what lies below; drag a rectangle; Shift adds or removes");
    }

private:
    /// The edited layer first; then what is drawn, top to bottom, but the frame of the map (what others divide, and what
    /// is drawn as a mere outline) last.
    [[nodiscard]] std::vector<std::string> shownLayers() const {
        std::vector<std::string> first;
        std::vector<std::string> last;
        if (const std::string edited = mWorkspace.editedLayer(); !edited.empty()) first.push_back(edited);
        const auto& catalogue = mWorkspace.document().catalogue();
        const auto add = [](std::vector<std::string>& to, const std::string& layer) {
            if (std::ranges::find(to, layer) == to.end()) to.push_back(layer);
        };
        for (const Drawing& drawing : mWorkspace.content().drawings()) {
            if (!drawing.visible || drawing.id.ends_with(":mask") || drawing.id.ends_with(":land")) continue;
            const std::string layer = drawing.layer();
            const bool divided = std::ranges::any_of(catalogue.layers, [&](const catalogue::Layer& other) { return other.topology.of == layer; });
            const bool outline = drawing.id.ends_with(":outline") || drawing.id.ends_with(":boundary");
            add(divided || outline ? last : first, layer);
        }
        for (const std::string& layer : last) add(first, layer);
        return first;
    }

    void pickAt(const Pointer& pointer, bool add) {
        const Metres reach(mWorkspace.map().view().metresPerPixel * kReachPixels);
        const bool again = mLast && (pointer.pixel - *mLast).manhattanLength() < kDragPixels;
        mLast = pointer.pixel;
        mWorkspace.document().read(
            this, [layers = shownLayers(), place = pointer.map, reach](const plan::Plan& plan) { return featuresAt(plan, layers, place, reach); },
            [this, add, again](Result<std::vector<FeatureRef>> found) {
                if (!found) return mWorkspace.say(found.error());
                Selection& selection = mWorkspace.selection();
                if (found->empty()) {
                    if (!add) selection.clear();
                    return;
                }
                if (add) return selection.toggle(found->front());
                std::size_t next = 0;
                if (const FeatureRef* now = selection.single(); now != nullptr && again) {
                    const auto at = std::ranges::find(*found, *now);
                    if (at != found->end()) next = (static_cast<std::size_t>(at - found->begin()) + 1) % found->size();
                }
                selection.set({(*found)[next]});
            });
    }

    void pickIn(Point a, Point b) {
        Box box;
        box.add(a);
        box.add(b);
        mWorkspace.document().read(
            this, [layers = shownLayers(), box](const plan::Plan& plan) { return featuresIn(plan, layers, box); },
            [this](Result<std::vector<FeatureRef>> found) {
                if (!found) return mWorkspace.say(found.error());
                mWorkspace.selection().set(std::move(*found));
            });
    }

    Workspace& mWorkspace;
    std::optional<Pointer> mFrom;
    std::optional<Pointer> mTo;
    std::optional<QPointF> mLast;
};

}  // namespace

void addSelectTool(Workspace& workspace) {
    workspace.tools().add({"tool.select", {"选择", "Select"}, Menu::Edit, {QKeySequence(Qt::Key_V)}, "select", Bar::Select, {}},
                          std::make_unique<SelectTool>(workspace));
}

}  // namespace zonewright::desktop
