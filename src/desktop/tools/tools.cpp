#include <memory>

#include "desktop/session/language.h"
#include "desktop/session/workspace.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

void addSnappingCommand(EditDesk& desk) {
    Commands& commands = desk.workspace().commands();
    QAction* snap = commands.add({"edit.snap", {"捕捉", "Snap"}, Menu::Edit, {QKeySequence(Qt::Key_S)}, "snap", Bar::Edit,
                                  {"绘制和拖动时捕捉到顶点、交点和边", "Snap to vertices, intersections and edges while drawing and dragging"}},
                                 {});
    snap->setCheckable(true);
    snap->setChecked(true);
    QObject::connect(snap, &QAction::toggled, &desk.ground(), &EditGround::setSnapping);
}

}  // namespace

void addTools(Workspace& workspace) {
    addPanTool(workspace);
    addSelectTool(workspace);
    auto desk = std::make_unique<EditDesk>(workspace);
    addVertexTool(*desk);
    addEdgeTool(*desk);
    addReshapeTool(*desk);
    addSplitTool(*desk);
    addSplitAreasTool(*desk);
    addMergeTool(*desk);
    addTransferTool(*desk);
    addNewZoneTool(*desk);
    addGapTool(*desk);
    addSiteTool(*desk);
    addReachTool(workspace);
    addSnappingCommand(*desk);
    workspace.tools().keep(std::move(desk));
}

}  // namespace zonewright::desktop
