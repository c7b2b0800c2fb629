#include "desktop/panels/result_view.h"

#include <algorithm>
#include <set>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include "desktop/canvas/map_view.h"
#include "desktop/panels/bar_view.h"
#include "desktop/session/language.h"
#include "desktop/session/plan_history.h"

namespace zonewright::desktop {
namespace {

constexpr const char* kOwner = "analysis";
constexpr int kMostRows = 5000;  ///< of a table; all are in the file it is written to
constexpr std::size_t kMostBars = 40;

std::optional<double> numberOf(const analysis::Cell& cell) {
    if (const auto* real = std::get_if<double>(&cell)) return *real;
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    return std::nullopt;
}

/// What a row is about: its name, or the first column of texts.
std::size_t labelColumn(const analysis::Table& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].id == "name") return i;
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        for (const auto& row : table.rows) {
            if (std::holds_alternative<Localized>(row[i]) || std::holds_alternative<std::string>(row[i])) return i;
        }
    }
    return 0;
}

/// All texts of a row in both languages: one of them is a value of the feature that it is about.
std::vector<std::string> textsOf(const std::vector<analysis::Cell>& row, std::size_t first) {
    std::vector<std::string> out;
    const auto add = [&](const analysis::Cell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && !text->empty()) out.push_back(*text);
        if (const auto* words = std::get_if<Localized>(&cell); words != nullptr && !words->zh.empty()) out.insert(out.end(), {words->zh, words->en});
    };
    add(row[first]);
    for (const analysis::Cell& cell : row) add(cell);
    return out;
}

/// The feature of these layers that has a text as one of its values.
Result<std::optional<std::pair<FeatureRef, Geometry>>> findByText(const plan::Plan& plan, const std::vector<std::string>& layers, const std::vector<std::string>& texts) {
    std::optional<std::pair<FeatureRef, Geometry>> found;
    for (const std::string& layer : layers) {
        const auto table = plan::tableOf(plan, layer);
        if (!table || table->geometryColumn.empty()) continue;
        const auto isIt = [&](const plan::Value& value) { return std::holds_alternative<std::string>(value) && std::ranges::find(texts, std::get<std::string>(value)) != texts.end(); };
        const auto read = plan::forEachFeature(plan, *table, {}, [&](plan::Feature&& feature) {
            if (std::ranges::none_of(feature.values, isIt)) return true;
            found = {FeatureRef{layer, feature.fid}, std::move(feature.geometry)};
            return false;
        });
        if (!read) return tl::unexpected(read.error());
        if (found) break;
    }
    return found;
}

}  // namespace

