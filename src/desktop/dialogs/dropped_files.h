#pragma once

#include <functional>

#include "desktop/session/workspace.h"

class QMimeData;

namespace zonewright::desktop {

/// Of files dropped on the window a plan is opened, anything else is looked at for import.
class DroppedFiles : public QObject {
public:
    DroppedFiles(Workspace& workspace, std::function<void(const QString&)> import);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const QString& file);
    void take(const QString& file, bool isPlan);

    Workspace& mWorkspace;
    std::function<void(const QString&)> mImport;
};

}  // namespace zonewright::desktop
