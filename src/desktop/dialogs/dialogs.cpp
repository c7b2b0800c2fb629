#include "desktop/dialogs/dialogs.h"

namespace zonewright::desktop {

void addDialogs(Workspace& workspace) {
    addImportDialog(workspace);
    addPrintDialog(workspace);
    addSearchBox(workspace);
}

}  // namespace zonewright::desktop
