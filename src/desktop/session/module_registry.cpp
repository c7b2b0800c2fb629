#include "desktop/session/module_registry.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace zonewright::desktop {

void loadRegistry(QObject* owner, std::function<void(std::shared_ptr<const analysis::Registry>)> then) {
    QThreadPool::globalInstance()->start([guard = QPointer<QObject>(owner), then = std::move(then)] {
        auto registry = std::make_shared<const analysis::Registry>(analysis::Registry::standard());
        QMetaObject::invokeMethod(
            qApp,
            [guard, then, registry = std::move(registry)] {
                if (guard) then(registry);
            },
            Qt::QueuedConnection);
    });
}

}  // namespace zonewright::desktop
