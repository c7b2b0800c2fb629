#include <QButtonGroup>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTextBrowser>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "core/geometry/measure.h"
#include "desktop/canvas/change_overlay.h"
#include "desktop/canvas/map_view.h"
#include "desktop/dialogs/questions.h"
#include "desktop/models/history_model.h"
#include "desktop/panels/panels.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {
namespace {

constexpr int kWidth = 430;
constexpr int kMostListed = 200;     ///< features of a comparison; the rest are counted
constexpr int kMeasureDelay = 120;   ///< ms after scrolling
constexpr double kLeastShown = 100;  ///< metres of map around a change
constexpr double kLeastTold = 0.05;  ///< m2; less is written as 0.0

class HistoryPanel : public QWidget {
public:
    explicit HistoryPanel(Workspace& workspace);
    [[nodiscard]] QSize sizeHint() const override { return {kWidth, 640}; }

protected:
    void hideEvent(QHideEvent*) override { showNothing(); }

private:
    void makeComparison(QVBoxLayout& column);
    void makeTable(QVBoxLayout& column);
    void makeButtons(QVBoxLayout& column);
    void retitle();
    void fillStates();
    void measureVisible();
    void pickRow();
    void showDifference();
    void showNothing();
    void showMenu(const QPoint& at);
    void askForTag();
    void restore(std::int64_t changeSet);
    [[nodiscard]] QString difference(const HistoryDifference& difference) const;
    [[nodiscard]] QString itemHtml(const HistoryItem& item) const;
    [[nodiscard]] std::int64_t currentId() const;

    Workspace& mWorkspace;
    PlanHistory mHistory;
    HistoryModel mModel;
    QSortFilterProxyModel mRows;
    ChangeOverlay mOverlay;
    QTimer mMeasure;

    QLabel* mFromLabel = new QLabel;
    QLabel* mToLabel = new QLabel;
    QComboBox* mFrom = new QComboBox;
    QComboBox* mTo = new QComboBox;
    QPushButton* mCompare = new QPushButton;
    QLineEdit* mFilter = new QLineEdit;
    QTreeView* mTable = new QTreeView;
    QTextBrowser* mDetails = new QTextBrowser;
    QToolButton* mBefore = new QToolButton;
    QToolButton* mBoth = new QToolButton;
    QToolButton* mAfter = new QToolButton;
    QPushButton* mRestore = new QPushButton;
    QPushButton* mTag = new QPushButton;
};

HistoryPanel::HistoryPanel(Workspace& workspace) : mWorkspace(workspace), mHistory(workspace.document()), mModel(mHistory) {
    setObjectName(QStringLiteral("history"));
    setMinimumWidth(340);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    makeTable(*column);
    makeButtons(*column);
    makeComparison(*column);
    workspace.map().addOverlay(&mOverlay);
    mMeasure.setSingleShot(true);
    connect(&mMeasure, &QTimer::timeout, this, [this] { measureVisible(); });

    connect(&mHistory, &PlanHistory::changed, this, [this] {
        fillStates();
        mMeasure.start(kMeasureDelay);
    });
    connect(&mHistory, &PlanHistory::compared, this, [this] { showDifference(); });
    connect(&mHistory, &PlanHistory::failed, this, [this](const Error& error) { mWorkspace.say(error); });
    connect(&mHistory, &PlanHistory::restored, this, [this](const QString&) {
        mWorkspace.say(Message{Severity::Note, text("已恢复到所选状态；历史未丢失，可以撤销。", "The chosen state is back; nothing of the history is lost and this can be undone."),
                               text("撤销", "Undo"), [this] { mWorkspace.document().undo(); }});
    });
    connect(&mHistory, &PlanHistory::tagged, this, [this](const QString& name, const QString& code) {
        mWorkspace.say(Message{Severity::Note, text("当前状态已命名为“%1”，版本码 %2", "The present state is now \"%1\", version code %2").arg(name, code.left(12))});
    });
    inLanguage(this, [this] { retitle(); });
}

void HistoryPanel::makeTable(QVBoxLayout& column) {
    mFilter->setObjectName(QStringLiteral("history.filter"));
    mFilter->setClearButtonEnabled(true);
    column.addWidget(mFilter);
    mRows.setSourceModel(&mModel);
    mRows.setFilterRole(HistoryModel::SearchRole);
    mRows.setFilterCaseSensitivity(Qt::CaseInsensitive);
    mTable->setObjectName(QStringLiteral("history.table"));
    mTable->setModel(&mRows);
    mTable->setRootIsDecorated(false);
    mTable->setUniformRowHeights(true);
    mTable->setAlternatingRowColors(true);
    mTable->setContextMenuPolicy(Qt::CustomContextMenu);
    mTable->setMinimumHeight(90);
    mTable->header()->setStretchLastSection(false);
    mTable->header()->setSectionResizeMode(HistoryModel::WhatColumn, QHeaderView::Stretch);
    mTable->setColumnWidth(HistoryModel::MovedColumn, 84);
    mTable->setColumnWidth(HistoryModel::WhoColumn, 58);
    mTable->setColumnWidth(HistoryModel::WhenColumn, 88);
    mDetails->setObjectName(QStringLiteral("history.details"));
    mDetails->setOpenLinks(false);
    mDetails->setFrameShape(QFrame::NoFrame);
    mDetails->setMinimumHeight(80);
    auto* split = new QSplitter(Qt::Vertical);
    split->addWidget(mTable);
    split->addWidget(mDetails);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    column.addWidget(split, 1);
    connect(mFilter, &QLineEdit::textChanged, this, [this](const QString& words) {
        mRows.setFilterFixedString(words);
        mMeasure.start(kMeasureDelay);
    });
    connect(mTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { pickRow(); });
    connect(mTable->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { mMeasure.start(kMeasureDelay); });
    connect(mTable, &QTreeView::customContextMenuRequested, this, [this](const QPoint& at) { showMenu(at); });
    connect(mDetails, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const auto& difference = mHistory.difference();
        const auto index = link.fragment().toULongLong();
        if (!difference || index >= difference->items.size()) return;
        const plan::FeatureChange& change = difference->items[index].change;
        mWorkspace.map().showBox(boxOfDifference(change.before, change.after).grownBy(kLeastShown), 0.4);
        if (change.kind != plan::ChangeKind::Removed) mWorkspace.selection().set({{change.layer, change.fid}});
    });
}

