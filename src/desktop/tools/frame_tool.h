#pragma once

#include "desktop/session/sheet_frame.h"
#include "desktop/session/workspace.h"
#include "desktop/tools/tool.h"

namespace zonewright::desktop {

/// Places the frame of a sheet on the map: dragging inside moves it, a corner changes its scale, the handle
/// above it turns it.
class FrameTool : public Tool {
    Q_OBJECT
public:
    explicit FrameTool(Workspace& workspace);

    void setFrame(const SheetFrame& frame);
    [[nodiscard]] const SheetFrame& frame() const { return mFrame; }

    void leave() override;
    void press(const Pointer& pointer) override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void doubleClick(const Pointer& pointer) override { finish(pointer); }
    void finish(const Pointer& pointer) override;
    void cancel() override;
    bool key(QKeyEvent& event) override;
    void paint(QPainter& painter, const ViewTransform& view) override;
    [[nodiscard]] QCursor cursor() const override;
    [[nodiscard]] QString hint() const override;

signals:
    /// The hand lets go of the tool; `keep`: the frame stays where it is now.
    void done(bool keep);

private:
    [[nodiscard]] std::optional<Point> cornerAt(const Pointer& pointer) const;
    [[nodiscard]] QPointF turnHandle(const ViewTransform& view) const;
    void resizeTo(Point hand);
    void turnTo(Point hand);

    Workspace& mWorkspace;
    SheetFrame mFrame;
    std::optional<Point> mMoveFrom;  ///< where the frame was taken hold of
    std::optional<Point> mFixed;     ///< the corner that stays while the opposite one is dragged
    bool mTurning = false;
    bool mDone = false;
};

}  // namespace zonewright::desktop
