#pragma once

#include <map>

#include <QTableWidget>

#include "core/analysis/tables.h"

namespace zonewright::desktop {

/// A table of a result. Cells that come from a layer of the plan can be typed into; what stands in the plan by now is shown
/// in bold where it is not what the result was made from.
class ResultTable : public QTableWidget {
    Q_OBJECT
public:
    explicit ResultTable(QWidget* parent = nullptr);

    using Now = std::map<std::pair<std::size_t, std::size_t>, analysis::Cell>;  ///< by row and column
    /// Null for none. `table` is copied.
    void show(const analysis::Table* table, bool writable);
    void setNow(const Now& now);
    [[nodiscard]] const analysis::Table& shown() const { return mShown; }
    /// Selects a row without telling.
    void markRow(int row);

signals:
    void rowPicked(int row);
    /// The row under the pointer; -1 when it has left.
    void rowPointed(int row);
    void typed(int row, int column, const QString& text);

protected:
    bool viewportEvent(QEvent* event) override;

private:
    void fillRow(int row);

    analysis::Table mShown;
    bool mWritable = false;
    bool mFilling = false;
    int mPointed = -1;
};

}  // namespace zonewright::desktop