ResultView::ResultView(Workspace& workspace, AnalysisDesk& desk)
    : mWorkspace(workspace), mDesk(desk), mList(new QListWidget), mFinding(new QLabel), mState(new QLabel), mViews(new QTabWidget), mTables(new QComboBox),
      mTable(new QTableWidget), mMeasure(new QComboBox), mBars(new BarView), mOnMap(new QPushButton), mAgain(new QPushButton), mCopy(new QPushButton), mExport(new QPushButton) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    mList->setObjectName(QStringLiteral("results.list"));
    mList->setMaximumHeight(110);
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
    for (QPushButton* button : {mOnMap, mAgain, mCopy, mExport}) row->addWidget(button);
    row->addStretch();
    column->addLayout(row);

    auto* tablePage = new QWidget;
    auto* tableColumn = new QVBoxLayout(tablePage);
    tableColumn->setContentsMargins(0, 6, 0, 0);
    mTables->setObjectName(QStringLiteral("results.tables"));
    mTables->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    mTable->setObjectName(QStringLiteral("results.table"));
    mTable->setEditTriggers(QAbstractItemView::NoEditTriggers);
    mTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    mTable->setAlternatingRowColors(true);
    mTable->verticalHeader()->hide();
    mTable->verticalHeader()->setDefaultSectionSize(24);
    tableColumn->addWidget(mTables);
    tableColumn->addWidget(mTable, 1);
    auto* chartPage = new QWidget;
    auto* chartColumn = new QVBoxLayout(chartPage);
    chartColumn->setContentsMargins(0, 6, 0, 0);
    mMeasure->setObjectName(QStringLiteral("results.measure"));
    mMeasure->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    mBars->setObjectName(QStringLiteral("results.bars"));
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(mBars);
    scroll->setAlignment(Qt::AlignTop);
    chartColumn->addWidget(mMeasure);
    chartColumn->addWidget(scroll, 1);
    mViews->setObjectName(QStringLiteral("results.views"));
    mViews->addTab(tablePage, QString());
    mViews->addTab(chartPage, QString());
    mViews->setDocumentMode(true);
    column->addWidget(mViews, 1);

    connect(mList, &QListWidget::currentRowChanged, this, [this] { showCurrent(); });
    connect(mTables, &QComboBox::activated, this, [this] { showTable(); });
    connect(mMeasure, &QComboBox::activated, this, [this] { showTable(); });
    connect(mTable, &QTableWidget::itemSelectionChanged, this, [this] {
        const auto* table = currentTable();
        const int picked = mTable->currentRow();
        if (mPicking || table == nullptr || picked < 0 || mTable->selectedItems().isEmpty()) return;
        mBars->pick(QString::number(picked));
        pickFeature(picked);
    });
    connect(mBars, &BarView::picked, this, [this](const QString& key) { mTable->selectRow(key.toInt()); });
    connect(mOnMap, &QPushButton::toggled, this, &ResultView::showOnMap);
    connect(mAgain, &QPushButton::clicked, this, [this] {
        const auto* kept = current();
        if (kept == nullptr || mDesk.registry() == nullptr) return;
        if (const auto module = mDesk.registry()->find(kept->result.module)) emit wanted(QString::fromStdString(kept->result.module), AnalysisDesk::assignmentsOf(**module, kept->result));
    });
    connect(mCopy, &QPushButton::clicked, this, [this] {
        if (const auto* kept = current()) {
            QApplication::clipboard()->setText(mDesk.commandLine(kept->result));
            mWorkspace.say(Message{Severity::Note, text("已复制：", "Copied: ") + mDesk.commandLine(kept->result)});
        }
    });
    connect(mExport, &QPushButton::clicked, this, [this] {
        const auto* kept = current();
        if (kept == nullptr) return;
        const QString file = QFileDialog::getSaveFileName(this, text("导出表格", "Export the tables"), QString::fromStdString(kept->result.module) + QStringLiteral(".xlsx"),
                                                          text("Excel 表 (*.xlsx);;CSV 表 (*.csv)", "Excel workbook (*.xlsx);;CSV table (*.csv)"));
        if (!file.isEmpty()) mDesk.writeTables(kept->result.id, file.toStdString());
    });
    connect(&mDesk, &AnalysisDesk::resultsChanged, this, [this] { fill(); });
    connect(&mDesk, &AnalysisDesk::ready, this, [this] { fill(); });
    connect(&workspace.selection(), &Selection::changed, this, [this] { followSelection(); });
    connect(&workspace.document(), &PlanDocument::closed, this, [this] { mWorkspace.content().setExtras(kOwner, {}); });
    inLanguage(this, [this] { retitle(); });
}

void ResultView::retitle() {
    mViews->setTabText(0, text("表格", "Table"));
    mViews->setTabText(1, text("图表", "Chart"));
    mOnMap->setText(text("显示在地图上", "On the map"));
    mAgain->setText(text("重新运行", "Run again"));
    mCopy->setText(text("复制命令行", "Copy command"));
    mCopy->setToolTip(text("复制可重复此次运行的命令行", "Copy the command line that repeats this run"));
    mExport->setText(text("导出…", "Export…"));
    fill();
}

void ResultView::fill() {
    const qlonglong now = mShown;
    const QSignalBlocker quiet(mList);
    mList->clear();
    int at = 0;
    for (const AnalysisDesk::Kept& kept : mDesk.results()) {
        const auto module = mDesk.registry() != nullptr ? mDesk.registry()->find(kept.result.module) : Result<const analysis::Module*>(nullptr);
        const QString title = module && *module != nullptr ? text((*module)->description().title) : QString::fromStdString(kept.result.module);
        QString words = QStringLiteral("%1  %2").arg(localTime(kept.result.time), title);
        if (kept.superseded) words += text("（已被后来的取代）", " (superseded)");
        else if (kept.changed && !kept.changed->empty()) words += text("（过时）", " (out of date)");
        auto* item = new QListWidgetItem(words, mList);
        item->setData(Qt::UserRole, QVariant::fromValue<qlonglong>(kept.result.id));
        if (kept.result.id == now) at = mList->count() - 1;
        if (kept.superseded) item->setForeground(palette().color(QPalette::Disabled, QPalette::Text));
    }
    if (mList->count() > 0) mList->setCurrentRow(at);
    showCurrent();
}

void ResultView::show(qlonglong result) {
    mShown = result;
    fill();
    mOnMap->setChecked(true);
    showOnMap(true);
}

const AnalysisDesk::Kept* ResultView::current() const {
    const QListWidgetItem* item = mList->currentItem();
    if (item == nullptr) return nullptr;
    const auto& results = mDesk.results();
    const auto found = std::ranges::find_if(results, [&](const auto& kept) { return kept.result.id == item->data(Qt::UserRole).toLongLong(); });
    return found == results.end() ? nullptr : &*found;
}

