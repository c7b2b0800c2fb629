#pragma once

#include <memory>
#include <vector>

#include <QAbstractTableModel>

#include "core/analysis/siting/findings.h"

namespace zonewright::desktop {

/// A siting report line by line: findings by weight, then rules that are clear, then what was not checked.
class FindingsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { VerdictColumn, RuleColumn, ConstraintColumn, MeasureColumn, SiteColumn, kColumns };
    enum Role { WeightRole = Qt::UserRole, SortRole };  ///< WeightRole: see Weight

    /// Heaviest first.
    enum Weight { Prohibited, Restricted, Advice, Undecidable, Waived, NotChecked, Clear };

    using QAbstractTableModel::QAbstractTableModel;

    /// Kept until the next call: rows point into it.
    void setReport(std::shared_ptr<const analysis::siting::Report> report);

    struct Row {
        Weight weight = Clear;
        const analysis::siting::Finding* finding = nullptr;
        const analysis::siting::Cleared* cleared = nullptr;
        const analysis::siting::NotChecked* notChecked = nullptr;
    };
    [[nodiscard]] const Row& row(int index) const { return mRows[static_cast<std::size_t>(index)]; }
    [[nodiscard]] static QColor colourOf(Weight weight);
    [[nodiscard]] static QString titleOf(Weight weight);
    /// Pairs of a site and a checked rule that are in neither findings nor cleared: the rule is not for that kind of site.
    [[nodiscard]] static std::size_t notApplying(const analysis::siting::Report& report);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString words(const Row& row, int column) const;
    [[nodiscard]] QVariant sortKey(const Row& row, int column) const;

    std::shared_ptr<const analysis::siting::Report> mReport;
    std::vector<Row> mRows;
};

}  // namespace zonewright::desktop
