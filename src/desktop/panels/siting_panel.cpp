#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "core/analysis/siting/documents.h"
#include "core/geometry/measure.h"
#include "desktop/canvas/map_view.h"
#include "desktop/canvas/siting_overlay.h"
#include "desktop/dialogs/questions.h"
#include "desktop/dialogs/waiver_dialog.h"
#include "desktop/models/findings_model.h"
#include "desktop/panels/finding_details.h"
#include "desktop/panels/panels.h"
#include "desktop/panels/run_row.h"
#include "desktop/panels/site_choice.h"
#include "desktop/panels/suggest_form.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"
#include "desktop/tools/site_tool.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

namespace siting = analysis::siting;

constexpr double kClearWithin = 2000;  ///< metres a site may be moved to be clear
constexpr int kWidth = 430;
constexpr int kConstraintWidth = 92;
constexpr int kSiteWidth = 120;
constexpr int kLeastRuleWidth = 130;
constexpr double kLeastShown = 150;    ///< metres of map around a place that is shown

/// Shows rows of some weights only.
class WeightFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void showClear(bool on) {
        mClear = on;
        invalidateFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        return mClear || sourceModel()->index(row, 0, parent).data(FindingsModel::WeightRole).toInt() != FindingsModel::Clear;
    }

private:
    bool mClear = true;
};

class SitingPanel : public QTabWidget {
public:
    explicit SitingPanel(Workspace& workspace);
    [[nodiscard]] QSize sizeHint() const override { return {kWidth, 640}; }

private:
    void resizeEvent(QResizeEvent* event) override {
        QTabWidget::resizeEvent(event);
        fitColumns();
    }
    void makeAnswer(QVBoxLayout& column);
    void retitle();
    void allowRun();
    void run();
    void showAnswer();
    void fitColumns();
    void showClearing();
    void pickRow();
    void showDetails(const FindingsModel::Row* row);
    void waive();
    void takeSite(const MultiPolygon& site);
    void writeReport();
    void keepRun();
    [[nodiscard]] const FindingsModel::Row* currentRow() const;
    [[nodiscard]] std::size_t currentSite() const;
    [[nodiscard]] SiteTool* siteTool() const { return qobject_cast<SiteTool*>(mWorkspace.tools().find(QStringLiteral("tool.site"))); }

    Workspace& mWorkspace;
    SitingCheck mCheck;
    SitingOverlay mOverlay;
    FindingsModel mModel;
    WeightFilter mRows;

    SiteChoice* mSites;
    RunRow* mRun;
    QLabel* mSummary = new QLabel;
    QLabel* mStale = new QLabel;
    QAction* mShowClear = nullptr;
    QToolButton* mMore = new QToolButton;
    QAction* mKeep = nullptr;
    QTreeView* mTable = new QTreeView;
    QTextBrowser* mDetails = new QTextBrowser;
    QPushButton* mWaive = new QPushButton;
    QPushButton* mClear = new QPushButton;
    QPushButton* mReport = new QPushButton;
    QPushButton* mTakeClear = new QPushButton;
    SuggestForm* mSuggest;
};

SitingPanel::SitingPanel(Workspace& workspace) : mWorkspace(workspace), mCheck(workspace.document()), mSites(new SiteChoice(workspace)), mRun(new RunRow(mCheck.work(), QStringLiteral("siting"))), mSuggest(new SuggestForm(workspace, mCheck)) {
    setObjectName(QStringLiteral("siting"));
    setDocumentMode(true);
    setMinimumWidth(340);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    column->addWidget(mSites);
    mRun->button().setDefault(true);
    column->addWidget(mRun);
    makeAnswer(*column);
    addTab(page, QString());
    addTab(mSuggest, QString());
    workspace.map().addOverlay(&mOverlay);

    connect(&mCheck, &SitingCheck::answered, this, [this] { showAnswer(); });
    connect(&mCheck, &SitingCheck::cleared, this, [this] { showClearing(); });
    connect(&mCheck, &SitingCheck::failed, this, [this](const Error& error) {
        if (error.code != ErrorCode::Cancelled) mWorkspace.say(error);
    });
    connect(&mCheck, &SitingCheck::written, this, [this](const QString& file, const QStringList& warnings) {
        QString words = text("报告已写入 %1", "The report was written to %1").arg(file);
        if (!warnings.isEmpty()) words += text("。注意：", ". Note: ") + warnings.join(text("；", "; "));
        mWorkspace.say(Message{warnings.isEmpty() ? Severity::Note : Severity::Warning, words});
    });
    connect(&mCheck, &SitingCheck::kept, this, [this](const QString& name) {
        mWorkspace.say(Message{Severity::Note, text("检查结果已存入规划：%1", "The findings are kept in the plan: %1").arg(name)});
    });
    connect(mSuggest, &SuggestForm::picked, this, [this](const MultiPolygon& place) {
        mOverlay.propose(place);
        mWorkspace.map().update();
    });
    connect(mSuggest, &SuggestForm::wanted, this, [this](const MultiPolygon& place) {
        setCurrentIndex(0);
        takeSite(place);
    });
    connect(mSites, &SiteChoice::changed, this, [this] { allowRun(); });
    connect(mRun, &RunRow::wanted, this, [this] { run(); });
    if (SiteTool* tool = siteTool()) {
        connect(tool, &SiteTool::placed, this, [this](const MultiPolygon& site) {
            mWorkspace.showPanel(QStringLiteral("siting"));
            setCurrentIndex(0);
            takeSite(site);
        });
    }
    inLanguage(this, [this] { retitle(); });
}

