#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/siting/findings.h"
#include "core/analysis/tables.h"
#include "core/plan/plan.h"

namespace zonewright::analysis::siting {

/// What a kept run remembers of a finding.
struct KeptFinding {
    std::string key;
    std::string site;
    std::string rule;
    std::string feature;
    std::string severity;
    std::string verdict;
    SquareMetres overlap;
    Metres distance;
};

/// A check whose findings were kept in the plan, to compare later ones with.
struct KeptRun {
    std::string name;
    std::string run;
    std::string day;
    std::string time;
    std::vector<KeptFinding> findings;
};

[[nodiscard]] std::vector<KeptFinding> keptFindings(const Report& report);

/// Keeps the findings under a name, as one change-set. Errors: PlanReadOnly; FileExists when the name is taken.
[[nodiscard]] Result<void> keepRun(plan::Plan& plan, const Report& report, const std::string& name);
/// The run of that name, or with an empty name the newest. Errors: BadArgument when there is none, naming those there are.
[[nodiscard]] Result<KeptRun> keptRun(const plan::Plan& plan, const std::string& name);

enum class RunChange { New, Resolved, Changed, Unchanged };

struct FindingChange {
    RunChange change = RunChange::Unchanged;
    KeptFinding before;  ///< empty when new
    KeptFinding after;   ///< empty when resolved
};

/// Finding by finding, by acceptance key; changed when the area differs by more than 0.01 m2, the distance by more than
/// 1 mm, or severity or verdict differ. Ordered by site, rule and constraint.
[[nodiscard]] std::vector<FindingChange> compare(const std::vector<KeptFinding>& before, const std::vector<KeptFinding>& after);

[[nodiscard]] Table changesTable(const std::vector<FindingChange>& changes);
/// {against, new, resolved, changed, unchanged, changes:[...]}
[[nodiscard]] nlohmann::ordered_json toJson(const KeptRun& against, const std::vector<FindingChange>& changes);

}  // namespace zonewright::analysis::siting
