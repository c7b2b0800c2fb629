#pragma once

#include <QWidget>

#include "desktop/session/background.h"

class QHBoxLayout;
class QProgressBar;
class QPushButton;

namespace zonewright::desktop {

/// The button that starts long work and, while it runs, how far it is and the button that stops it. Parts are named
/// `NAME.run`, `NAME.progress`, `NAME.stop`; what the button says is the owner's.
class RunRow : public QWidget {
    Q_OBJECT
public:
    RunRow(Background& work, const QString& name);

    [[nodiscard]] QPushButton& button() { return *mRun; }
    /// Another button beside it, not there while work runs.
    void addButton(QPushButton* button);

signals:
    void wanted();

private:
    void showRunning();

    Background& mWork;
    QPushButton* mRun;
    QPushButton* mStop;
    QProgressBar* mProgress;
    QHBoxLayout* mRow;
    QList<QPushButton*> mIdle;
};

}  // namespace zonewright::desktop