void SitingPanel::makeAnswer(QVBoxLayout& column) {
    mSummary->setObjectName(QStringLiteral("siting.summary"));
    mSummary->setWordWrap(true);
    mSummary->setTextFormat(Qt::PlainText);
    column.addWidget(mSummary);
    mStale->setObjectName(QStringLiteral("siting.stale"));
    mStale->setWordWrap(true);
    column.addWidget(mStale);
    connect(mStale, &QLabel::linkActivated, this, [this] { mCheck.again(); });

    mRows.setSourceModel(&mModel);
    mRows.setSortRole(FindingsModel::SortRole);
    mTable->setObjectName(QStringLiteral("siting.table"));
    mTable->setModel(&mRows);
    mTable->setRootIsDecorated(false);
    mTable->setUniformRowHeights(true);
    mTable->setAlternatingRowColors(true);
    mTable->setSortingEnabled(true);
    mTable->sortByColumn(-1, Qt::AscendingOrder);
    mTable->setSelectionMode(QAbstractItemView::SingleSelection);
    mTable->header()->setStretchLastSection(false);
    mTable->header()->setMinimumSectionSize(48);
    mTable->setIconSize(QSize(10, 10));
    mDetails->setObjectName(QStringLiteral("siting.details"));
    mDetails->setOpenLinks(false);
    mDetails->setFrameShape(QFrame::NoFrame);
    auto* split = new QSplitter(Qt::Vertical);
    split->addWidget(mTable);
    split->addWidget(mDetails);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    mTable->setMinimumHeight(90);
    mDetails->setMinimumHeight(70);
    column.addWidget(split, 1);

    auto* row = new QHBoxLayout;
    mWaive->setObjectName(QStringLiteral("siting.waive"));
    mClear->setObjectName(QStringLiteral("siting.clear"));
    mReport->setObjectName(QStringLiteral("siting.report"));
    mTakeClear->setObjectName(QStringLiteral("siting.take_clear"));
    mTakeClear->hide();
    mMore->setAutoRaise(true);
    mMore->setText(QStringLiteral("⋯"));
    mMore->setPopupMode(QToolButton::InstantPopup);
    auto* more = new QMenu(mMore);
    mShowClear = more->addAction(QString());
    mShowClear->setCheckable(true);
    mShowClear->setChecked(true);
    mKeep = more->addAction(QString(), this, [this] { keepRun(); });
    mMore->setMenu(more);
    row->addWidget(mWaive);
    row->addWidget(mClear);
    row->addWidget(mReport);
    row->addStretch();
    row->addWidget(mMore);
    column.addWidget(mTakeClear, 0, Qt::AlignLeft);
    column.addLayout(row);
    connect(mTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { pickRow(); });
    connect(mShowClear, &QAction::toggled, this, [this](bool on) { mRows.showClear(on); });
    connect(mWaive, &QPushButton::clicked, this, [this] { waive(); });
    connect(mClear, &QPushButton::clicked, this, [this] { mCheck.clear(currentSite(), Metres(kClearWithin)); });
    connect(mReport, &QPushButton::clicked, this, [this] { writeReport(); });
    connect(mTakeClear, &QPushButton::clicked, this, [this] {
        const auto& clearing = mCheck.clearing();
        if (!clearing || !clearing->shift) return;
        if (const auto* area = std::get_if<MultiPolygon>(&clearing->geometry)) takeSite(std::get<MultiPolygon>(siting::moved(Geometry(*area), *clearing->shift)));
    });
}

void SitingPanel::retitle() {
    setTabText(0, text("检查", "Check"));
    setTabText(1, text("选址建议", "Suggest places"));
    mRun->button().setText(text("检查", "Check"));
    mShowClear->setText(text("同时列出无冲突的规则", "List rules that are clear, too"));
    mWaive->setText(text("豁免…", "Waive…"));
    mClear->setText(text("如何避让", "Ways to clear"));
    mClear->setToolTip(text("求最小移动和最小切割，使地块不触及禁止性规则", "The smallest shift and the smallest cut after which nothing prohibited speaks against the site"));
    mReport->setText(text("报告…", "Report…"));
    mKeep->setText(text("把结果存入规划…", "Keep the findings in the plan…"));
    allowRun();
    showAnswer();
    showClearing();
}

