#pragma once

#include <nlohmann/json.hpp>

#include "core/analysis/module.h"

/// How tables, charts and notices of a run are kept in the plan; what is read is what was written, whole numbers and all.
namespace zonewright::analysis::detail {

/// [{id, title, columns, rows, notes ...}].
[[nodiscard]] nlohmann::ordered_json tablesJson(const std::vector<Table>& tables);
/// Earlier versions kept {id: {title, rows}}: those tables are headed by the keys of their rows.
[[nodiscard]] std::vector<Table> tablesFrom(const nlohmann::ordered_json& json);

[[nodiscard]] nlohmann::ordered_json chartsJson(const std::vector<Chart>& charts);
[[nodiscard]] std::vector<Chart> chartsFrom(const nlohmann::ordered_json& json);

[[nodiscard]] nlohmann::ordered_json noticesJson(const std::vector<Notice>& notices);
[[nodiscard]] std::vector<Notice> noticesFrom(const nlohmann::ordered_json& json);

}  // namespace zonewright::analysis::detail
