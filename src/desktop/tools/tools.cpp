#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {

void addTools(Workspace& workspace) {
    addPanTool(workspace);
    addSelectTool(workspace);
}

}  // namespace zonewright::desktop
