#pragma once

#include <QWidget>

#include "desktop/canvas/frame_source.h"
#include "desktop/canvas/overlay.h"
#include "desktop/session/other_map.h"

namespace zonewright::desktop {

class MapView;

/// Another map over the left part of the map, up to a divider that is dragged, or moved by the arrow keys when it has the
/// focus. Both follow the same view.
class Swipe : public QWidget, public Overlay {
    Q_OBJECT
public:
    Swipe(MapView& map, OtherMap& other);

    void setTitles(const QString& left, const QString& right);
    /// Where the divider is, as a share of the width.
    void setShare(double share);
    [[nodiscard]] double share() const { return mShare; }
    [[nodiscard]] const FrameSource& frames() const { return mFrames; }

    void paint(QPainter& painter, const ViewTransform& view) override;

signals:
    void ended();  ///< by Esc

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void want();
    void place();

    MapView& mView;
    OtherMap& mOther;
    FrameSource mFrames;
    QString mLeft;
    QString mRight;
    double mShare = 0.5;
    double mGrip = 0;  ///< where in the handle it was taken
};

}  // namespace zonewright::desktop