void ResultView::showCurrent() {
    const auto* kept = current();
    for (QPushButton* button : {mOnMap, mAgain, mCopy}) button->setEnabled(kept != nullptr);
    const auto* completed = kept != nullptr ? mDesk.completed(kept->result.id) : nullptr;
    mExport->setEnabled(completed != nullptr && !completed->outcome.tables.empty());
    if (kept == nullptr) {
        mFinding->setText(text("规划中还没有分析结果。", "There is no result in this plan yet."));
        mState->clear();
    } else {
        const bool other = mShown != kept->result.id;
        mShown = kept->result.id;
        mFinding->setText(text(kept->result.finding));
        QStringList inputs;
        for (const analysis::InputRecord& input : kept->result.inputs) {
            const auto* layer = mWorkspace.document().catalogue().find(input.source);
            inputs << (layer != nullptr ? text(layer->title) : QString::fromStdString(input.source)) + QStringLiteral(" (%1)").arg(input.features);
        }
        QString words = text("依据：", "From: ") + inputs.join(text("、", ", "));
        if (kept->changed && !kept->changed->empty()) {
            QStringList changed;
            for (const analysis::InputRecord& input : *kept->changed) {
                const auto* layer = mWorkspace.document().catalogue().find(input.source);
                changed << (layer != nullptr ? text(layer->title) : QString::fromStdString(input.source));
            }
            changed.removeDuplicates();
            words = text("⚠ 已过时：%1 在运行之后改动过。", "⚠ Out of date: %1 changed after the run.").arg(changed.join(text("、", ", "))) + QLatin1Char('\n') + words;
        }
        mState->setText(words);
        if (other) showOnMap(mOnMap->isChecked());
    }
    const QSignalBlocker quiet(mTables);
    const int table = mTables->currentIndex();
    mTables->clear();
    if (completed != nullptr) {
        for (const analysis::Table& one : completed->outcome.tables) mTables->addItem(text(one.title));
    }
    mTables->setCurrentIndex(std::clamp(table, 0, std::max(0, mTables->count() - 1)));
    showTable();
}

const analysis::Table* ResultView::currentTable() const {
    const auto* kept = current();
    const auto* completed = kept != nullptr ? mDesk.completed(kept->result.id) : nullptr;
    const int index = mTables->currentIndex();
    if (completed == nullptr || index < 0 || static_cast<std::size_t>(index) >= completed->outcome.tables.size()) return nullptr;
    return &completed->outcome.tables[static_cast<std::size_t>(index)];
}

void ResultView::showTable() {
    const analysis::Table* table = currentTable();
    mPicking = true;
    mTable->clear();
    mTable->setRowCount(0);
    mTable->setColumnCount(0);
    mTables->setVisible(mTables->count() > 1);
    mViews->setVisible(table != nullptr);
    const QVariant measure = mMeasure->currentData();
    mMeasure->clear();
    if (table == nullptr) {
        mBars->setBars({}, {}, 0);
        mPicking = false;
        return;
    }
    mTable->setColumnCount(static_cast<int>(table->columns.size()));
    QStringList headings;
    for (const analysis::Column& column : table->columns) headings << QString::fromStdString(analysis::heading(column, language()));
    mTable->setHorizontalHeaderLabels(headings);
    const int rows = std::min(static_cast<int>(table->rows.size()), kMostRows);
    mTable->setRowCount(rows);
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < mTable->columnCount(); ++c) {
            const analysis::Cell& cell = table->rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
            auto* item = new QTableWidgetItem(QString::fromStdString(analysis::cellText(cell, table->columns[static_cast<std::size_t>(c)], language())));
            if (numberOf(cell)) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            mTable->setItem(r, c, item);
        }
    }
    mTable->resizeColumnsToContents();
    for (std::size_t c = 0; c < table->columns.size(); ++c) {
        mTable->horizontalHeaderItem(static_cast<int>(c))->setToolTip(text(table->columns[c].formula));
        if (std::ranges::any_of(table->rows, [&](const auto& row) { return numberOf(row[c]).has_value(); })) mMeasure->addItem(headings[static_cast<int>(c)], static_cast<int>(c));
    }
    const auto real = std::ranges::find_if(table->columns, [&](const analysis::Column& column) {
        const auto at = static_cast<std::size_t>(&column - table->columns.data());
        return std::ranges::any_of(table->rows, [&](const auto& row) { return std::holds_alternative<double>(row[at]); });
    });
    const int usual = real == table->columns.end() ? 0 : std::max(0, mMeasure->findData(static_cast<int>(real - table->columns.begin())));
    mMeasure->setCurrentIndex(measure.isValid() && mMeasure->findData(measure) >= 0 ? mMeasure->findData(measure) : usual);
    std::vector<BarView::Bar> bars;
    if (mMeasure->count() > 0) {
        const auto column = static_cast<std::size_t>(mMeasure->currentData().toInt());
        const std::size_t label = labelColumn(*table);
        const auto cell = [&](const auto& row, std::size_t at) { return QString::fromStdString(analysis::cellText(row[at], table->columns[at], language())); };
        std::set<QString> labels;
        for (std::size_t r = 0; r < table->rows.size() && bars.size() < kMostBars; ++r) {
            const auto& row = table->rows[r];
            const auto value = numberOf(row[column]);
            BarView::Bar bar{cell(row, label), QString::number(r), value.value_or(0)};
            if (!value || bar.label.isEmpty()) continue;  // a sum has no name, and would dwarf what it sums
            // Rows about the same thing are told apart by what stands in the next columns.
            for (std::size_t next = 0; labels.contains(bar.label) && next < table->columns.size(); ++next) {
                if (next != label && next != column) bar.label += QStringLiteral(" · ") + cell(row, next);
            }
            labels.insert(bar.label);
            bars.push_back(std::move(bar));
        }
        mBars->setBars(mMeasure->currentText(), bars, table->columns[column].decimals);
    }
    mPicking = false;
}

