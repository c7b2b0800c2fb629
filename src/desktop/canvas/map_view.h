#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QTimer>
#include <QWidget>

#include "desktop/canvas/frame_source.h"
#include "desktop/canvas/overlay.h"
#include "desktop/canvas/view_transform.h"
#include "desktop/session/map_content.h"

namespace zonewright::desktop {

class Tool;

/// The map. The wheel and the middle button always navigate; everything else goes to the tool in hand. What was drawn
/// last follows the hand at once and is replaced when the cartographer has drawn anew.
class MapView : public QWidget {
    Q_OBJECT
public:
    MapView(MapService& maps, MapContent& content, QWidget* parent = nullptr);
    ~MapView() override;

    [[nodiscard]] const ViewTransform& view() const { return mView; }
    void setView(const ViewTransform& view);
    void showBox(const Box& box, double margin = 0.1);
    void showAll() { showBox(mWhole, 0.03); }
    void setWhole(const Box& whole) { mWhole = whole; }
    [[nodiscard]] const Box& whole() const { return mWhole; }
    /// Denominator of the scale on this screen, from its physical dots (96 a logical inch, as the cartographer counts).
    [[nodiscard]] double scale() const;
    void setScale(double denominator);
    void back();
    void forward();
    [[nodiscard]] bool canGoBack() const { return mVisit > 0; }
    [[nodiscard]] bool canGoForward() const { return mVisit + 1 < static_cast<int>(mVisits.size()); }

    /// Marks a place for a moment, so that the eye finds it.
    void flash(const Geometry& geometry);

    void addOverlay(Overlay* overlay);  ///< not owned; it leaves when it goes
    /// The same below all others, right on the map: another map in its place.
    void setUnderlay(Overlay* overlay);
    void removeOverlay(Overlay* overlay);

    void setTool(Tool* tool);  ///< not owned
    [[nodiscard]] Tool* tool() const { return mTool; }

    [[nodiscard]] FrameSource& frames() { return mFrames; }
    void setPlanOpen(bool open);
    /// The place under the pointer, if it is over the map.
    [[nodiscard]] std::optional<Point> pointer() const { return mPointer; }

signals:
    void viewChanged();
    void pointerMoved();
    void visitsChanged();
    void toolChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void wantFrame();
    void rememberVisit();
    [[nodiscard]] bool startsPan(const QMouseEvent& event) const;
    [[nodiscard]] bool navigate(QKeyEvent& event);
    void refreshCursor();

    MapContent& mContent;
    FrameSource mFrames;
    ViewTransform mView;
    Box mWhole;
    bool mPlanOpen = false;
    bool mFitted = false;  ///< the first size fits the whole plan
    std::vector<Overlay*> mOverlays;
    Overlay* mUnderlay = nullptr;
    Tool* mTool = nullptr;
    std::optional<Point> mPointer;

    std::optional<QPointF> mPanFrom;
    bool mSpace = false;

    std::vector<ViewTransform> mVisits;
    int mVisit = -1;
    QTimer mSettled;

    Geometry mFlash;
    QTimer mFlashing;
    int mFlashes = 0;
};

}  // namespace zonewright::desktop
