#pragma once

#include <QWidget>

#include "desktop/session/analysis_desk.h"
#include "desktop/session/workspace.h"

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QTableWidget;
class QTabWidget;
class QToolButton;

namespace zonewright::desktop {

class BarView;

/// Results in the plan: what each found, whether it is out of date, its tables and bars linked with the map, its layers on
/// the map.
class ResultView : public QWidget {
    Q_OBJECT
public:
    ResultView(Workspace& workspace, AnalysisDesk& desk);

    void show(qlonglong result);

signals:
    /// To be run again with the parameters of a result.
    void wanted(const QString& module, const zonewright::analysis::Assignments& parameters);

private:
    void retitle();
    void fill();
    void showCurrent();
    void showTable();
    void showOnMap(bool on);
    void pickFeature(int row);
    void followSelection();
    void markRow(const std::vector<std::string>& values);
    [[nodiscard]] const AnalysisDesk::Kept* current() const;
    [[nodiscard]] const analysis::Table* currentTable() const;

    Workspace& mWorkspace;
    AnalysisDesk& mDesk;
    QListWidget* mList;
    QLabel* mFinding;
    QLabel* mState;
    QTabWidget* mViews;
    QComboBox* mTables;
    QTableWidget* mTable;
    QComboBox* mMeasure;
    BarView* mBars;
    QPushButton* mOnMap;
    QPushButton* mAgain;
    QPushButton* mCopy;
    QPushButton* mExport;
    bool mPicking = false;
    qlonglong mShown = -1;
};

}  // namespace zonewright::desktop
