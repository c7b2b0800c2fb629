#include <CLI/CLI.hpp>

#include "cli/analysis_command.h"
#include "cli/commands.h"

namespace zonewright::cli {

void addIntensity(CLI::App& app, Session& session) {
    auto options = std::make_shared<AnalysisCommand>();
    options->module = "land_use_intensity";
    CLI::App* command = addCommand(app, session, "intensity",
                                   session.text("土地开发强度（参数见 modules intensity）",
                                                "Land-use intensity (parameters: modules intensity)"),
                                   [&session, options] { return runAnalysis(session, *options); });
    addAnalysisOptions(*command, session, *options);
}

}  // namespace zonewright::cli
