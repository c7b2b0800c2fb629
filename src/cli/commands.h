#pragma once

namespace CLI {
class App;
}

namespace zonewright::cli {

class Session;

/// Each adds its command to the program; one file a command, named after it.
void addInfo(CLI::App& app, Session& session);
void addInspect(CLI::App& app, Session& session);
void addNew(CLI::App& app, Session& session);

}  // namespace zonewright::cli
