#include "cli/analysis_command.h"
#include "cli/commands.h"

namespace zonewright::cli {

void addAccess(CLI::App& app, Session& session) {
    addModuleCommand(app, session,
                     {"access", "accessibility",
                      {"30 分钟可达性（参数见 modules accessibility）", "30-minute accessibility (parameters: modules accessibility)"}});
}

}  // namespace zonewright::cli
