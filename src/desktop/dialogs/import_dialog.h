#pragma once

#include <QDialog>

#include "desktop/session/source_desk.h"
#include "desktop/session/workspace.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace zonewright::desktop {

class ColumnTable;
class RowsTable;

/// Foreign data before they come into the plan: what the file is (encoding, CRS, faults), which column goes where, and
/// afterwards what was taken and what was not.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    ImportDialog(Workspace& workspace, const QString& file);

protected:
    void reject() override;
    void closeEvent(QCloseEvent* event) override;

private:
    void build();
    void say();
    void browse();
    void look();
    void showLook();
    void showLayer();
    void showEncoding();
    void showPlacement();
    void showColumns();
    void showRows();
    void showFaults();
    void showState();
    void import();
    void showResult(const plan::source::ImportResult& result);
    void zoomToResult();
    [[nodiscard]] std::size_t layer() const;
    [[nodiscard]] const plan::source::LayerReport* report() const;
    [[nodiscard]] const catalogue::Layer* target() const;
    [[nodiscard]] plan::source::Spec spec() const;
    [[nodiscard]] plan::source::ImportOptions options() const;

    Workspace& mWorkspace;
    SourceDesk* mDesk;
    QString mFile;
    std::shared_ptr<const SourceLook> mLook;
    std::shared_ptr<const plan::source::ImportResult> mResult;
    std::vector<plan::source::ControlPoint> mControlPoints;
    QString mProblem;  ///< why the file cannot be imported as things stand
    bool mBusy = false;
    bool mFilling = false;

    QStackedWidget* mPages;
    QLineEdit* mPath;
    QPushButton* mBrowse;
    QLabel* mFacts;
    QComboBox* mSourceLayer;
    QComboBox* mTarget;
    QComboBox* mEncoding;
    QLabel* mEncodingWhy;
    QComboBox* mCrs;
    QLabel* mCrsWhy;
    QPushButton* mPoints;
    QCheckBox* mReplace;
    QTabWidget* mTabs;
    ColumnTable* mColumns;
    RowsTable* mRows;
    QListWidget* mFaults;
    QLabel* mSum;
    QListWidget* mOutcome;
    QLabel* mState;
    QProgressBar* mProgress;
    QPushButton* mCancel;
    QPushButton* mImport;
    QPushButton* mZoom;
    QPushButton* mClose;
};

}  // namespace zonewright::desktop
