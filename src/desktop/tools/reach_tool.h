#pragma once

#include "desktop/session/live_reach.h"
#include "desktop/session/workspace.h"
#include "desktop/tools/tool.h"

namespace zonewright::desktop {

class ReachBar;

/// Click or drag an origin: what is within reach of it follows the pointer, worked out beside the user's work. Nothing is
/// written to the plan.
class ReachTool : public Tool {
    Q_OBJECT
public:
    explicit ReachTool(Workspace& workspace);
    ~ReachTool() override;

    void enter() override;
    void leave() override;
    void press(const Pointer& pointer) override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void finish(const Pointer&) override { end(); }
    void cancel() override { end(); }
    void paint(QPainter& painter, const ViewTransform& view) override;
    [[nodiscard]] QString hint() const override;

    [[nodiscard]] LiveReach& live() { return mLive; }

private:
    void ask();
    void end();
    [[nodiscard]] QStringList figures() const;

    Workspace& mWorkspace;
    LiveReach mLive;
    QPointer<ReachBar> mBar;
    std::optional<Point> mOrigin;
    bool mDragging = false;
    bool mMoved = false;  ///< since the button went down
};

}  // namespace zonewright::desktop
