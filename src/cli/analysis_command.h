#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "core/analysis/registry.h"

namespace zonewright::cli {

/// What `run` and the modules' short commands share.
struct AnalysisCommand {
    std::string module;
    /// The plan, then KEY=VALUE; without a plan every layer parameter must be a file.
    std::vector<std::string> arguments;
    std::vector<std::string> files;  ///< .csv .xlsx .json .svg .gpkg
    std::string crs;                 ///< to work in when there is no plan
    bool keep = true;                ///< store the result in the plan
    bool overwrite = false;
};

/// Adds the options that all of them take.
void addAnalysisOptions(CLI::App& command, const Session& session, AnalysisCommand& options);

/// Errors: ModuleUnusable, BadArgument (not KEY=VALUE, or a file suffix without a report), and those of the
/// run.
[[nodiscard]] Result<Outcome> runAnalysis(const Session& session, const AnalysisCommand& options);

}  // namespace zonewright::cli
