#pragma once

#include <optional>

#include <QStatusBar>

#include "desktop/session/coordinates.h"
#include "desktop/session/workspace.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QToolButton;

namespace zonewright::desktop {

/// Below the map: what to do next, what is going on (with cancel), the place, the scale, the CRS and whether all edits
/// are on disk.
class MapStatusBar : public QStatusBar {
    Q_OBJECT
public:
    explicit MapStatusBar(Workspace& workspace, QWidget* parent = nullptr);
    void setHint(const QString& hint);

private:
    void showPlace();
    void showScale();
    void showPlan();
    void showDrawing();
    void goToPlace();
    void goToScale();

    Workspace& mWorkspace;
    std::optional<Coordinates> mCoordinates;
    CoordinateStyle mStyle = CoordinateStyle::Projected;
    QLabel* mHint;
    QProgressBar* mProgress;
    QToolButton* mCancel;
    QLineEdit* mPlace;
    QToolButton* mStyleButton;
    QComboBox* mScale;
    QLabel* mCrs;
    QLabel* mDisk;
};

}  // namespace zonewright::desktop
