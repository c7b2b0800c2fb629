#include "desktop/dialogs/print_dialog.h"

#include <QDesktopServices>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPageSize>
#include <QPointer>
#include <QPrintDialog>
#include <QPrinter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QUrl>

#include "desktop/canvas/map_view.h"
#include "desktop/canvas/pages_overlay.h"
#include "desktop/dialogs/dialogs.h"
#include "desktop/dialogs/paper.h"
#include "desktop/dialogs/questions.h"
#include "desktop/dialogs/sheet_preview.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

constexpr double kPrinterDpi = 300;
constexpr int kNotesHeight = 92;

void showFile(const QString& file) { QDesktopServices::openUrl(QUrl::fromLocalFile(file)); }

}  // namespace

PrintDialog::PrintDialog(Workspace& workspace)
    : QDialog(workspace.window()), mWorkspace(workspace), mPrinter(new SheetPrinter(workspace.document(), this)), mForm(new SheetForm(workspace)),
      mPreview(new SheetPreview), mPages(new QWidget), mPage(new QSpinBox), mPageCount(new QLabel), mNotesTitle(new QLabel), mNotes(new QListWidget),
      mProgress(new QProgressBar), mCancel(new QPushButton), mExport(new QPushButton), mPaper(new QPushButton), mClose(new QPushButton),
      mFrame(new FrameTool(workspace)), mOnMap(std::make_unique<PagesOverlay>()) {
    setObjectName(QStringLiteral("print_dialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    mFrame->setParent(this);
    workspace.map().addOverlay(mOnMap.get());
    build();
    const QSize room = workspace.window()->size();
    resize(std::min(1180, room.width() - 60), std::min(820, room.height() - 60));

    connect(mForm, &SheetForm::changed, this, &PrintDialog::ask);
    connect(mForm, &SheetForm::placeWanted, this, &PrintDialog::placeFrame);
    connect(mPreview, &SheetPreview::dpiChanged, this, &PrintDialog::ask);
    connect(mPage, &QSpinBox::valueChanged, this, &PrintDialog::ask);
    connect(mFrame, &FrameTool::done, this, &PrintDialog::frameDone);
    connect(mPrinter, &SheetPrinter::previewing, mPreview, &SheetPreview::setBusy);
    connect(mPrinter, &SheetPrinter::previewed, this, &PrintDialog::show);
    connect(mPrinter, &SheetPrinter::previewFailed, this, &PrintDialog::refuse);
    connect(mPrinter, &SheetPrinter::planTextRead, this, [this] {
        mForm->showPlanText(mPrinter->planText());
        mForm->showCharts(mPrinter->charts());
    });
    connect(mPrinter, &SheetPrinter::progressed, this, [this](double done) {
        mProgress->setValue(static_cast<int>(done * 100));
        showJob();
    });
    connect(mPrinter, &SheetPrinter::printed, this, &PrintDialog::printed);
    connect(mPrinter, &SheetPrinter::printFailed, this, [this](const Error& error) {
        showJob();
        mTo.reset();
        if (error.code == ErrorCode::Cancelled) mWorkspace.say(Message{Severity::Note, text("已取消打印，未留下文件", "Printing was cancelled; no file was left")});
        else showNotes({text(error).toStdString()});
    });
    PlanDocument& document = workspace.document();
    connect(&document, &PlanDocument::changed, this, &PrintDialog::ask);
    connect(&document, &PlanDocument::aboutToClose, this, &QDialog::close);
    connect(mExport, &QPushButton::clicked, this, &PrintDialog::askForFile);
    connect(mPaper, &QPushButton::clicked, this, &PrintDialog::askForPrinter);
    connect(mCancel, &QPushButton::clicked, mPrinter, &SheetPrinter::cancel);
    connect(mClose, &QPushButton::clicked, this, &QDialog::reject);
    inLanguage(this, [this] { say(); });
    showJob();
    ask();
}

PrintDialog::~PrintDialog() = default;

/// The frame goes with the dialog, also out of the hand.
void PrintDialog::closeEvent(QCloseEvent* event) {
    mPlacing = false;
    showPagesOnMap({});
    if (mWorkspace.map().tool() == mFrame) mWorkspace.tools().take(mWorkspace.tools().current());
    event->accept();  // QDialog's own would ask `reject`, which closes
}

void PrintDialog::build() {
    mPage->setObjectName(QStringLiteral("atlas_page"));
    mNotes->setObjectName(QStringLiteral("preflight"));
    mExport->setObjectName(QStringLiteral("export"));
    mCancel->setObjectName(QStringLiteral("cancel_print"));
    mClose->setObjectName(QStringLiteral("close"));
    mPage->setRange(1, 1);
    auto* pages = new QHBoxLayout(mPages);
    pages->setContentsMargins(0, 0, 0, 0);
    pages->addStretch(1);
    pages->addWidget(mPage);
    pages->addWidget(mPageCount);
    pages->addStretch(1);
    mPages->hide();
    mNotes->setFixedHeight(kNotesHeight);
    mNotes->setWordWrap(true);
    mNotes->setSelectionMode(QAbstractItemView::NoSelection);

    auto* left = new QVBoxLayout;
    left->addWidget(mPreview, 1);
    left->addWidget(mPages);
    left->addWidget(mNotesTitle);
    left->addWidget(mNotes);

    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(mForm);
    scroll->setFixedWidth(350 + scroll->verticalScrollBar()->sizeHint().width());

    auto* buttons = new QHBoxLayout;
    mProgress->setRange(0, 100);
    buttons->addWidget(mProgress, 1);
    buttons->addWidget(mCancel);
    buttons->addStretch(1);
    mExport->setIcon(icon(QStringLiteral("export")));
    mPaper->setIcon(icon(QStringLiteral("print")));
    for (QPushButton* button : {mExport, mPaper, mClose}) buttons->addWidget(button);

    auto* grid = new QGridLayout(this);
    grid->addLayout(left, 0, 0);
    grid->addWidget(scroll, 0, 1);
    grid->addLayout(buttons, 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    // Enter in a field ends typing; it does not print.
    for (QPushButton* button : findChildren<QPushButton*>()) button->setAutoDefault(false);
}

void PrintDialog::say() {
    setWindowTitle(text("打印与出图", "Print"));
    mNotesTitle->setText(text("出图前检查", "Before you print"));
    mPage->setPrefix(text("第 ", "Page "));
    mPage->setSuffix(text(" 页", ""));
    mExport->setText(text("输出文件…(&E)", "&Export…"));
    mExport->setToolTip(text("PDF（矢量）、PNG、SVG 或 GeoTIFF", "PDF (vector), PNG, SVG or GeoTIFF"));
    mPaper->setText(text("打印机…(&P)", "&Printer…"));
    mClose->setText(text("关闭", "Close"));
    mCancel->setText(text("取消打印", "Cancel"));
    showPages(mPage->maximum());
}

void PrintDialog::ask() {
    if (mPrinter->isPrinting()) return;
    Sheet sheet = mForm->sheet();
    if (sheet.layout.empty()) return;
    mPages->setVisible(!sheet.over.empty());
    sheet.page = sheet.over.empty() ? 0 : mPage->value();
    mPreview->setPaper(mForm->paper());
    mPrinter->preview(std::move(sheet), mPreview->dpi());
}

void PrintDialog::show(const QImage& page, const cartographer::PrintReply& reply) {
    mPreview->show(page);
    mForm->showFrame({reply.extent, reply.scale, mForm->sheet().placement.rotation});
    showNotes(reply.warnings);
    showPagesOnMap(reply.frames);
    showPages(reply.pages);
}

/// Where the pages of the atlas lie; nothing for a single sheet.
void PrintDialog::showPagesOnMap(const std::vector<cartographer::PageFrame>& frames) {
    std::vector<PagesOverlay::Page> pages;
    for (const auto& page : frames) pages.push_back({{page.extent, page.scale, mForm->sheet().placement.rotation}, QString::fromStdString(page.name)});
    mOnMap->show(std::move(pages), mPage->value());
    mWorkspace.map().update();
}

void PrintDialog::refuse(const Error& error) {
    mPreview->refuse(text(error));
    mNotes->clear();
}

void PrintDialog::showPages(int count) {
    const QSignalBlocker quiet(mPage);
    mPage->setMaximum(std::max(1, count));
    mPageCount->setText(text("共 %1 页", "of %1").arg(mPage->maximum()));
}

void PrintDialog::showNotes(const std::vector<std::string>& warnings) {
    mNotes->clear();
    for (const std::string& warning : warnings) new QListWidgetItem(icon(QStringLiteral("warning")), QString::fromStdString(warning), mNotes);
    if (warnings.empty()) new QListWidgetItem(icon(QStringLiteral("check")), text("未发现问题：字体、文字、图例和标注都放得下", "Nothing to look at: typefaces, texts, legend and labels fit"), mNotes);
}

void PrintDialog::showJob() {
    const bool busy = mPrinter->isPrinting();
    mProgress->setVisible(busy);
    mCancel->setVisible(busy);
    mForm->setEnabled(!busy);
    mExport->setEnabled(!busy);
    mPaper->setEnabled(!busy);
}

/// The dialog makes way for the map while the frame is in hand.
void PrintDialog::placeFrame() {
    const auto& shown = mForm->shownFrame();
    if (!shown) return;
    mPlacing = true;
    mFrame->setFrame(*shown);
    if (const Box all = boundsOf(*shown); !mWorkspace.map().view().extent().contains(all)) mWorkspace.map().showBox(all, 0.15);
    hide();
    mWorkspace.map().setTool(mFrame);
    mWorkspace.map().setFocus();
}

void PrintDialog::frameDone(bool keep) {
    if (!std::exchange(mPlacing, false)) return;
    if (mWorkspace.map().tool() == mFrame) mWorkspace.tools().take(mWorkspace.tools().current());
    if (keep) mForm->place(mFrame->frame());
    QDialog::show();
    raise();
    activateWindow();
}

void PrintDialog::askForFile() {
    const bool atlas = mForm->isAtlas();
    QStringList filters{text("PDF 矢量图 (*.pdf)", "PDF, vector (*.pdf)")};
    if (!atlas) filters << text("PNG 图片 (*.png)", "PNG picture (*.png)") << text("SVG 矢量图 (*.svg)", "SVG, vector (*.svg)") << text("GeoTIFF 带坐标图片 (*.tif)", "GeoTIFF (*.tif)");
    const std::filesystem::path suggested = mWorkspace.document().file().parent_path() / (mForm->fileName().toStdString() + ".pdf");
    askWhereToWrite(this, atlas ? text("输出图集", "Export the atlas") : text("输出图纸", "Export the sheet"), QString::fromStdString(suggested.string()),
                    filters.join(QStringLiteral(";;")), [this](const QString& file) { mPrinter->print(mForm->sheet(), file.toStdString(), mForm->dpi()); });
}

void PrintDialog::askForPrinter() {
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    const QSizeF paper = mForm->paper();
    if (!paper.isEmpty()) {
        printer->setPageSize(QPageSize(paper.width() > paper.height() ? paper.transposed() : paper, QPageSize::Millimeter, QString(), QPageSize::FuzzyOrientationMatch));
        printer->setPageOrientation(paper.width() > paper.height() ? QPageLayout::Landscape : QPageLayout::Portrait);
    }
    printer->setFullPage(true);
    printer->setDocName(mForm->fileName());
    auto* ask = new QPrintDialog(printer.get(), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, qOverload<QPrinter*>(&QPrintDialog::accepted), this, [this, printer] {
        mSpool = std::make_unique<QTemporaryDir>();
        mTo = printer;
        mPrinter->print(mForm->sheet(), mSpool->filePath(QStringLiteral("sheet.pdf")).toStdString(), kPrinterDpi);
    });
    connect(ask, &QObject::destroyed, ask, [printer] {});  // the dialog uses it until then
    ask->open();
}

void PrintDialog::printed(const cartographer::PrintReply& reply) {
    showJob();
    if (mTo) return toPaper(reply.file);
    const QString file = QString::fromStdString(reply.file.string());
    const QString facts = mForm->isAtlas() ? text("%1 页", "%1 pages").arg(reply.pages) : scaleText(reply.scale);
    mWorkspace.say(Message{Severity::Note, text("已输出 %1（%2）", "Written: %1 (%2)").arg(file, facts), text("打开", "Open"), [file] { showFile(file); }});
    showNotes(reply.warnings);
    new QListWidgetItem(icon(QStringLiteral("check")), text("已输出 %1（%2）", "Written: %1 (%2)").arg(file, facts), mNotes);
    mNotes->scrollToBottom();
}

void PrintDialog::toPaper(const std::filesystem::path& pdf) {
    putOnPaper(pdf, std::exchange(mTo, nullptr), {this, [this](const QString& wrong) {
        mSpool.reset();
        if (wrong.isEmpty()) mWorkspace.say(Message{Severity::Note, text("已送打印机", "Sent to the printer")});
        else mWorkspace.say(Message{Severity::Failure, text("未能打印：", "Not printed: ") + wrong});
    }});
}

/// Esc and the close button: what is being printed is stopped first.
void PrintDialog::reject() {
    if (mPrinter->isPrinting()) return mPrinter->cancel();
    close();
}

void addPrintDialog(Workspace& workspace) {
    auto open = std::make_shared<QPointer<PrintDialog>>();
    QAction* print = workspace.commands().add({"file.print", {"打印与出图…", "Print…"}, Menu::File, {QKeySequence::Print}, "print", Bar::File,
                                               {"选图幅、模板和比例尺，预览后输出 PDF、图片或打印", "Choose paper, template and scale, look at it, then print or export"}},
                                              [&workspace, open] {
                                                  if (!*open) *open = new PrintDialog(workspace);
                                                  static_cast<QWidget*>(open->data())->show();
                                                  (*open)->raise();
                                                  (*open)->activateWindow();
                                              });
    PlanDocument& document = workspace.document();
    const auto allow = [print, &document, &workspace] { print->setEnabled(document.isOpen() && !workspace.content().layouts().empty()); };
    allow();
    QObject::connect(&workspace.content(), &MapContent::themesChanged, print, allow);
    QObject::connect(&document, &PlanDocument::closed, print, allow);
}

}  // namespace zonewright::desktop
