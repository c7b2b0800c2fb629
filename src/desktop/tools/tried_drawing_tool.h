#pragma once

#include "desktop/tools/drawing_tool.h"
#include "desktop/tools/trial.h"

namespace zonewright::desktop {

/// A drawing tool that shows what its edit would do while the drawing goes on.
class TriedDrawingTool : public DrawingTool {
public:
    TriedDrawingTool(EditDesk& desk, Shape shape) : DrawingTool(desk, shape), mTrial(desk) {}

    void leave() override {
        mTrial.clear();
        DrawingTool::leave();
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        if (!points().empty()) mTrial.paint(painter, view, points().back());
        DrawingTool::paint(painter, view);
    }

protected:
    /// Asks `mTrial` for the edit of what is drawn so far: enough for an edit.
    virtual void tryOut() = 0;
    /// Makes the edit of the whole drawing.
    virtual void make(LineString points) = 0;

    void grown() final {
        if (points().size() >= fewest()) tryOut();
        else mTrial.clear();
    }
    void drawn(LineString points) final {
        mTrial.clear();
        make(std::move(points));
    }

    Trial mTrial;
};

}  // namespace zonewright::desktop
