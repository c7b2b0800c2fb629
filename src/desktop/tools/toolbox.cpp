#include "desktop/tools/toolbox.h"

#include "desktop/canvas/map_view.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {

Toolbox::Toolbox(Workspace& workspace) : mWorkspace(workspace) {
    PlanDocument& document = workspace.document();
    connect(&document, &PlanDocument::opened, this, &Toolbox::allowEditing);
    connect(&document, &PlanDocument::closed, this, &Toolbox::allowEditing);
}

void Toolbox::add(CommandSpec spec, std::unique_ptr<Tool> tool, bool edits) {
    const QString id = spec.id;
    QAction* action = mWorkspace.commands().add(std::move(spec), [this, id] { take(id); });
    action->setCheckable(true);
    action->setEnabled(!edits);
    mEntries[id] = {std::move(tool), action, edits};
}

Tool* Toolbox::find(const QString& id) const {
    const auto found = mEntries.find(id);
    return found == mEntries.end() ? nullptr : found->second.tool.get();
}

void Toolbox::take(const QString& id) {
    const auto found = mEntries.find(id);
    if (found == mEntries.end()) return;
    mCurrent = id;
    for (auto& [other, entry] : mEntries) entry.action->setChecked(other == id);
    mWorkspace.map().setTool(found->second.tool.get());
    emit taken(id);
}

void Toolbox::allowEditing() {
    const bool allowed = mWorkspace.document().isOpen() && mWorkspace.document().isWritable();
    for (auto& [id, entry] : mEntries) {
        if (!entry.edits) continue;
        entry.action->setEnabled(allowed);
        if (!allowed && id == mCurrent) take(QStringLiteral("tool.select"));
    }
}

}  // namespace zonewright::desktop
