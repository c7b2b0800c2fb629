#include "desktop/panels/result_view.h"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

#include "core/analysis/table_chart.h"
#include "desktop/canvas/comparison.h"
#include "desktop/canvas/map_view.h"
#include "desktop/dialogs/questions.h"
#include "desktop/panels/chart_view.h"
#include "desktop/panels/result_table.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/plan_history.h"

namespace zonewright::desktop {
namespace {

constexpr const char* kOwner = "analysis";
constexpr int kListHeight = 110;

QComboBox* narrowCombo(const char* name) {
    auto* box = new QComboBox;
    box->setObjectName(QLatin1String(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

/// A sheet of the workbook may have the id of another table.
QString keyOf(const analysis::Table& table) { return (table.sheetOnly ? QStringLiteral("sheet:") : QString()) + QString::fromStdString(table.id); }

}  // namespace

ResultView::ResultView(Workspace& workspace, AnalysisDesk& desk)
    : mWorkspace(workspace), mDesk(desk), mPlaces(workspace.document()), mOutline(workspace.map()), mRowPaths(workspace.map()), mList(new QListWidget), mFinding(new QLabel), mState(new QLabel),
      mTables(narrowCombo("results.tables")), mMeasure(narrowCombo("results.measure")), mViews(new QTabWidget), mTable(new ResultTable), mChart(new ChartView), mOnMap(new QPushButton),
      mAgain(new QPushButton), mCopy(new QPushButton), mExport(new QPushButton), mCompare(new QPushButton) {
    build();
    connectAll();
    inLanguage(this, [this] { retitle(); });
}

void ResultView::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    mList->setObjectName(QStringLiteral("results.list"));
    mList->setMaximumHeight(kListHeight);
    mList->setAlternatingRowColors(true);
    column->addWidget(mList);
    mFinding->setObjectName(QStringLiteral("results.finding"));
    mFinding->setWordWrap(true);
    mFinding->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont bold = mFinding->font();
    bold.setBold(true);
    mFinding->setFont(bold);
    column->addWidget(mFinding);
    mState->setObjectName(QStringLiteral("results.state"));
    mState->setWordWrap(true);
    column->addWidget(mState);
    auto* row = new QHBoxLayout;
    mOnMap->setObjectName(QStringLiteral("results.map"));
    mOnMap->setCheckable(true);
    mAgain->setObjectName(QStringLiteral("results.again"));
    mCopy->setObjectName(QStringLiteral("results.copy"));
    mExport->setObjectName(QStringLiteral("results.export"));
    auto* menu = new QMenu(mExport);
    mExportTables = menu->addAction(QString(), this, [this] { exportTo(false); });
    mExportTables->setObjectName(QStringLiteral("results.export_tables"));
    mExportChart = menu->addAction(QString(), this, [this] { exportTo(true); });
    mExportChart->setObjectName(QStringLiteral("results.export_chart"));
    mExport->setMenu(menu);
    for (QPushButton* button : {mOnMap, mAgain, mCopy, mExport}) row->addWidget(button);
    row->addStretch();
    column->addLayout(row);
    mCompare->setObjectName(QStringLiteral("results.compare"));
    mCompare->setIcon(icon(QStringLiteral("compare")));
    column->addWidget(mCompare, 0, Qt::AlignLeft);
    auto* choices = new QHBoxLayout;
    choices->addWidget(mTables, 1);
    choices->addWidget(mMeasure, 1);
    column->addLayout(choices);
    mTable->setObjectName(QStringLiteral("results.table"));
    mChart->setObjectName(QStringLiteral("results.chart"));
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(mChart);
    scroll->setAlignment(Qt::AlignTop);
    mViews->setObjectName(QStringLiteral("results.views"));
    mViews->addTab(mTable, QString());
    mViews->addTab(scroll, QString());
    mViews->setDocumentMode(true);
    column->addWidget(mViews, 1);
}

void ResultView::connectAll() {
    connect(mList, &QListWidget::currentRowChanged, this, [this] { showCurrent(); });
    connect(mTables, &QComboBox::activated, this, [this] { showTable(); });
    connect(mMeasure, &QComboBox::activated, this, [this] {
        mOnMap->setChecked(mOnMap->isEnabled());  // who picks a measure wants to see it
        showMeasure();
    });
    connect(mTable, &ResultTable::rowPicked, this, [this](int picked) {
        mChart->pick(barOf(picked));
        pickFeature(picked);
    });
    connect(mTable, &ResultTable::rowPointed, this, &ResultView::pointAt);
    connect(mTable, &ResultTable::typed, this, [this](int at, int column, const QString& words) {
        if (const auto* table = currentTable()) mDesk.setCell(*table, {static_cast<std::size_t>(at), static_cast<std::size_t>(column), words.toStdString()});
    });
    connect(mChart, &ChartView::picked, this, [this](int bar) {
        const int at = rowOf(bar);
        markRow(at);
        pickFeature(at);
    });
    connect(mChart, &ChartView::hovered, this, [this](int bar) { pointAt(rowOf(bar)); });
    connect(mOnMap, &QPushButton::toggled, this, [this] { showOnMap(); });
    connect(mAgain, &QPushButton::clicked, this, [this] {
        const auto* kept = current();
        if (kept == nullptr) return;
        if (const auto* module = moduleOf(*kept)) emit wanted(QString::fromStdString(kept->result.module), AnalysisDesk::assignmentsOf(*module, kept->result));
    });
    connect(mCopy, &QPushButton::clicked, this, [this] {
        if (const auto* kept = current()) {
            QApplication::clipboard()->setText(mDesk.commandLine(kept->result));
            mWorkspace.say(Message{Severity::Note, text("已复制：", "Copied: ") + mDesk.commandLine(kept->result)});
        }
    });
    connect(mCompare, &QPushButton::clicked, this, [this] {
        const auto* kept = current();
        const auto halves = kept != nullptr ? mWorkspace.comparison().beforeAndAfter(kept->result.outputs) : std::nullopt;
        if (halves) mWorkspace.comparison().start(halves->first, halves->second);
    });
    connect(&mDesk, &AnalysisDesk::resultsChanged, this, [this] { fill(); });
    connect(&mDesk, &AnalysisDesk::ready, this, [this] { fill(); });
    connect(&mWorkspace.content(), &MapContent::layersChanged, this, [this] { showCurrent(); });
    connect(&mDesk, &AnalysisDesk::outcomeRead, this, [this](qlonglong result) {
        if (result == mShown) showCurrent();
    });
    connect(&mDesk, &AnalysisDesk::failed, this, [this] { readNow(); });  // a cell that was refused says again what it said
    connect(&mWorkspace.selection(), &Selection::changed, this, [this] { followSelection(); });
    connect(&mWorkspace.map(), &MapView::pointerMoved, this, [this] { followPointer(); });
    connect(&mWorkspace.document(), &PlanDocument::changed, this, [this](const Change& change) {
        const auto* table = currentTable();
        if (table == nullptr || !table->source) return;
        if (change.layers.empty() || std::ranges::find(change.layers, table->source->layer) != change.layers.end()) readNow();
    });
    connect(&mWorkspace.document(), &PlanDocument::closed, this, [this] {
        mWorkspace.content().setExtras(kOwner, {});
        mPlaces.clear();
        mOutline.hide();
        mRowPaths.hide();
        mShown = -1;
    });
}

void ResultView::retitle() {
    mViews->setTabText(0, text("表格", "Table"));
    mViews->setTabText(1, text("图表", "Chart"));
    mOnMap->setText(text("显示在地图上", "On the map"));
    mAgain->setText(text("重新运行", "Run again"));
    mCopy->setText(text("复制命令行", "Copy command"));
    mCopy->setToolTip(text("复制可重复此次运行的命令行", "Copy the command line that repeats this run"));
    mExport->setText(text("导出", "Export"));
    mCompare->setText(text("建设前后对比", "Before and after"));
    mCompare->setToolTip(text("在地图上以卷帘对比建设前后", "Compare before and after on the map, as a swipe"));
    mExportTables->setText(text("表格（XLSX、CSV）…", "Tables (XLSX, CSV)…"));
    mExportChart->setText(text("图表（SVG、PNG）…", "Chart (SVG, PNG)…"));
    mTables->setToolTip(text("结果中的表", "Tables of the result"));
    mMeasure->setToolTip(text("图表与地图按此指标显示", "What the chart and the colours of the map show"));
    mOutcome.reset();  // its words are another language's
    fill();
}

void ResultView::fill() {
    const qlonglong now = mShown;
    {
        const QSignalBlocker quiet(mList);
        mList->clear();
        int at = 0;
        for (const AnalysisDesk::Kept& kept : mDesk.results()) {
            const auto* module = moduleOf(kept);
            const QString title = module != nullptr ? text(module->description().title) : QString::fromStdString(kept.result.module);
            QString words = QStringLiteral("%1  %2").arg(localTime(kept.result.time), title);
            if (kept.result.id == 0) words += text("（未存入规划）", " (not kept in the plan)");
            else if (kept.superseded) words += text("（图层已被后来的取代）", " (layers replaced by a later run)");
            else if (kept.changed) words += kept.changed->empty() ? text("（最新）", " (up to date)") : text("（过时）", " (out of date)");
            auto* item = new QListWidgetItem(words, mList);
            item->setToolTip(text(kept.result.finding));
            item->setData(Qt::UserRole, QVariant::fromValue<qlonglong>(kept.result.id));
            if (kept.result.id == now) at = mList->count() - 1;
            if (kept.superseded) item->setForeground(palette().color(QPalette::Disabled, QPalette::Text));
        }
        if (mList->count() > 0) mList->setCurrentRow(at);
    }
    showCurrent();
}

void ResultView::show(qlonglong result) {
    mShown = result;
    mOutcome.reset();
    {
        const QSignalBlocker quiet(mOnMap);
        mOnMap->setChecked(true);
    }
    fill();
}

void ResultView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    showCurrent();
}

const AnalysisDesk::Kept* ResultView::current() const {
    const QListWidgetItem* item = mList->currentItem();
    if (item == nullptr) return nullptr;
    const auto& results = mDesk.results();
    const auto found = std::ranges::find_if(results, [&](const auto& kept) { return kept.result.id == item->data(Qt::UserRole).toLongLong(); });
    return found == results.end() ? nullptr : &*found;
}

const analysis::Module* ResultView::moduleOf(const AnalysisDesk::Kept& kept) const {
    if (mDesk.registry() == nullptr) return nullptr;
    const auto module = mDesk.registry()->find(kept.result.module);
    return module ? *module : nullptr;
}

/// Tables, charts and map are made anew only for another result: what was chosen in them stays while results go out of date.
void ResultView::showCurrent() {
    const auto* kept = current();
    for (QPushButton* button : {mAgain, mCopy}) button->setEnabled(kept != nullptr);
    // Read when somebody looks.
    const auto outcome = kept != nullptr && isVisible() ? mDesk.outcome(kept->result.id) : nullptr;
    mOnMap->setEnabled(kept != nullptr && kept->result.id != 0 && !kept->superseded);
    mExport->setEnabled(outcome != nullptr);
    mCompare->setVisible(kept != nullptr && kept->result.id != 0 && !kept->superseded && mWorkspace.comparison().beforeAndAfter(kept->result.outputs));
    mExportTables->setEnabled(outcome != nullptr && !outcome->tables.empty());
    if (kept == nullptr) {
        mFinding->setText(text("规划中还没有分析结果。", "There is no result in this plan yet."));
        mState->clear();
    } else {
        mFinding->setText(text(kept->result.finding));
        showState(*kept);
        mShown = kept->result.id;
    }
    if (outcome == mOutcome && (outcome != nullptr || mTables->count() == 0)) return;
    mOutcome = outcome;
    fillTables();
}

void ResultView::showState(const AnalysisDesk::Kept& kept) {
    const auto titlesOf = [&](const std::vector<analysis::InputRecord>& inputs, bool counted) {
        QStringList out;
        for (const analysis::InputRecord& input : inputs) {
            const auto* layer = mWorkspace.document().catalogue().find(input.source);
            out << (layer != nullptr ? text(layer->title) : QString::fromStdString(input.source));
            if (counted) out.back() += QStringLiteral(" (%1)").arg(input.features);
        }
        out.removeDuplicates();
        return out.join(text("、", ", "));
    };
    QString words = text("依据：", "From: ") + titlesOf(kept.result.inputs, true);
    if (kept.superseded) words = text("其图层已被同一分析后来的运行取代；重新运行可得。", "Its layers were replaced by a later run of the same analysis; run again to see them.") + QLatin1Char('\n') + words;
    if (kept.changed && !kept.changed->empty()) {
        words = text("⚠ 已过时：%1 在运行之后改动过。", "⚠ Out of date: %1 changed after the run.").arg(titlesOf(*kept.changed, false)) + QLatin1Char('\n') + words;
    }
    mState->setText(words);
}

/// Tables that say how a column of another came about come last.
void ResultView::fillTables() {
    const QSignalBlocker quiet(mTables);
    const QVariant now = mTables->currentData();
    mTables->clear();
    if (mOutcome != nullptr) {
        for (const bool last : {false, true}) {
            for (std::size_t i = 0; i < mOutcome->tables.size(); ++i) {
                const analysis::Table& table = mOutcome->tables[i];
                if (table.sheetOnly == last) mTables->addItem(text(table.title), keyOf(table));
            }
            if (!last) mTables->insertSeparator(mTables->count());
        }
        if (const int last = mTables->count() - 1; last >= 0 && !mTables->itemData(last).isValid()) mTables->removeItem(last);  // nothing to separate
        const int kept = now.isValid() ? mTables->findData(now) : -1;
        mTables->setCurrentIndex(mTables->count() == 0 ? -1 : std::max(kept, 0));
    }
    showTable();
}

const analysis::Table* ResultView::currentTable() const {
    if (mOutcome == nullptr || !mTables->currentData().isValid()) return nullptr;
    const auto found = std::ranges::find(mOutcome->tables, mTables->currentData().toString(), keyOf);
    return found == mOutcome->tables.end() ? nullptr : &*found;
}

void ResultView::showTable() {
    mRowPaths.hide();
    const analysis::Table* table = currentTable();
    mTables->setVisible(mTables->count() > 1);
    mViews->setVisible(mOutcome != nullptr && (table != nullptr || !mOutcome->charts.empty()));
    mTable->show(table, mWorkspace.document().isWritable());
    readNow();
    fillMeasures();
    showMeasure();
}

/// What the table's cells say in the plan by now, where they come from it.
void ResultView::readNow() {
    const auto* table = currentTable();
    if (table == nullptr || !table->source) return;
    mWorkspace.document().read(
        this, [table = *table](const plan::Plan& plan) { return sourceCells(plan, table); },
        [this, id = table->id, result = mShown](Result<SourceCells> cells) {
            const auto* shown = currentTable();
            if (cells && shown != nullptr && shown->id == id && result == mShown) mTable->setNow(*cells);
        });
}

/// The charts that the module drew, then every measure of the table.
void ResultView::fillMeasures() {
    const QSignalBlocker quiet(mMeasure);
    const QVariant now = mMeasure->currentData();
    mMeasure->clear();
    const analysis::Table* table = currentTable();
    if (mOutcome != nullptr) {
        for (const analysis::Chart& chart : mOutcome->charts) mMeasure->addItem(text(analysis::titleOf(chart.drawing)), QString::fromStdString("chart:" + chart.id));
        if (table != nullptr && !mOutcome->charts.empty()) mMeasure->insertSeparator(mMeasure->count());
    }
    if (table != nullptr) {
        for (const std::size_t c : analysis::measuresOf(*table))
            mMeasure->addItem(QString::fromStdString(analysis::heading(table->columns[c], language())), QString::fromStdString(table->columns[c].id));
    }
    int index = now.isValid() ? mMeasure->findData(now) : -1;
    const bool first = table != nullptr && mOutcome != nullptr && table == &mOutcome->tables.front();
    if (index < 0 && table != nullptr && (!first || mOutcome->charts.empty())) {
        if (const auto usual = analysis::usualMeasure(*table)) index = mMeasure->findData(QString::fromStdString(table->columns[*usual].id));
    }
    mMeasure->setCurrentIndex(std::max(index, mMeasure->count() > 0 ? 0 : -1));
    mMeasure->setVisible(mMeasure->count() > 0);
}

const analysis::Column* ResultView::currentMeasure() const {
    const auto* table = currentTable();
    const std::string id = mMeasure->currentData().toString().toStdString();
    if (table == nullptr || id.empty()) return nullptr;
    const auto found = std::ranges::find(table->columns, id, &analysis::Column::id);
    return found == table->columns.end() ? nullptr : &*found;
}

void ResultView::showMeasure() {
    const auto* kept = current();
    const auto* table = currentTable();
    mBarRows.clear();
    mExportChart->setEnabled(kept != nullptr && mMeasure->count() > 0);
    if (kept == nullptr || mOutcome == nullptr || mMeasure->count() == 0) {
        mChart->clear();
    } else if (const auto* measure = currentMeasure()) {
        auto bars = analysis::barsOf(*table, static_cast<std::size_t>(measure - table->columns.data()));
        for (const std::size_t row : bars.rows) mBarRows.push_back(static_cast<int>(row));
        mChart->show(mDesk.withSource(std::move(bars.chart), kept->result));
    } else {
        const std::string id = mMeasure->currentData().toString().mid(6).toStdString();
        const auto chart = std::ranges::find(mOutcome->charts, id, &analysis::Chart::id);
        if (chart != mOutcome->charts.end()) mChart->show(chart->drawing);
        for (const analysis::Bar& bar : mChart->bars()) {
            const auto row = table != nullptr ? analysis::rowAbout(*table, {bar.label.zh, bar.label.en}) : std::nullopt;
            mBarRows.push_back(row ? static_cast<int>(*row) : -1);
        }
    }
    // What the layers show follows the measure.
    const auto* measure = currentMeasure();
    if (kept == nullptr || measure == nullptr || kept->result.id == 0 || kept->superseded) {
        mMapMeasure.reset();
        return showOnMap();
    }
    mWorkspace.document().read(
        this, [layers = layersOf(*kept), column = *measure](const plan::Plan& plan) { return mapMeasure(plan, layers, column); },
        [this, id = measure->id, result = mShown](Result<std::optional<MapMeasure>> read) {
            const auto* now = currentMeasure();
            if (now == nullptr || now->id != id || result != mShown) return;
            mMapMeasure = read ? *read : std::nullopt;
            showOnMap();
        });
}

int ResultView::rowOf(int bar) const { return bar >= 0 && bar < static_cast<int>(mBarRows.size()) ? mBarRows[static_cast<std::size_t>(bar)] : -1; }

int ResultView::barOf(int row) const {
    const auto found = std::ranges::find(mBarRows, row);
    return row < 0 || found == mBarRows.end() ? -1 : static_cast<int>(found - mBarRows.begin());
}

void ResultView::exportTo(bool chart) {
    const auto* kept = current();
    if (kept == nullptr || mOutcome == nullptr) return;
    const auto* module = moduleOf(*kept);
    QString name = chart ? text(analysis::titleOf(mChart->drawing())) : module != nullptr ? text(module->description().title) : QString::fromStdString(kept->result.module);
    for (const QChar bad : QStringLiteral("/\\:*?\"<>|")) name.replace(bad, QLatin1Char(' '));
    const QString folder = QString::fromStdString(std::filesystem::absolute(mWorkspace.document().file()).parent_path().string());
    const QString kinds = chart ? text("SVG 矢量图 (*.svg);;PNG 图片，300 dpi (*.png)", "SVG, vector (*.svg);;PNG picture, 300 dpi (*.png)")
                                : text("Excel 表 (*.xlsx);;CSV 表 (*.csv)", "Excel workbook (*.xlsx);;CSV tables (*.csv)");
    askWhereToWrite(this, chart ? text("导出图表", "Export the chart") : text("导出表格", "Export the tables"), folder + QLatin1Char('/') + name + (chart ? QStringLiteral(".svg") : QStringLiteral(".xlsx")), kinds,
                    [this, chart, result = kept->result.id, drawing = mChart->drawing()](const QString& file) {
                        if (chart) mDesk.writeChart(drawing, file.toStdString());
                        else mDesk.writeTables(result, file.toStdString());
                    });
}

}  // namespace zonewright::desktop
