#include "desktop/dialogs/dropped_files.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QPointer>
#include <QThreadPool>
#include <QUrl>

#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

QString fileOf(const QMimeData& data) {
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile()) return url.toLocalFile();
    }
    return {};
}

}  // namespace

DroppedFiles::DroppedFiles(Workspace& workspace, std::function<void(const QString&)> import)
    : QObject(workspace.window()), mWorkspace(workspace), mImport(std::move(import)) {
    workspace.window()->setAcceptDrops(true);
    workspace.window()->installEventFilter(this);
}

bool DroppedFiles::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove) {
        auto* drag = static_cast<QDragMoveEvent*>(event);
        if (fileOf(*drag->mimeData()).isEmpty()) return QObject::eventFilter(watched, event);
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        return true;
    }
    if (event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event);
        const QString file = fileOf(*drop->mimeData());
        if (file.isEmpty()) return false;
        drop->acceptProposedAction();
        // Whoever dragged waits until the drop has been handled.
        QMetaObject::invokeMethod(this, [this, file] { take(file); }, Qt::QueuedConnection);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void DroppedFiles::take(const QString& file) {
    QThreadPool::globalInstance()->start([file, guard = QPointer<DroppedFiles>(this)] {
        const auto opened = plan::Plan::open(file.toStdString(), plan::OpenMode::Read);
        const bool isPlan = opened || opened.error().code != ErrorCode::NotAPlan;
        QMetaObject::invokeMethod(
            qApp, [guard, file, isPlan] { if (guard) guard->take(file, isPlan); }, Qt::QueuedConnection);
    });
}

void DroppedFiles::take(const QString& file, bool isPlan) {
    if (isPlan) return mWorkspace.openPlan(file.toStdString());
    if (!mWorkspace.document().isOpen()) return mWorkspace.say(Message{Severity::Warning, text("请先打开规划，再导入数据", "Open a plan first, then import data into it")});
    mImport(file);
}

}  // namespace zonewright::desktop