void HistoryPanel::makeButtons(QVBoxLayout& column) {
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    auto* sides = new QButtonGroup(this);
    const auto side = [&](QToolButton* button, const char* name, ChangeOverlay::Side of) {
        button->setObjectName(QString::fromLatin1(name));
        button->setCheckable(true);
        button->setAutoRaise(true);
        sides->addButton(button);
        row->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, of] {
            mOverlay.setSide(of);
            mWorkspace.map().update();
        });
    };
    side(mBefore, "history.before", ChangeOverlay::Side::Before);
    side(mBoth, "history.both", ChangeOverlay::Side::Both);
    side(mAfter, "history.after", ChangeOverlay::Side::After);
    mBoth->setChecked(true);
    row->addStretch();
    mRestore->setObjectName(QStringLiteral("history.restore"));
    mTag->setObjectName(QStringLiteral("history.tag"));
    row->addWidget(mRestore);
    row->addSpacing(6);
    row->addWidget(mTag);
    column.addLayout(row);
    connect(mRestore, &QPushButton::clicked, this, [this] { restore(currentId()); });
    connect(mTag, &QPushButton::clicked, this, [this] { askForTag(); });
}

void HistoryPanel::makeComparison(QVBoxLayout& column) {
    auto* row = new QHBoxLayout;
    mFrom->setObjectName(QStringLiteral("history.from"));
    mTo->setObjectName(QStringLiteral("history.to"));
    mCompare->setObjectName(QStringLiteral("history.compare"));
    for (QComboBox* box : {mFrom, mTo}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(7);
    }
    row->addWidget(mFromLabel);
    row->addWidget(mFrom, 1);
    row->addWidget(mToLabel);
    row->addWidget(mTo, 1);
    row->addWidget(mCompare);
    column.addLayout(row);
    connect(mCompare, &QPushButton::clicked, this, [this] {
        mTable->clearSelection();
        mDetails->setHtml(QStringLiteral("<p style='color:gray'>%1</p>").arg(text("正在比较…", "Comparing…")));
        mHistory.compare(mFrom->currentData().toLongLong(), mTo->currentData().toLongLong());
    });
}

void HistoryPanel::retitle() {
    mFilter->setPlaceholderText(text("按内容、人、时间筛选", "Filter by what, who, when"));
    mBefore->setText(text("改前", "Before"));
    mBoth->setText(text("对照", "Both"));
    mAfter->setText(text("改后", "After"));
    mRestore->setText(text("恢复到此处", "Restore to here"));
    mRestore->setToolTip(text("回到所选改动之后的状态；此后的改动留在历史中，可以撤销", "Back to the state after the chosen change; later ones stay in the history and this can be undone"));
    mTag->setText(text("命名版本…", "Name version…"));
    mTag->setToolTip(text("给当前状态起名，得到图纸上的版本码", "Name the present state; its version code goes onto sheets"));
    mFromLabel->setText(text("从", "From"));
    mToLabel->setText(text("到", "to"));
    mCompare->setText(text("比较", "Compare"));
    mModel.retitle();
    fillStates();
    showDifference();
}

