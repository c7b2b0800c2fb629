#pragma once

#include "desktop/session/workspace.h"
#include "desktop/tools/tool.h"

namespace zonewright::desktop {

/// The part of the map that a sheet shows.
struct SheetFrame {
    Box box;
    double scale = 0;  ///< denominator on paper
    bool operator==(const SheetFrame&) const = default;
};

/// The same shape at another scale, about its middle.
[[nodiscard]] SheetFrame atScale(const SheetFrame& frame, double scale);

/// Places the frame of a sheet on the map: dragging inside moves it, dragging a corner changes its scale.
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

    Workspace& mWorkspace;
    SheetFrame mFrame;
    std::optional<Point> mMoveFrom;  ///< where the frame was taken hold of
    std::optional<Point> mFixed;     ///< the corner that stays while the opposite one is dragged
    bool mDone = false;
};

}  // namespace zonewright::desktop
