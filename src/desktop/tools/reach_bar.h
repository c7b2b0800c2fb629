#pragma once

#include <QFrame>

#include "desktop/session/live_reach.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSlider;

namespace zonewright::desktop {

/// In the corner of the map while an isochrone follows the pointer: within which time, in which direction, with which
/// projects open; and how far the network is while it is made ready.
class ReachBar : public QFrame {
    Q_OBJECT
public:
    ReachBar(QWidget* map, LiveReach& live);

    [[nodiscard]] int minutes() const;
    [[nodiscard]] network::Sense sense() const;
    /// Codes of the projects that are open.
    [[nodiscard]] std::vector<std::string> projects() const;

signals:
    void changed();
    void closed();

private:
    void fillProjects();
    void showState();

    LiveReach& mLive;
    QSlider* mMinutes;
    QLabel* mMinutesText;
    QComboBox* mSense;
    QComboBox* mProjects;
    QProgressBar* mProgress;
    QPushButton* mStop;
    QLabel* mState;
    QPushButton* mClose;
};

}  // namespace zonewright::desktop
