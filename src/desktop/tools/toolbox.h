#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QObject>

#include "desktop/session/commands.h"
#include "desktop/tools/tool.h"

namespace zonewright::desktop {

class Workspace;

/// The tools by id; taking one up puts it into the hand that works on the map.
class Toolbox : public QObject {
    Q_OBJECT
public:
    explicit Toolbox(Workspace& workspace);

    /// Makes a checkable command `spec` that takes the tool up. The toolbox owns the tool. Editing tools can be taken up
    /// only while the plan can be written.
    void add(CommandSpec spec, std::unique_ptr<Tool> tool, bool edits = false);
    void take(const QString& id);
    [[nodiscard]] Tool* find(const QString& id) const;
    /// Owns what several tools share; it goes after them.
    void keep(std::unique_ptr<QObject> shared) { mKept.push_back(std::move(shared)); }
    [[nodiscard]] QString current() const { return mCurrent; }

signals:
    void taken(const QString& id);

private:
    void allowEditing();

    struct Entry {
        std::unique_ptr<Tool> tool;
        QAction* action = nullptr;
        bool edits = false;
    };
    Workspace& mWorkspace;
    std::vector<std::unique_ptr<QObject>> mKept;
    std::map<QString, Entry> mEntries;
    QString mCurrent;
};

/// One function a tool; `addTools` (tools.cpp) calls them in the order of the tool bar.
void addTools(Workspace& workspace);
void addPanTool(Workspace& workspace);
void addSelectTool(Workspace& workspace);
void addReachTool(Workspace& workspace);

}  // namespace zonewright::desktop