/// What can be compared: the beginning, tags, change-sets, now.
void HistoryPanel::fillStates() {
    const auto& records = mHistory.records();
    for (QComboBox* box : {mFrom, mTo}) {
        const QVariant now = box->currentData();
        const bool latest = box->currentIndex() <= 0;
        const QSignalBlocker quiet(box);
        box->clear();
        box->addItem(text("当前", "now"), QVariant::fromValue<qlonglong>(records.empty() ? 0 : records.front().id));
        for (auto tag = mHistory.tags().rbegin(); tag != mHistory.tags().rend(); ++tag) {
            box->addItem(icon(QStringLiteral("tag")), QString::fromStdString(tag->name), QVariant::fromValue<qlonglong>(tag->changeSet));
        }
        int listed = 0;
        for (const plan::ChangeSetRecord& record : records) {
            if (++listed > kMostListed) break;
            box->addItem(QStringLiteral("#%1  %2").arg(record.id).arg(titleOf(record)), QVariant::fromValue<qlonglong>(record.id));
        }
        box->setCurrentIndex(latest ? 0 : std::max(0, box->findData(now)));
    }
    if (mFrom->currentIndex() == 0 && !mHistory.tags().empty()) mFrom->setCurrentIndex(1);
    if (mFrom->currentIndex() == 0) {
        // What was edited since the last import.
        const auto imported = std::ranges::find(records, "import", &plan::ChangeSetRecord::kind);
        if (imported != records.end()) mFrom->setCurrentIndex(std::max(0, mFrom->findData(QVariant::fromValue<qlonglong>(imported->id))));
    }
    const bool open = mWorkspace.document().isOpen();
    mCompare->setEnabled(open && records.size() > 1);
    mTag->setEnabled(open && mWorkspace.document().isWritable());
    mRestore->setEnabled(mWorkspace.document().isWritable() && currentId() > 0);
}

/// Rows that are looked at first; the others when they come into view.
void HistoryPanel::measureVisible() {
    if (!isVisible()) return;
    std::vector<std::int64_t> wanted;
    for (QModelIndex index = mTable->indexAt(QPoint(4, 4)); index.isValid(); index = mTable->indexBelow(index)) {
        if (mTable->visualRect(index).top() > mTable->viewport()->height()) break;
        const auto& record = mHistory.records()[static_cast<std::size_t>(mRows.mapToSource(index).row())];
        if (PlanHistory::isMeasured(record)) wanted.push_back(record.id);
    }
    mHistory.wantMoved(wanted);
}

std::int64_t HistoryPanel::currentId() const {
    const auto picked = mTable->selectionModel()->selectedRows();
    return picked.isEmpty() ? 0 : picked.front().data(HistoryModel::IdRole).toLongLong();
}

void HistoryPanel::pickRow() {
    const std::int64_t id = currentId();
    mRestore->setEnabled(mWorkspace.document().isWritable() && id > 0);
    if (id == 0) return;
    const auto found = std::ranges::find(mHistory.records(), id, &plan::ChangeSetRecord::id);
    if (found == mHistory.records().end()) return;
    if (PlanHistory::isMeasured(*found)) return mHistory.compare(id - 1, id);
    mHistory.forgetComparison();
    mDetails->setHtml(QStringLiteral("<p><b>#%1 %2</b></p><p>%3</p>")
                          .arg(id)
                          .arg(titleOf(*found).toHtmlEscaped(), text("%1 个要素，整批写入，不逐个列出", "%1 features written as a whole, not listed one by one").arg(found->features)));
}

QString HistoryPanel::itemHtml(const HistoryItem& item) const {
    const auto* layer = mWorkspace.document().catalogue().find(item.change.layer);
    QString name = text(item.name);
    if (name.isEmpty()) name = QStringLiteral("fid %1").arg(static_cast<qlonglong>(item.change.fid));
    QString html = QStringLiteral("%1</a> <span style='color:gray'>%2</span>").arg(name.toHtmlEscaped(), (layer != nullptr ? text(layer->title) : QString::fromStdString(item.change.layer)).toHtmlEscaped());
    if (item.change.kind == plan::ChangeKind::Added) html += text("　新增", " added");
    if (item.change.kind == plan::ChangeKind::Removed) html += text("　删除", " removed");
    if (item.exchange.gained.value >= kLeastTold) html += QStringLiteral("　<span style='color:#2e8b43'>+%1</span>").arg(shortAreaText(item.exchange.gained));
    if (item.exchange.lost.value >= kLeastTold) html += QStringLiteral("　<span style='color:#c62828'>−%1</span>").arg(shortAreaText(item.exchange.lost));
    if (item.change.kind == plan::ChangeKind::Changed) {
        for (const plan::FieldChange& change : item.change.fields) {
            const auto* field = layer != nullptr ? layer->find(change.field) : nullptr;
            html += QStringLiteral("<br>&nbsp;&nbsp;%1: %2 → %3")
                        .arg((field != nullptr ? text(field->title) : QString::fromStdString(change.field)).toHtmlEscaped(),
                             QString::fromStdString(change.before).toHtmlEscaped(), QString::fromStdString(change.after).toHtmlEscaped());
        }
    }
    return html;
}