void SitingPanel::allowRun() { mRun->button().setEnabled(mWorkspace.document().isOpen() && mSites->isComplete()); }

void SitingPanel::run() {
    if (auto question = mSites->question()) mCheck.check(std::move(*question));
}

void SitingPanel::takeSite(const MultiPolygon& site) {
    if (SiteTool* tool = siteTool()) tool->setSite(site);
    mSites->take(site);
    run();
}

void SitingPanel::showAnswer() {
    const auto report = mCheck.report();
    const auto* picked = currentRow();
    const std::string key = picked != nullptr && picked->finding != nullptr ? picked->finding->key : std::string();
    mModel.setReport(report);
    mTable->setColumnHidden(FindingsModel::SiteColumn, report == nullptr || report->sites.size() < 2);
    fitColumns();
    mStale->setVisible(mCheck.isOutOfDate());
    mStale->setText(text("规划已改动，以下结果可能过时。<a href='#'>重新检查</a>", "The plan has changed; these findings may be out of date. <a href='#'>Check again</a>"));
    mReport->setEnabled(report != nullptr);
    mKeep->setEnabled(report != nullptr && mWorkspace.document().isWritable());
    if (report == nullptr) {
        mSummary->setText(text("选择项目、所选要素或手绘地块，按规则检查能否选址；结果逐条列出，单击定位到冲突处。",
                               "Choose projects, selected features or a drawn site and check them against the rules; click a finding to go to the conflict."));
        mOverlay.clear();
    } else {
        std::map<FindingsModel::Weight, int> counts;
        std::vector<SitingOverlay::Conflict> conflicts;
        for (int i = 0; i < mModel.rowCount(); ++i) {
            const auto& row = mModel.row(i);
            ++counts[row.weight];
            if (row.finding != nullptr) conflicts.push_back({row.finding->geometry, FindingsModel::colourOf(row.weight).rgb()});
        }
        QStringList parts;
        for (const auto& [weight, count] : counts) parts << QStringLiteral("%1 %2").arg(FindingsModel::titleOf(weight)).arg(count);
        if (const std::size_t rest = FindingsModel::notApplying(*report); rest > 0) parts << text("不适用 %1", "not applying %1").arg(rest);
        mSummary->setText(text("%1 个地块，%2 条规则（%3）：%4", "Sites: %1, rules: %2 (in force %3). %4")
                              .arg(report->sites.size())
                              .arg(std::ranges::count(report->checked, true))
                              .arg(QString::fromStdString(report->day), parts.join(text("，", ", "))));
        std::vector<Geometry> sites;
        for (const auto& site : report->sites) sites.push_back(site.geometry);
        mOverlay.setAnswer(std::move(sites), std::move(conflicts));
    }
    for (int i = 0; !key.empty() && i < mRows.rowCount(); ++i) {
        const auto& row = mModel.row(mRows.mapToSource(mRows.index(i, 0)).row());
        if (row.finding != nullptr && row.finding->key == key) mTable->setCurrentIndex(mRows.index(i, 0));
    }
    showDetails(currentRow());
    mWorkspace.map().update();
}

/// The rule gets what the others leave; sites of a batch are beyond the edge rather than in its place.
void SitingPanel::fitColumns() {
    const auto fitted = [this](int column) {
        mTable->resizeColumnToContents(column);
        return std::clamp(mTable->columnWidth(column), 60, 110);
    };
    const int verdict = fitted(FindingsModel::VerdictColumn);
    const int measure = fitted(FindingsModel::MeasureColumn);
    mTable->setColumnWidth(FindingsModel::VerdictColumn, verdict);
    mTable->setColumnWidth(FindingsModel::MeasureColumn, measure);
    mTable->setColumnWidth(FindingsModel::ConstraintColumn, kConstraintWidth);
    mTable->setColumnWidth(FindingsModel::SiteColumn, kSiteWidth);
    mTable->setColumnWidth(FindingsModel::RuleColumn, std::max(kLeastRuleWidth, mTable->viewport()->width() - verdict - measure - kConstraintWidth));
}

const FindingsModel::Row* SitingPanel::currentRow() const {
    const auto picked = mTable->selectionModel()->selectedRows();
    return picked.isEmpty() ? nullptr : &mModel.row(mRows.mapToSource(picked.front()).row());
}

std::size_t SitingPanel::currentSite() const {
    const auto* row = currentRow();
    if (row != nullptr && row->finding != nullptr) return row->finding->site;
    if (row != nullptr && row->cleared != nullptr) return row->cleared->site;
    return 0;
}

