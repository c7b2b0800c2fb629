#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/execution.h"

namespace zonewright::analysis {

[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<InputRecord>& inputs);

namespace detail {

/// Writes layers, tables and the record of a run in one change-set and returns the record's row.
[[nodiscard]] Result<std::int64_t> storeResult(plan::Plan& plan, const Description& description,
                                               const Completed& completed, Run& run);

}  // namespace detail
}  // namespace zonewright::analysis
