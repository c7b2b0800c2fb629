#include "desktop/panels/result_table.h"

#include <algorithm>

#include <QHeaderView>
#include <QHoverEvent>
#include <QPainter>
#include <QScopedValueRollback>

#include "core/analysis/table_chart.h"
#include "desktop/session/language.h"
#include "desktop/session/source_cell.h"

namespace zonewright::desktop {
namespace {

constexpr int kMostRows = 5000;  ///< all are in the file it is written to
constexpr int kRowHeight = 24;
constexpr int kWidest = 260;

QIcon dot(const QString& colour) {
    QPixmap map(12, 12);
    map.fill(Qt::transparent);
    QPainter painter(&map);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(colour));
    painter.drawEllipse(1, 1, 10, 10);
    return map;
}

QString cellWords(const analysis::Cell& cell, const analysis::Column& column) { return QString::fromStdString(analysis::cellText(cell, column, language())); }

}  // namespace

ResultTable::ResultTable(QWidget* parent) : QTableWidget(parent) {
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setAlternatingRowColors(true);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(kRowHeight);
    viewport()->setAttribute(Qt::WA_Hover);
    connect(this, &QTableWidget::itemSelectionChanged, this, [this] {
        if (!mFilling && !selectedItems().isEmpty() && currentRow() >= 0) emit rowPicked(currentRow());
    });
    connect(this, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
        if (!mFilling) emit typed(item->row(), item->column(), item->text());
    });
}

void ResultTable::show(const analysis::Table* table, bool writable) {
    const QScopedValueRollback filling(mFilling, true);
    clear();
    setRowCount(0);
    setColumnCount(0);
    mShown = table != nullptr ? *table : analysis::Table{};
    mWritable = writable;
    mPointed = -1;
    setColumnCount(static_cast<int>(mShown.columns.size()));
    QStringList headings;
    for (std::size_t c = 0; c < mShown.columns.size(); ++c) {
        headings << QString::fromStdString(analysis::heading(mShown.columns[c], language()));
        if (mWritable && hasSource(mShown, c)) headings.back() += QStringLiteral(" ✎");
    }
    setHorizontalHeaderLabels(headings);
    for (std::size_t c = 0; c < mShown.columns.size(); ++c) {
        QString tip = text(mShown.columns[c].formula);
        if (mWritable && hasSource(mShown, c)) tip = text("双击单元格修改，写入规划，可撤销；重新运行后计入", "Double-click a cell to change it in the plan; it can be undone; run again to see what follows");
        horizontalHeaderItem(static_cast<int>(c))->setToolTip(tip);
    }
    setRowCount(std::min(static_cast<int>(mShown.rows.size()), kMostRows));
    for (int row = 0; row < rowCount(); ++row) fillRow(row);
    resizeColumnsToContents();
    for (int c = 0; c < columnCount(); ++c) setColumnWidth(c, std::min(columnWidth(c), kWidest));
}

void ResultTable::fillRow(int row) {
    for (int c = 0; c < columnCount(); ++c) {
        const analysis::Cell& cell = mShown.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(c)];
        const analysis::Column& column = mShown.columns[static_cast<std::size_t>(c)];
        auto* item = new QTableWidgetItem(cellWords(cell, column));
        const bool editable = mWritable && hasSource(mShown, static_cast<std::size_t>(c));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | (editable ? Qt::ItemIsEditable : Qt::NoItemFlags));
        if (analysis::numberOf(cell) || editable) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        const std::string chinese = analysis::cellText(cell, column, Language::Chinese);
        const auto mark = std::ranges::find(column.marks, chinese, &analysis::CellMark::text);
        if (mark != column.marks.end()) item->setIcon(dot(QString::fromStdString(mark->colour)));
        setItem(row, c, item);
    }
}

void ResultTable::setNow(const Now& now) {
    const QScopedValueRollback filling(mFilling, true);
    for (const auto& [place, cell] : now) {
        const auto& [row, column] = place;
        auto* item = this->item(static_cast<int>(row), static_cast<int>(column));
        // A value that is being typed is not exchanged under the hand.
        if (item == nullptr || (state() == EditingState && item == currentItem())) continue;
        const QString was = cellWords(mShown.rows[row][column], mShown.columns[column]);
        item->setText(cellWords(cell, mShown.columns[column]));
        const bool differs = item->text() != was;
        QFont font = item->font();
        font.setBold(differs);
        item->setFont(font);
        item->setToolTip(differs ? text("运行时为 %1；重新运行后计入", "%1 when it was run; run again to see what follows").arg(was.isEmpty() ? text("无", "none") : was) : QString());
    }
}

void ResultTable::markRow(int row) {
    const QScopedValueRollback filling(mFilling, true);
    if (row < 0 || row >= rowCount()) return clearSelection();
    selectRow(row);
    scrollToItem(item(row, 0));
}

bool ResultTable::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave) {
        const int row = event->type() == QEvent::HoverLeave ? -1 : rowAt(static_cast<QHoverEvent*>(event)->position().toPoint().y());
        if (row != std::exchange(mPointed, row)) emit rowPointed(row);
    }
    return QTableWidget::viewportEvent(event);
}

}  // namespace zonewright::desktop