/// Layers of the result above the theme, in the style its module declares.
void ResultView::showOnMap(bool on) {
    const auto* kept = current();
    std::vector<cartographer::ExtraLayer> extras;
    const auto module = kept != nullptr && mDesk.registry() != nullptr ? mDesk.registry()->find(kept->result.module) : Result<const analysis::Module*>(nullptr);
    if (on && module && *module != nullptr) {
        for (const analysis::OutputDeclaration& output : (*module)->description().outputs) {
            const bool made = std::ranges::find(kept->result.outputs, output.definition.id) != kept->result.outputs.end();
            if (!made || output.definition.geometry == catalogue::GeometryKind::None) continue;
            cartographer::ExtraLayer extra;
            extra.name = output.definition.title.in(language());
            extra.source = std::filesystem::absolute(mWorkspace.document().file());
            extra.table = output.definition.id;
            extra.style = analysis::styleFile(output, mDesk.registry()->libraryOf(**module));
            extras.push_back(std::move(extra));
        }
    }
    mWorkspace.content().setExtras(kOwner, std::move(extras));
}

/// The feature of the result that a row is about.
void ResultView::pickFeature(int row) {
    const auto* kept = current();
    const auto* table = currentTable();
    if (kept == nullptr || table == nullptr || static_cast<std::size_t>(row) >= table->rows.size()) return;
    std::vector<std::string> layers = kept->result.outputs;
    for (const analysis::InputRecord& input : kept->result.inputs) layers.push_back(input.source);
    std::vector<std::string> texts = textsOf(table->rows[static_cast<std::size_t>(row)], labelColumn(*table));
    using Found = std::optional<std::pair<FeatureRef, Geometry>>;
    mWorkspace.document().read(
        this, [layers = std::move(layers), texts = std::move(texts)](const plan::Plan& plan) { return findByText(plan, layers, texts); },
        [this](Result<Found> found) {
            if (!found || !*found) return;
            mPicking = true;
            mWorkspace.selection().set({(**found).first});
            mPicking = false;
            const Box box = boxOf((**found).second);
            if (!box.empty() && !mWorkspace.map().view().extent().contains(box)) mWorkspace.map().showBox(box, 0.4);
        });
}

/// The row that has one of these texts, in table and bars.
void ResultView::markRow(const std::vector<std::string>& values) {
    const auto* table = currentTable();
    if (table == nullptr) return;
    const std::size_t label = labelColumn(*table);
    const bool was = std::exchange(mPicking, true);
    for (int row = 0; row < mTable->rowCount(); ++row) {
        const auto texts = textsOf(table->rows[static_cast<std::size_t>(row)], label);
        if (std::ranges::none_of(texts, [&](const std::string& one) { return std::ranges::find(values, one) != values.end(); })) continue;
        mTable->selectRow(row);
        mTable->scrollToItem(mTable->item(row, 0));
        mBars->pick(QString::number(row));
        break;
    }
    mPicking = was;
}

/// What is selected on the map, in table and bars.
void ResultView::followSelection() {
    const FeatureRef* picked = mWorkspace.selection().single();
    if (mPicking || picked == nullptr || currentTable() == nullptr || !isVisible()) return;
    mWorkspace.document().read(
        this, [ref = *picked](const plan::Plan& plan) { return plan::findFeature(plan, ref.layer, std::to_string(static_cast<std::int64_t>(ref.fid))); },
        [this](Result<plan::Feature> feature) {
            if (!feature) return;
            std::vector<std::string> texts;
            for (const plan::Value& value : feature->values) {
                if (const auto* one = std::get_if<std::string>(&value); one != nullptr && !one->empty()) texts.push_back(*one);
            }
            markRow(texts);
        });
}

}  // namespace zonewright::desktop
