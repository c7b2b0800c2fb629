#pragma once

#include <string>
#include <vector>

#include "core/analysis/siting/findings.h"
#include "core/plan/plan.h"

namespace zonewright::analysis::siting {

/// Table of the plan that holds waivers; a row is journaled and undone like any feature.
inline constexpr const char* kWaiverTable = "siting_waivers";

/// In the order they were given; none when the plan has no such table.
[[nodiscard]] Result<std::vector<Waiver>> readWaivers(const plan::Plan& plan);

/// Keeps a waiver in the plan, as one change-set. Makes the table when it is not there.
/// Errors: PlanReadOnly.
[[nodiscard]] Result<void> addWaiver(plan::Plan& plan, const Waiver& waiver);

/// Gives every finding the newest waiver of its key, while it holds: until its last day, and as long as rule, site and
/// constraint are as they were when it was given. One that no longer holds is named in `Finding::lapsed`.
void applyWaivers(Report& report, const std::vector<Waiver>& waivers);

/// The one finding whose acceptance key begins with `key` (8 characters or more).
/// Errors: UnknownFeature when there is none; BadArgument when there are several.
[[nodiscard]] Result<const Finding*> findingOf(const Report& report, const std::string& key);

}  // namespace zonewright::analysis::siting
