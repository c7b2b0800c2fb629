#pragma once

#include "desktop/tools/edit_desk.h"
#include "desktop/tools/numeric_entry.h"
#include "desktop/tools/tool.h"

namespace zonewright::desktop {

/// A tool with which a line or an outline is drawn: click by click, or by typing; snapping; Backspace takes the last point
/// back, the right button or Enter finishes, Esc starts anew. What becomes of it is up to who derives from it.
class DrawingTool : public Tool {
    Q_OBJECT
public:
    enum class Shape { Line, Outline };
    DrawingTool(EditDesk& desk, Shape shape);

    void enter() override;
    void leave() override;
    void press(const Pointer& pointer) override;
    void move(const Pointer& pointer) override;
    void doubleClick(const Pointer& pointer) override;
    void finish(const Pointer& pointer) override;
    void cancel() override;
    bool key(QKeyEvent& event) override;
    void paint(QPainter& painter, const ViewTransform& view) override;

    [[nodiscard]] const LineString& points() const { return mPoints; }

protected:
    /// The drawing is done; the tool goes on with an empty one.
    virtual void drawn(LineString points) = 0;
    /// A point more or less: a chance to try out what it would do.
    virtual void grown() {}
    /// False while a click means something else to the tool.
    [[nodiscard]] virtual bool isDrawing() const { return true; }
    /// Whether what is drawn changes the edited layer.
    [[nodiscard]] virtual bool edits() const { return true; }
    /// Esc with nothing drawn.
    virtual void cancelled() {}

    void add(Point place);
    void clear();
    void update();
    [[nodiscard]] MultiPolygon outline() const;  ///< Requires: Shape::Outline
    [[nodiscard]] std::size_t fewest() const { return mShape == Shape::Line ? 2 : 3; }

    [[nodiscard]] const std::optional<Point>& pointer() const { return mPointer; }

    EditDesk& mDesk;

private:
    Shape mShape;
    LineString mPoints;
    std::optional<Point> mPointer;
    std::optional<coverage::Snap> mSnap;
    NumericEntry* mEntry = nullptr;
};

/// A closed ring of the points, as a polygon.
[[nodiscard]] MultiPolygon polygonOf(const LineString& points);

}  // namespace zonewright::desktop
