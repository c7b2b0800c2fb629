#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/execution.h"
#include "core/base/localized.h"
#include "core/plan/plan.h"

/// Named sets of projects and parcel changes, kept in the plan as rows of its layer `scenarios`, so that history, undo and
/// QGIS have them as they have everything else.
namespace zonewright::analysis {

struct Scenario {
    std::string code;  ///< unique in the plan; names may change
    Localized name;
    std::vector<std::string> projects;  ///< codes of transport projects that open; {"all"} for every one
    std::int64_t year = 0;              ///< and those that open up to this year; 0 for none
    std::string parcels;                ///< layer of the plan, or file, with the parcels as they would be; empty for no change
    bool operator==(const Scenario& o) const {
        return code == o.code && name.zh == o.name.zh && name.en == o.name.en && projects == o.projects && year == o.year && parcels == o.parcels;
    }
};

/// In the order of the layer; none when the plan has no such layer. Errors: those of reading.
[[nodiscard]] Result<std::vector<Scenario>> scenarios(const plan::Plan& plan);

/// By code, or by its name in either language. Errors: BadArgument naming those there are.
[[nodiscard]] Result<Scenario> findScenario(const plan::Plan& plan, std::string_view name);

/// What a scenario says to a module, before what was said outright, which wins. Errors: BadArgument when the module has no
/// parameter that a scenario could set.
[[nodiscard]] Result<Assignments> withScenario(const Module& module, const Scenario& scenario, Assignments parameters);

/// The same for a run that is of this scenario alone and compares it with nothing.
[[nodiscard]] Result<Assignments> stateOf(const Module& module, const Scenario& scenario);

/// Writes it in one change-set, in place of the one of its code; makes the layer in a plan from before there were any.
/// Gives the change-set; 0 when nothing was to be changed. Errors: BadArgument without code or name, or for a name that
/// another one has; PlanReadOnly.
[[nodiscard]] Result<std::int64_t> saveScenario(plan::Plan& plan, const catalogue::Catalogue& catalogue, const Scenario& scenario);
/// Errors: BadArgument when there is none of this code; PlanReadOnly.
[[nodiscard]] Result<std::int64_t> removeScenario(plan::Plan& plan, const std::string& code);

/// A code that no scenario has: "s1", "s2".
[[nodiscard]] std::string freeCode(const std::vector<Scenario>& scenarios);

}  // namespace zonewright::analysis
