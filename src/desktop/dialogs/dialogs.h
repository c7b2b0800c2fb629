#pragma once

namespace zonewright::desktop {

class Workspace;

/// One function a dialog, each in a file of its own: it adds the command that opens the dialog. `addDialogs`
/// (dialogs.cpp) calls them in the order of the menus.
void addDialogs(Workspace& workspace);
void addImportDialog(Workspace& workspace);
void addPrintDialog(Workspace& workspace);
void addSearchBox(Workspace& workspace);
void addSettingsDialog(Workspace& workspace);
void addStartPage(Workspace& workspace);

}  // namespace zonewright::desktop
