#pragma once

#include <QAbstractTableModel>

#include "desktop/session/plan_history.h"

namespace zonewright::desktop {

/// Change-sets, newest first: when, who, what, how much land moved.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { WhatColumn, MovedColumn, WhoColumn, WhenColumn, kColumns };
    enum Role { IdRole = Qt::UserRole, SearchRole };

    explicit HistoryModel(PlanHistory& history);

    void retitle();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString words(const plan::ChangeSetRecord& record, int column) const;
    [[nodiscard]] QStringList tagsOf(std::int64_t changeSet) const;

    PlanHistory& mHistory;
};

/// "撤销：…" for an undo, else the title.
[[nodiscard]] QString titleOf(const plan::ChangeSetRecord& record);

}  // namespace zonewright::desktop
