#pragma once

#include <functional>
#include <map>
#include <vector>

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include "core/base/localized.h"

namespace zonewright::desktop {

enum class Menu { File, Edit, View, Tools, Analysis, Panels, Help };
/// Where on the tool bar a command stands, if anywhere.
enum class Bar { None, File, History, Navigate, Select, Edit };

struct CommandSpec {
    QString id;  ///< "edit.undo"; stable: key bindings are kept under it
    Localized title;
    Menu menu = Menu::Tools;
    QList<QKeySequence> keys{};  ///< as delivered; the user may bind others
    QString icon{};              ///< a name in icons.h
    Bar bar = Bar::None;
    Localized help{};            ///< one sentence more than the title
};

/// Everything that can be done by menu, tool bar, key or Ctrl+K. A command is added once and is then in all of them.
class Commands : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Requires: `spec.id` is new.
    QAction* add(CommandSpec spec, std::function<void()> run);
    [[nodiscard]] QAction* find(const QString& id) const;
    [[nodiscard]] const std::vector<CommandSpec>& all() const { return mSpecs; }

    [[nodiscard]] QList<QKeySequence> keysOf(const QString& id) const;
    /// Kept for the next start. An empty list takes the command off the keyboard.
    void bind(const QString& id, const QList<QKeySequence>& keys);
    void bindAsDelivered();
    /// The command that has the key now, or empty.
    [[nodiscard]] QString holderOf(const QKeySequence& key) const;

signals:
    void added(const CommandSpec& spec, QAction* action);
    void bound();

private:
    void retitle(const CommandSpec& spec, QAction* action) const;

    std::vector<CommandSpec> mSpecs;
    std::map<QString, QAction*> mActions;
};

}  // namespace zonewright::desktop
