#include "desktop/dialogs/dialogs.h"

namespace zonewright::desktop {

void addDialogs(Workspace& workspace) {
    addStartPage(workspace);
    addImportDialog(workspace);
    addPrintDialog(workspace);
    addSearchBox(workspace);
    addSettingsDialog(workspace);
}

}  // namespace zonewright::desktop