void SitingPanel::pickRow() {
    const auto* row = currentRow();
    mOverlay.pick(std::nullopt);
    if (row != nullptr && mCheck.report() != nullptr) {
        Box place;
        if (row->finding != nullptr) {
            mOverlay.pick(SitingOverlay::Conflict{row->finding->geometry, FindingsModel::colourOf(row->weight).rgb()});
            place = boxOf(row->finding->geometry);
            if (place.empty()) place = boxOf(mCheck.report()->sites[row->finding->site].geometry);
        } else if (row->cleared != nullptr) {
            place = boxOf(mCheck.report()->sites[row->cleared->site].geometry);
        }
        if (!place.empty()) mWorkspace.map().showBox(place.grownBy(kLeastShown), 0.35);
    }
    showDetails(row);
    mWorkspace.map().update();
}

void SitingPanel::showDetails(const FindingsModel::Row* row) {
    const bool finding = row != nullptr && row->finding != nullptr;
    mWaive->setEnabled(finding && !row->finding->waiver && mWorkspace.document().isWritable());
    const auto report = mCheck.report();
    mClear->setEnabled(report != nullptr && !report->sites.empty() && (report->sites.size() == 1 || finding));
    if (report == nullptr || row == nullptr) return mDetails->clear();
    mDetails->setHtml(findingHtml(*report, *row));
}

void SitingPanel::showClearing() {
    const auto& clearing = mCheck.clearing();
    mOverlay.propose({});
    mTakeClear->hide();
    mWorkspace.map().update();
    if (!clearing || mCheck.report() == nullptr) return;
    QStringList words;
    if (clearing->shift && clearing->shift->distance == Metres(0)) {
        words << text("此地块未触及禁止性规则，无须避让。", "Nothing prohibited speaks against this site.");
    } else {
        if (clearing->shift) {
            words << text("最小移动 %1 m（东 %2 m，北 %3 m）", "Smallest shift %1 m (east %2 m, north %3 m)")
                         .arg(number(clearing->shift->distance.value, 2), number(clearing->shift->east.value, 2), number(clearing->shift->north.value, 2));
            const Geometry there = siting::moved(clearing->geometry, *clearing->shift);
            mOverlay.propose(there);
            mTakeClear->setText(text("检查移动后的位置", "Check it there"));
            mTakeClear->setVisible(std::holds_alternative<MultiPolygon>(there));
            Box box = boxOf(clearing->geometry);
            box.add(boxOf(there));
            mWorkspace.map().showBox(box, 0.3);
        } else {
            words << text("%1 m 内移动无解", "No shift within %1 m clears it").arg(number(clearing->within.value, 0));
        }
        if (clearing->cut) {
            words << text("或切去 %1 m²（平面），余 %2 m²", "or cut off %1 m² (planar), %2 m² are left")
                         .arg(number(clearing->cut->removed.value, 1), number(planarArea(clearing->cut->left).value, 1));
        }
    }
    mDetails->setHtml(QStringLiteral("<p><b>%1</b></p><p>%2</p>")
                          .arg(text(mCheck.report()->sites[clearing->site].name).toHtmlEscaped(), words.join(text("；", "; ")).toHtmlEscaped()));
}

void SitingPanel::waive() {
    const auto* row = currentRow();
    if (row == nullptr || row->finding == nullptr) return;
    const siting::Report& report = *mCheck.report();
    const siting::Finding finding = *row->finding;
    auto* dialog = new WaiverDialog(QStringLiteral("%1 · %2").arg(text(report.sites[finding.site].name), text(report.rules[finding.rule].title)), mWorkspace.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, finding] { mCheck.waive(finding, dialog->waiver()); });
    dialog->open();
}

void SitingPanel::writeReport() {
    askWhereToWrite(this, text("写出检查报告", "Write the report"), text("选址检查报告.pdf", "siting report.pdf"),
                    text("带图报告 (*.pdf);;Excel 表 (*.xlsx);;CSV 表 (*.csv);;图层 (*.gpkg *.geojson)",
                         "Report with maps (*.pdf);;Excel workbook (*.xlsx);;CSV table (*.csv);;Layer (*.gpkg *.geojson)"),
                    [this](const QString& file) { mCheck.writeReport(file.toStdString()); });
}

void SitingPanel::keepRun() {
    askForName(this, text("存入规划", "Keep in the plan"), text("名称，供以后比较", "A name, to compare later checks with"), text("存入", "Keep"),
               [this](const QString& name) { mCheck.keep(name.toStdString()); });
}

}  // namespace

void addSitingPanel(Workspace& workspace) {
    workspace.addPanel({"siting", {"选址检查", "Siting"}, Qt::RightDockWidgetArea, "siting", {QKeySequence(Qt::CTRL | Qt::Key_3)}, false}, new SitingPanel(workspace));
}

}  // namespace zonewright::desktop
