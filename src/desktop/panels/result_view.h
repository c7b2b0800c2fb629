#pragma once

#include <QWidget>

#include "desktop/canvas/outline_overlay.h"
#include "desktop/canvas/path_overlay.h"
#include "desktop/session/analysis_desk.h"
#include "desktop/session/map_measure.h"
#include "desktop/session/result_places.h"
#include "desktop/session/workspace.h"

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QTabWidget;

namespace zonewright::desktop {

class ChartView;
class ResultTable;

/// Results in the plan, of this session and earlier ones: what each found, whether it is out of date, its tables and charts
/// linked with the map, its layers on the map, coloured by any of its measures.
class ResultView : public QWidget {
    Q_OBJECT
public:
    ResultView(Workspace& workspace, AnalysisDesk& desk);

    void show(qlonglong result);

signals:
    /// To be run again with the parameters of a result.
    void wanted(const QString& module, const zonewright::analysis::Assignments& parameters);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void connectAll();
    void retitle();
    void fill();
    void showCurrent();
    void showState(const AnalysisDesk::Kept& kept);
    void fillTables();
    void showTable();
    void fillMeasures();
    void showMeasure();
    void readNow();
    void showOnMap();
    void pickFeature(int row);
    void showPaths(const std::string& layer, int row);
    [[nodiscard]] std::string layerOfRows(const AnalysisDesk::Kept& kept, const std::string& table) const;
    void followSelection();
    void followPointer();
    void pointAt(int row);
    void markRow(int row);
    void exportTo(bool chart);
    [[nodiscard]] const AnalysisDesk::Kept* current() const;
    [[nodiscard]] const analysis::Module* moduleOf(const AnalysisDesk::Kept& kept) const;
    [[nodiscard]] const analysis::Table* currentTable() const;
    [[nodiscard]] const analysis::Column* currentMeasure() const;
    [[nodiscard]] std::vector<catalogue::Layer> layersOf(const AnalysisDesk::Kept& kept) const;
    [[nodiscard]] int rowOf(int bar) const;
    [[nodiscard]] int barOf(int row) const;

    Workspace& mWorkspace;
    AnalysisDesk& mDesk;
    ResultPlaces mPlaces;
    OutlineOverlay mOutline;
    PathOverlay mRowPaths;
    QListWidget* mList;
    QLabel* mFinding;
    QLabel* mState;
    QComboBox* mTables;
    QComboBox* mMeasure;
    QTabWidget* mViews;
    ResultTable* mTable;
    ChartView* mChart;
    QPushButton* mOnMap;
    QPushButton* mAgain;
    QPushButton* mCopy;
    QPushButton* mExport;
    QPushButton* mCompare;
    QAction* mExportTables;
    QAction* mExportChart;
    std::shared_ptr<const analysis::Outcome> mOutcome;  ///< of the result shown; null while it is read
    std::vector<int> mBarRows;                          ///< rows of the table that the bars are about; -1 for none
    std::optional<MapMeasure> mMapMeasure;
    bool mPicking = false;
    qlonglong mShown = -1;
};

}  // namespace zonewright::desktop
