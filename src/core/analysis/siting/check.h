#pragma once

#include "core/analysis/siting/findings.h"
#include "core/analysis/siting/snapshot.h"
#include "core/base/progress.h"

namespace zonewright::analysis::siting {

struct CheckOptions {
    std::string day;               ///< ISO 8601; rules in force on it are checked
    Metres nearest = Metres(1000);  ///< how far the nearest constraint of a clear rule is looked for
    bool siteAreas = true;          ///< false leaves out the ellipsoidal areas of whole sites, for tables of findings alone
};

/// Checks every site against every rule in force. A pure function of its arguments: the same snapshot and rules give
/// the same report, whatever the number of threads.
///
/// Guarantees: every pair of a site and a rule is in findings, cleared, or notChecked, unless the rule does not apply
/// to that site (kind, exception).
/// Errors: Cancelled.
[[nodiscard]] Result<Report> check(const Snapshot& snapshot, const std::vector<Rule>& rules, const CheckOptions& options, Progress& progress);

/// Today's date in local time, or that of SOURCE_DATE_EPOCH: "2021-09-30".
[[nodiscard]] std::string today();

}  // namespace zonewright::analysis::siting
