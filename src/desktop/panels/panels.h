#pragma once

namespace zonewright::desktop {

class Workspace;

/// One function a panel, each in a file of its own; `addPanels` (panels.cpp) calls them in the order of the Panels menu.
void addPanels(Workspace& workspace);
void addLayersPanel(Workspace& workspace);
void addFeaturePanel(Workspace& workspace);
void addTablePanel(Workspace& workspace);
void addSitingPanel(Workspace& workspace);
void addHistoryPanel(Workspace& workspace);
void addAnalysisPanel(Workspace& workspace);
void addScenarioPanel(Workspace& workspace);

}  // namespace zonewright::desktop
