#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "core/analysis/siting/snapshot.h"

namespace CLI {
class App;
}

namespace zonewright::cli {

/// Which sites against which rules: the same for check, waive, diff and suggest.
struct CheckQuestion {
    std::string plan;
    std::string sites = "projects";
    std::vector<std::string> only;
    std::string wkt;
    std::string kind;
    std::vector<std::string> rules;
    std::vector<std::string> layers;
    std::string day;
    std::optional<double> accuracy;
};

/// "2021-09-30".
[[nodiscard]] bool isDay(const std::string& day);

/// The options for rules, constraint layers, kind and day.
void addRuleOptions(CLI::App& command, const Session& session, CheckQuestion& question);

/// Errors: BadRule, also for two rules of one id; FileNotFound.
[[nodiscard]] Result<std::vector<analysis::siting::Rule>> rulesFor(const Session& session, const CheckQuestion& question);
/// Errors: BadGeometry, BadArgument.
[[nodiscard]] Result<analysis::siting::SiteSource> sitesFor(const CheckQuestion& question);

}  // namespace zonewright::cli
