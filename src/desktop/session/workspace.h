#pragma once

#include <functional>

#include <QDockWidget>
#include <QString>

#include "core/base/localized.h"
#include "desktop/session/commands.h"
#include "desktop/session/map_content.h"
#include "desktop/session/map_service.h"
#include "desktop/session/plan_document.h"
#include "desktop/session/selection.h"

namespace zonewright::desktop {

class Comparison;
class MapView;
class Toolbox;

enum class Severity { Note, Warning, Failure };

/// A line over the map, with at most one thing to do about it.
struct Message {
    Severity severity = Severity::Note;
    QString text;
    QString action{};  ///< label of the button; empty for none
    std::function<void()> run{};
};

struct PanelSpec {
    QString id;  ///< "layers"; stable: the window's layout is kept under it
    Localized title;
    Qt::DockWidgetArea area = Qt::RightDockWidgetArea;
    QString icon{};
    QList<QKeySequence> keys{};  ///< shows and hides it
    bool shown = false;          ///< at the first start
};

/// What panels, tools and dialogs are given: the open plan, the map, and where to put themselves.
class Workspace {
public:
    virtual ~Workspace() = default;

    [[nodiscard]] virtual PlanDocument& document() = 0;
    [[nodiscard]] virtual MapService& maps() = 0;
    [[nodiscard]] virtual MapContent& content() = 0;
    [[nodiscard]] virtual Selection& selection() = 0;
    [[nodiscard]] virtual Commands& commands() = 0;
    [[nodiscard]] virtual MapView& map() = 0;
    [[nodiscard]] virtual Comparison& comparison() = 0;
    [[nodiscard]] virtual Toolbox& tools() = 0;
    [[nodiscard]] virtual QWidget* window() = 0;  ///< parent of dialogs

    /// The window owns `panel` from then on.
    virtual QDockWidget* addPanel(const PanelSpec& spec, QWidget* panel) = 0;
    virtual void showPanel(const QString& id) = 0;

    virtual void say(Message message) = 0;
    void say(const Error& error);
    /// The layer that editing tools work on; empty when none is chosen.
    [[nodiscard]] virtual std::string editedLayer() const = 0;
    virtual void setEditedLayer(const std::string& layer) = 0;

    /// Asks for a plan file, or opens this one.
    virtual void openPlan(const std::filesystem::path& file) = 0;
};

}  // namespace zonewright::desktop
