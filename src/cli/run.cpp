#include <CLI/CLI.hpp>

#include "cli/analysis_command.h"
#include "cli/commands.h"

namespace zonewright::cli {

void addRun(CLI::App& app, Session& session) {
    auto options = std::make_shared<AnalysisCommand>();
    CLI::App* command =
        addCommand(app, session, "run", session.text("运行一个分析模块", "Run an analysis module"),
                   [&session, options] { return runAnalysis(session, *options); });
    command
        ->add_option("MODULE", options->module,
                     session.text("模块编号，见 modules", "Module id, see modules"))
        ->required();
    addAnalysisOptions(*command, session, *options);
}

}  // namespace zonewright::cli
