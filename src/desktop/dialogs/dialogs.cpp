#include "desktop/dialogs/dialogs.h"

namespace zonewright::desktop {

void addDialogs(Workspace& workspace) { addPrintDialog(workspace); }

}  // namespace zonewright::desktop
