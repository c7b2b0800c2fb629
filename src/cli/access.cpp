#include <CLI/CLI.hpp>

#include "cli/analysis_command.h"
#include "cli/commands.h"

namespace zonewright::cli {

void addAccess(CLI::App& app, Session& session) {
    auto options = std::make_shared<AnalysisCommand>();
    options->module = "accessibility";
    CLI::App* command = addCommand(app, session, "access",
                                   session.text("30 分钟可达性（参数见 modules accessibility）",
                                                "30-minute accessibility (parameters: modules accessibility)"),
                                   [&session, options] { return runAnalysis(session, *options); });
    addAnalysisOptions(*command, session, *options);
}

}  // namespace zonewright::cli
