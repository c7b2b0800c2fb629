#include "desktop/models/history_model.h"

#include <algorithm>

#include <QDate>
#include <QFont>

#include "core/geometry/measure.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

/// The day without its year while that is this one, the time of day only then.
QString shortTime(const std::string& utc) {
    const QString whole = localTime(utc);
    const bool thisYear = whole.startsWith(QString::number(QDate::currentDate().year()) + QLatin1Char('-'));
    return thisYear ? whole.mid(5) : whole.left(10);
}

}  // namespace

QString titleOf(const plan::ChangeSetRecord& record) {
    const QString title = QString::fromStdString(record.title);
    if (record.kind == "undo") return text("撤销：", "Undo: ") + title;
    if (record.kind == "redo") return text("重做：", "Redo: ") + title;
    if (record.kind == "restore") return text("恢复：", "Restore: ") + title;
    if (record.kind == "external" && title.isEmpty()) return text("外部程序的修改", "Edit by another program");
    return title;
}

HistoryModel::HistoryModel(PlanHistory& history) : mHistory(history) {
    connect(&history, &PlanHistory::changed, this, &HistoryModel::retitle);
    connect(&history, &PlanHistory::movedKnown, this, [this] {
        if (rowCount() > 0) emit dataChanged(index(0, MovedColumn), index(rowCount() - 1, MovedColumn), {Qt::DisplayRole});
    });
}

void HistoryModel::retitle() {
    beginResetModel();
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(mHistory.records().size()); }
int HistoryModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QStringList HistoryModel::tagsOf(std::int64_t changeSet) const {
    QStringList out;
    for (const plan::Tag& tag : mHistory.tags()) {
        if (tag.changeSet == changeSet) out << QString::fromStdString(tag.name);
    }
    return out;
}

QString HistoryModel::words(const plan::ChangeSetRecord& record, int column) const {
    switch (column) {
        case WhatColumn: {
            const QStringList tags = tagsOf(record.id);
            return tags.isEmpty() ? titleOf(record) : QStringLiteral("【%1】").arg(tags.join(QStringLiteral("、"))) + titleOf(record);
        }
        case MovedColumn: {
            if (!PlanHistory::isMeasured(record)) return QStringLiteral("—");
            const auto moved = mHistory.moved(record.id);
            if (!moved) return QStringLiteral("…");
            if (moved->value <= 0) return QStringLiteral("—");
            return shortAreaText(*moved);
        }
        case WhoColumn: return QString::fromStdString(record.author);
        default: return shortTime(record.time);
    }
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const plan::ChangeSetRecord& record = mHistory.records()[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return words(record, index.column());
        case Qt::ToolTipRole:
            return QStringLiteral("#%1  %2\n%3  %4  %5").arg(record.id).arg(titleOf(record), localTime(record.time), QString::fromStdString(record.author), QString::fromStdString(record.tool));
        case Qt::DecorationRole: return index.column() == WhatColumn && !tagsOf(record.id).isEmpty() ? QVariant(icon(QStringLiteral("tag"))) : QVariant();
        case Qt::TextAlignmentRole: return QVariant(index.column() == MovedColumn ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
        case Qt::FontRole: {
            if (tagsOf(record.id).isEmpty()) return {};
            QFont font;
            font.setBold(true);
            return font;
        }
        case IdRole: return QVariant::fromValue<qlonglong>(record.id);
        case SearchRole: {
            QString all = words(record, WhatColumn) + QLatin1Char(' ') + words(record, WhoColumn) + QLatin1Char(' ') + words(record, WhenColumn) + QStringLiteral(" #%1").arg(record.id);
            for (const std::string& layer : record.layers) all += QLatin1Char(' ') + QString::fromStdString(layer);
            return all;
        }
        default: return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case WhatColumn: return text("改动", "What");
        case MovedColumn: return text("变动面积", "Area moved");
        case WhoColumn: return text("何人", "Who");
        default: return text("何时", "When");
    }
}

}  // namespace zonewright::desktop
