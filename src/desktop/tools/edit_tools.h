#pragma once

#include "desktop/tools/edit_desk.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {

/// The editing tools, one function and one file each.
void addVertexTool(EditDesk& desk);
void addEdgeTool(EditDesk& desk);
void addReshapeTool(EditDesk& desk);
void addSplitTool(EditDesk& desk);
void addSplitAreasTool(EditDesk& desk);
void addMergeTool(EditDesk& desk);
void addTransferTool(EditDesk& desk);
void addNewZoneTool(EditDesk& desk);
void addGapTool(EditDesk& desk);
void addSiteTool(EditDesk& desk);

}  // namespace zonewright::desktop
