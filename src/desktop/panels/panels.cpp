#include "desktop/panels/panels.h"

namespace zonewright::desktop {

void addPanels(Workspace& workspace) {
    addLayersPanel(workspace);
    addFeaturePanel(workspace);
    addTablePanel(workspace);
    addSitingPanel(workspace);
    addHistoryPanel(workspace);
    addAnalysisPanel(workspace);
    addScenarioPanel(workspace);
}

}  // namespace zonewright::desktop
