#include "desktop/panels/panels.h"

namespace zonewright::desktop {

void addPanels(Workspace& workspace) {
    addLayersPanel(workspace);
    addFeaturePanel(workspace);
    addSitingPanel(workspace);
}

}  // namespace zonewright::desktop
