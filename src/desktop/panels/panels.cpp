#include "desktop/panels/panels.h"

namespace zonewright::desktop {

void addPanels(Workspace& workspace) { addLayersPanel(workspace); }

}  // namespace zonewright::desktop
