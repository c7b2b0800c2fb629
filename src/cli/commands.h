#pragma once

namespace CLI {
class App;
}

namespace zonewright::cli {

class Session;

/// Each adds its command to the program; one file a command, named after it.
void addAccess(CLI::App& app, Session& session);
void addAtlas(CLI::App& app, Session& session);
void addCheck(CLI::App& app, Session& session);
void addDiff(CLI::App& app, Session& session);
void addHistory(CLI::App& app, Session& session);
void addEdit(CLI::App& app, Session& session);
void addExport(CLI::App& app, Session& session);
void addImport(CLI::App& app, Session& session);
void addInfo(CLI::App& app, Session& session);
void addInspect(CLI::App& app, Session& session);
void addIntensity(CLI::App& app, Session& session);
void addModules(CLI::App& app, Session& session);
void addNetwork(CLI::App& app, Session& session);
void addNew(CLI::App& app, Session& session);
void addPrint(CLI::App& app, Session& session);
void addRun(CLI::App& app, Session& session);  ///< any analysis module
void addTag(CLI::App& app, Session& session);   ///< tag, verify, restore
void addThemes(CLI::App& app, Session& session);
void addUndo(CLI::App& app, Session& session);  ///< undo, redo
void addValidate(CLI::App& app, Session& session);  ///< validate, repair

}  // namespace zonewright::cli
