#include "desktop/session/commands.h"

#include <QSettings>

#include "desktop/session/icons.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

QString settingOf(const QString& id) { return QStringLiteral("keys/") + id; }

QList<QKeySequence> keptOr(const CommandSpec& spec) {
    const QSettings settings;
    if (!settings.contains(settingOf(spec.id))) return spec.keys;
    return QKeySequence::listFromString(settings.value(settingOf(spec.id)).toString());
}

}  // namespace

QAction* Commands::add(CommandSpec spec, std::function<void()> run) {
    Q_ASSERT(find(spec.id) == nullptr);
    auto* action = new QAction(this);
    action->setObjectName(spec.id);
    if (!spec.icon.isEmpty()) action->setIcon(icon(spec.icon));
    action->setShortcuts(keptOr(spec));
    if (run) connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    mActions[spec.id] = action;
    mSpecs.push_back(spec);
    inLanguage(action, [this, spec, action] { retitle(spec, action); });
    emit added(spec, action);
    return action;
}

void Commands::retitle(const CommandSpec& spec, QAction* action) const {
    const QString title = text(spec.title);
    action->setText(title);
    QString tip = title;
    tip.remove(QStringLiteral("…"));
    if (const auto keys = action->shortcuts(); !keys.isEmpty()) tip += QStringLiteral("  (%1)").arg(keys.front().toString(QKeySequence::NativeText));
    if (!spec.help.zh.empty()) tip += QStringLiteral("\n") + text(spec.help);
    action->setToolTip(tip);
    action->setStatusTip(spec.help.zh.empty() ? QString() : text(spec.help));
}

QAction* Commands::find(const QString& id) const {
    const auto found = mActions.find(id);
    return found == mActions.end() ? nullptr : found->second;
}

QList<QKeySequence> Commands::keysOf(const QString& id) const {
    const QAction* action = find(id);
    return action == nullptr ? QList<QKeySequence>() : action->shortcuts();
}

void Commands::bind(const QString& id, const QList<QKeySequence>& keys) {
    QAction* action = find(id);
    if (action == nullptr) return;
    action->setShortcuts(keys);
    QSettings().setValue(settingOf(id), QKeySequence::listToString(keys));
    for (const CommandSpec& spec : mSpecs) {
        if (spec.id == id) retitle(spec, action);
    }
    emit bound();
}

void Commands::bindAsDelivered() {
    for (const CommandSpec& spec : mSpecs) {
        QSettings().remove(settingOf(spec.id));
        mActions[spec.id]->setShortcuts(spec.keys);
        retitle(spec, mActions[spec.id]);
    }
    emit bound();
}

QString Commands::holderOf(const QKeySequence& key) const {
    for (const auto& [id, action] : mActions) {
        if (action->shortcuts().contains(key)) return id;
    }
    return {};
}

}  // namespace zonewright::desktop
