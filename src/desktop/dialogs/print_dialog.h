#pragma once

#include <memory>

#include <QDialog>

#include "desktop/canvas/pages_overlay.h"
#include "desktop/dialogs/sheet_form.h"
#include "desktop/session/sheet_printer.h"

class QLabel;
class QListWidget;
class QPrinter;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace zonewright::desktop {

class SheetPreview;

/// A sheet before it is printed: on the left what it will look like and what to look at again, on the right what it is to
/// be. It stands beside the map and does not hold it up.
class PrintDialog : public QDialog {
    Q_OBJECT
public:
    explicit PrintDialog(Workspace& workspace);
    ~PrintDialog() override;
    /// Where the pages of an atlas lie on the map; empty for a single sheet.
    [[nodiscard]] const std::vector<PagesOverlay::Page>& pagesOnMap() const { return mOnMap->pages(); }

protected:
    void reject() override;
    void closeEvent(QCloseEvent* event) override;

private:
    void build();
    void say();
    void ask();
    void show(const QImage& page, const cartographer::PrintReply& reply);
    void refuse(const Error& error);
    void showPages(int count);
    void showNotes(const std::vector<std::string>& warnings);
    void showJob();
    void showPagesOnMap(const std::vector<cartographer::PageFrame>& frames);
    void placeFrame();
    void frameDone(bool keep);
    void askForFile();
    void askForPrinter();
    void printed(const cartographer::PrintReply& reply);
    void toPaper(const std::filesystem::path& pdf);

    Workspace& mWorkspace;
    SheetPrinter* mPrinter;
    SheetForm* mForm;
    SheetPreview* mPreview;
    QWidget* mPages;
    QSpinBox* mPage;
    QLabel* mPageCount;
    QLabel* mNotesTitle;
    QListWidget* mNotes;
    QProgressBar* mProgress;
    QPushButton* mCancel;
    QPushButton* mExport;
    QPushButton* mPaper;
    QPushButton* mClose;
    FrameTool* mFrame;
    std::unique_ptr<PagesOverlay> mOnMap;
    bool mPlacing = false;
    std::unique_ptr<QTemporaryDir> mSpool;  ///< what goes on to a printer
    std::shared_ptr<QPrinter> mTo;
};

}  // namespace zonewright::desktop
