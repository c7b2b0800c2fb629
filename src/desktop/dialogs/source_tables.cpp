#include "desktop/dialogs/source_tables.h"

#include <QComboBox>
#include <QHeaderView>

#include "core/plan/source/field_mapping.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

namespace source = plan::source;

constexpr int kWidestColumn = 220;

QString shown(const plan::Value& value) {
    struct {
        QString operator()(std::monostate) const { return {}; }
        QString operator()(std::int64_t number) const { return QString::number(number); }
        QString operator()(double number) const { return QLocale::c().toString(number, 'g', 12); }
        QString operator()(const std::string& words) const { return QString::fromStdString(words); }
    } say;
    return std::visit(say, value);
}

}  // namespace

SourceTable::SourceTable() {
    verticalHeader()->hide();
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAlternatingRowColors(true);
    setWordWrap(false);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
}

ColumnTable::ColumnTable() {
    setColumnCount(3);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

void ColumnTable::showNothing() {
    setHorizontalHeaderLabels({text("规划图层的字段", "Field of the plan"), text("文件中的列", "Column of the file"), text("第一个值", "First value")});
    setRowCount(0);
}

void ColumnTable::show(const catalogue::Layer& into, const std::vector<source::Column>& columns, const std::vector<source::Row>& first) {
    showNothing();
    const auto mapping = source::mapFields(into, columns, {});
    if (!mapping) return;
    setRowCount(static_cast<int>(into.fields.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const catalogue::Field& field = into.fields[static_cast<std::size_t>(row)];
        auto* name = new QTableWidgetItem(text(field.title) + (field.required ? QStringLiteral(" *") : QString()));
        name->setToolTip(QString::fromStdString(field.name));
        setItem(row, 0, name);
        auto* example = new QTableWidgetItem;
        setItem(row, 2, example);
        auto* box = new QComboBox;
        box->setFrame(false);
        box->addItem(text("（留空）", "(left empty)"));
        for (const source::Column& column : columns) box->addItem(QString::fromStdString(column.name));
        const auto showExample = [first, example](int index) {
            example->setText(index <= 0 || first.empty() ? QString() : shown(first.front().values[static_cast<std::size_t>(index - 1)]));
        };
        connect(box, &QComboBox::currentIndexChanged, this, showExample);
        const auto& column = mapping->columns[static_cast<std::size_t>(row)];
        box->setCurrentIndex(column ? static_cast<int>(*column) + 1 : 0);
        setCellWidget(row, 1, box);
    }
}

std::vector<std::pair<std::string, std::string>> ColumnTable::chosen(const catalogue::Layer& into) const {
    std::vector<std::pair<std::string, std::string>> out;
    for (int row = 0; row < rowCount(); ++row) {
        const auto* box = qobject_cast<QComboBox*>(cellWidget(row, 1));
        if (box == nullptr) continue;
        out.emplace_back(into.fields[static_cast<std::size_t>(row)].name, box->currentIndex() <= 0 ? std::string() : box->currentText().toStdString());
    }
    return out;
}

void RowsTable::showNothing() {
    clear();
    setRowCount(0);
    setColumnCount(0);
}

void RowsTable::show(const std::vector<source::Column>& columns, const std::vector<source::Row>& rows) {
    showNothing();
    QStringList names;
    for (const source::Column& column : columns) names << QString::fromStdString(column.name);
    setColumnCount(static_cast<int>(names.size()));
    setHorizontalHeaderLabels(names);
    setRowCount(static_cast<int>(rows.size()));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].values.size(); ++column) {
            setItem(static_cast<int>(row), static_cast<int>(column), new QTableWidgetItem(shown(rows[row].values[column])));
        }
    }
    resizeColumnsToContents();
    for (int column = 0; column < columnCount(); ++column) setColumnWidth(column, std::min(columnWidth(column), kWidestColumn));
}

}  // namespace zonewright::desktop
