#pragma once

#include <map>
#include <vector>

#include <QAbstractTableModel>

#include "core/plan/features.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// The features of a layer as a table of any length: their order is worked out in the background, rows are read as they
/// come into view. Cells are edited as in the feature panel: one value, one change-set.
class FeatureTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { RawRole = Qt::UserRole };  ///< the value as it is stored, as text

    explicit FeatureTableModel(PlanDocument& document);

    /// Shows a layer; empty for none.
    void setLayer(const std::string& layer);
    [[nodiscard]] const std::string& layer() const { return mLayer; }
    /// Only rows that have the words in one of their cells as shown; empty for all.
    void setFilter(const QString& words);
    /// Only these; nothing for all.
    void setOnly(std::optional<std::vector<Fid>> fids);

    [[nodiscard]] FeatureRef featureAt(int row) const { return {mLayer, mOrder[static_cast<std::size_t>(row)]}; }
    [[nodiscard]] int rowOf(Fid fid) const;  ///< -1 when it is not listed
    [[nodiscard]] std::size_t total() const { return mTotal; }
    [[nodiscard]] const catalogue::Field* fieldAt(int column) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void listed();  ///< another order, other rows
    void failed(const zonewright::Error& error);

private:
    struct Listing {
        plan::Table table;
        std::vector<Fid> order;
        std::vector<std::pair<Fid, int>> rows;  ///< sorted by fid
        std::size_t total = 0;
    };
    [[nodiscard]] static Result<Listing> list(const plan::Plan& plan, const std::string& layer, const std::string& where, const std::string& orderBy);
    [[nodiscard]] std::string where() const;
    void reload();
    void wantPage(std::size_t page) const;
    [[nodiscard]] QString shown(std::size_t column, const plan::Value& value) const;

    PlanDocument& mDocument;
    std::string mLayer;
    const catalogue::Layer* mKnown = nullptr;
    QString mFilter;
    std::optional<std::vector<Fid>> mOnly;
    int mSortColumn = -1;
    Qt::SortOrder mSortOrder = Qt::AscendingOrder;

    plan::Table mTable;
    std::vector<Fid> mOrder;
    std::vector<std::pair<Fid, int>> mRows;  ///< sorted by fid
    std::size_t mTotal = 0;
    std::uint64_t mListing = 0;
    using Page = std::vector<std::vector<plan::Value>>;
    mutable std::map<std::size_t, Page> mPages;
    mutable std::vector<std::size_t> mWanted;
};

}  // namespace zonewright::desktop
