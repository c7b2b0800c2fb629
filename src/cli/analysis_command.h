#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "core/analysis/execution.h"
#include "core/analysis/registry.h"

namespace zonewright::cli {

/// What `run` and the modules' short commands share.
struct AnalysisCommand {
    std::string module;
    /// The plan, then KEY=VALUE; without a plan every layer parameter must be a file.
    std::vector<std::string> arguments;
    std::vector<std::string> files;  ///< .csv .xlsx .json .svg .gpkg
    std::string crs;                 ///< to work in when there is no plan
    std::string scenario;            ///< of the plan, by code or name; what is said outright wins over it
    bool keep = true;                ///< store the result in the plan
    bool overwrite = false;
};

/// The short command of one module.
struct ModuleCommand {
    std::string name;
    std::string module;
    Localized help;
};
void addModuleCommand(CLI::App& app, Session& session, const ModuleCommand& command);

/// "KEY=VALUE" in its two parts. Errors: BadArgument naming the word.
[[nodiscard]] Result<analysis::Assignments::value_type> assignmentOf(const std::string& word);

/// "warning: ..." and "note: ...", a line each.
[[nodiscard]] std::string textOf(const Session& session, const std::vector<analysis::Notice>& notices);

/// Adds the options that all of them take.
void addAnalysisOptions(CLI::App& command, const Session& session, AnalysisCommand& options);

/// Errors: ModuleUnusable, BadArgument (not KEY=VALUE, or a file suffix without a report), and those of the
/// run.
[[nodiscard]] Result<Outcome> runAnalysis(const Session& session, const AnalysisCommand& options);

}  // namespace zonewright::cli
