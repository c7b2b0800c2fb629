#pragma once

#include <QFrame>

#include "desktop/session/plan_maker.h"
#include "desktop/session/workspace.h"

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace zonewright::desktop {

/// What stands in the map's place while no plan is open: open one, make one, or go on with one of the last.
class StartPage : public QFrame {
    Q_OBJECT
public:
    explicit StartPage(Workspace& workspace);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void say();
    void fillRecent();
    void askForSample(const Sample& sample);
    void askForNew();
    void openRecent(const QString& file);
    void showBusy();

    Workspace& mWorkspace;
    PlanMaker* mMaker;
    std::vector<Sample> mSamples;
    QLabel* mTitle;
    QLabel* mSubtitle;
    QPushButton* mOpen;
    QPushButton* mNew;
    std::vector<QPushButton*> mSampleButtons;
    QLabel* mRecentTitle;
    QListWidget* mRecent;
    QLabel* mHint;
    QProgressBar* mProgress;
    QString mOpening;  ///< a double click opens once
};

}  // namespace zonewright::desktop
