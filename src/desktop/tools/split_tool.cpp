#include <cmath>

#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/tried_drawing_tool.h"

namespace zonewright::desktop {
namespace {

/// Draw a line across a zone; every piece cut off becomes a zone.
class SplitTool : public TriedDrawingTool {
public:
    explicit SplitTool(EditDesk& desk) : TriedDrawingTool(desk, Shape::Line) {}

    [[nodiscard]] QString hint() const override {
        return text("画一条穿过分区的线，右键或 Enter 完成；切出的每块成为新分区", "Draw a line across a zone; right button or Enter finishes; each piece becomes a zone");
    }

protected:
    void tryOut() override {
        withZone(points(), [this](std::optional<Fid> zone) {
            if (zone && points().size() >= 2) mTrial.ask(coverage::SplitByLine{*zone, points()});
            else mTrial.clear();
        });
    }
    void make(LineString line) override {
        withZone(line, [this, line](std::optional<Fid> zone) {
            if (zone) return mDesk.apply(coverage::SplitByLine{*zone, line});
            coverage::Refusal refusal;
            refusal.code = ErrorCode::BadArgument;
            refusal.detail = text("这条线没有穿过分区", "the line crosses no zone").toStdString();
            refusal.place = line.front();
            mDesk.showRefusal(refusal);
        });
    }

private:
    /// The picked zone if there is one in this layer, else the zone in the middle of the line's longest piece.
    void withZone(const LineString& line, std::function<void(std::optional<Fid>)> then) {
        Workspace& workspace = mDesk.workspace();
        const FeatureRef* picked = workspace.selection().single();
        if (picked != nullptr && picked->layer == workspace.editedLayer()) return then(picked->fid);
        std::size_t longest = 1;
        const auto length = [&](std::size_t i) { return std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y); };
        for (std::size_t i = 2; i < line.size(); ++i) {
            if (length(i) > length(longest)) longest = i;
        }
        mDesk.zoneAt({(line[longest - 1].x + line[longest].x) / 2, (line[longest - 1].y + line[longest].y) / 2}, this,
                     [then = std::move(then)](std::optional<PickedZone> zone) { then(zone ? std::optional(zone->fid) : std::nullopt); });
    }
};

}  // namespace

void addSplitTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.split", {"分割", "Split"}, Menu::Edit, {QKeySequence(Qt::Key_K)}, "split", Bar::Edit,
                                  {"画线把分区切开", "Cut a zone along a drawn line"}},
                                 std::make_unique<SplitTool>(desk), true);
}

}  // namespace zonewright::desktop
