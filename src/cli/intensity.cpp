#include "cli/analysis_command.h"
#include "cli/commands.h"

namespace zonewright::cli {

void addIntensity(CLI::App& app, Session& session) {
    addModuleCommand(app, session,
                     {"intensity", "land_use_intensity",
                      {"土地开发强度（参数见 modules intensity）", "Land-use intensity (parameters: modules intensity)"}});
}

}  // namespace zonewright::cli
