#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/localized.h"
#include "core/plan/change_set.h"
#include "core/plan/plan.h"

/// Tables of texts that the siting check keeps in the plan: made when first needed, journaled like any layer.
namespace zonewright::analysis::siting {

struct TextTable {
    std::string id;
    Localized title;
    std::vector<std::pair<std::string, Localized>> fields;
};

using TextRow = std::vector<std::string>;  ///< aligned with TextTable::fields

/// In order of fid; none when the table is not there.
[[nodiscard]] Result<std::vector<TextRow>> readRows(const plan::Plan& plan, const TextTable& table);

/// One row as one change-set. Errors: PlanReadOnly.
[[nodiscard]] Result<void> addRow(plan::Plan& plan, const TextTable& table, const TextRow& row, const plan::ChangeSetInfo& info);

}  // namespace zonewright::analysis::siting
