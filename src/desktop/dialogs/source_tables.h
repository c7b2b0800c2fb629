#pragma once

#include <QTableWidget>

#include "core/catalogue/catalogue.h"
#include "core/plan/source/foreign.h"

namespace zonewright::desktop {

/// A table to read; nothing in it is selected.
class SourceTable : public QTableWidget {
public:
    SourceTable();
};

/// The fields of a layer of the plan, the column of the file that fills each (any can be chosen otherwise), and the first
/// value of that column.
class ColumnTable : public SourceTable {
public:
    ColumnTable();
    void showNothing();
    void show(const catalogue::Layer& into, const std::vector<plan::source::Column>& columns, const std::vector<plan::source::Row>& first);
    /// Field and column, empty for none, as import takes them.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> chosen(const catalogue::Layer& into) const;
};

/// The first rows of a file as they are.
class RowsTable : public SourceTable {
public:
    void showNothing();
    void show(const std::vector<plan::source::Column>& columns, const std::vector<plan::source::Row>& rows);
};

}  // namespace zonewright::desktop