QString HistoryPanel::difference(const HistoryDifference& difference) const {
    const auto found = std::ranges::find(mHistory.records(), difference.to, &plan::ChangeSetRecord::id);
    QString html;
    if (difference.to == difference.from + 1 && found != mHistory.records().end()) {
        html = QStringLiteral("<p><b>#%1 %2</b><br><span style='color:gray'>%3 · %4 · %5</span></p>")
                   .arg(found->id)
                   .arg(titleOf(*found).toHtmlEscaped(), QString::fromStdString(found->author).toHtmlEscaped(), localTime(found->time), QString::fromStdString(found->tool).toHtmlEscaped());
    } else {
        html = QStringLiteral("<p><b>%1</b></p>").arg(text("#%1 到 #%2", "#%1 to #%2").arg(difference.from).arg(difference.to));
    }
    if (difference.items.empty()) return html + QStringLiteral("<p>%1</p>").arg(text("没有差别", "No difference"));
    html += QStringLiteral("<p>%1</p>").arg(text("%1 个要素不同；变动面积 %2（平面）", "%1 features differ; area moved %2 (planar)").arg(difference.items.size()).arg(shortAreaText(difference.moved)));
    for (std::size_t i = 0; i < std::min<std::size_t>(difference.items.size(), kMostListed); ++i) {
        html += QStringLiteral("<p style='margin:3px 0'><a href='#%1' style='text-decoration:none'>%2</p>").arg(i).arg(itemHtml(difference.items[i]));
    }
    if (difference.items.size() > kMostListed) html += QStringLiteral("<p>%1</p>").arg(text("另有 %1 个", "and %1 more").arg(difference.items.size() - kMostListed));
    return html;
}

void HistoryPanel::showDifference() {
    const auto& found = mHistory.difference();
    std::vector<ChangeOverlay::Change> changes;
    if (found) {
        for (const HistoryItem& item : found->items) changes.push_back({item.change.before, item.change.after, item.gained});
        mDetails->setHtml(difference(*found));
        if (!found->box.empty() && isVisible()) mWorkspace.map().showBox(found->box.grownBy(kLeastShown), 0.25);
    } else {
        mDetails->setHtml(QStringLiteral("<p style='color:gray'>%1</p>").arg(text("单击一项改动，地图上对照改前和改后；也可以比较任意两个状态或版本。",
                                                                                   "Click a change to see before and after on the map, or compare any two states or versions.")));
    }
    mOverlay.setChanges(std::move(changes));
    for (QToolButton* button : {mBefore, mBoth, mAfter}) button->setEnabled(found.has_value());
    mWorkspace.map().update();
}

void HistoryPanel::showNothing() {
    mTable->clearSelection();
    mHistory.forgetComparison();
}

void HistoryPanel::showMenu(const QPoint& at) {
    const QModelIndex index = mTable->indexAt(at);
    if (!index.isValid() || mHistory.records().empty()) return;
    const std::int64_t id = index.data(HistoryModel::IdRole).toLongLong();
    QMenu menu(this);
    menu.addAction(text("与当前比较", "Compare with now"), this, [this, id] { mHistory.compare(id, mHistory.records().front().id); });
    menu.addAction(text("恢复到此处", "Restore to here"), this, [this, id] { restore(id); })->setEnabled(mWorkspace.document().isWritable());
    menu.exec(mTable->viewport()->mapToGlobal(at));
}

void HistoryPanel::restore(std::int64_t changeSet) {
    if (changeSet > 0) mHistory.restore(changeSet);
}

void HistoryPanel::askForTag() {
    askForName(mWorkspace.window(), text("命名当前版本", "Name the present version"), text("版本名称，如“报批稿 v3”", "Name of the version, such as \"for approval, v3\""),
               text("命名", "Name it"), [this](const QString& name) { mHistory.tag(name.toStdString()); });
}

}  // namespace

void addHistoryPanel(Workspace& workspace) {
    workspace.addPanel({"history", {"历史", "History"}, Qt::RightDockWidgetArea, "history", {QKeySequence(Qt::CTRL | Qt::Key_4)}, false}, new HistoryPanel(workspace));
}

}  // namespace zonewright::desktop
