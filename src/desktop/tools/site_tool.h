#pragma once

#include "desktop/tools/drawing_tool.h"

namespace zonewright::desktop {

/// Outline a site that is in no layer yet; drag it to try other places. What prohibits it is drawn and totalled while it is
/// drawn and dragged. Nothing is written to the plan.
class SiteTool : public DrawingTool {
    Q_OBJECT
public:
    explicit SiteTool(EditDesk& desk);

    /// A site that can be dragged; empty takes it away.
    void setSite(MultiPolygon site);
    [[nodiscard]] const MultiPolygon& site() const { return mSite; }

    void enter() override;
    void leave() override;
    void press(const Pointer& pointer) override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, const ViewTransform& view) override;
    [[nodiscard]] QString hint() const override;

signals:
    /// A site was drawn, or dragged to another place.
    void placed(const zonewright::MultiPolygon& site);

protected:
    void drawn(LineString points) override;
    void grown() override;
    [[nodiscard]] bool edits() const override { return false; }
    [[nodiscard]] bool isDrawing() const override { return !mFrom; }

private:
    [[nodiscard]] MultiPolygon dragged() const;
    void ask(const MultiPolygon& site);

    MultiPolygon mSite;
    std::optional<Point> mFrom;  ///< where the site was taken hold of
    Point mTo;
};

}  // namespace zonewright::desktop
