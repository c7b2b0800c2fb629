#include "desktop/session/map_service.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include "core/base/paths.h"

namespace zonewright::desktop {
namespace {

/// A frame's pixels as an image, without a copy.
QImage imageOf(const cartographer::Frame& frame) {
    auto* keep = new std::shared_ptr<const std::byte[]>(frame.pixels);
    return QImage(
        reinterpret_cast<const uchar*>(frame.pixels.get()), frame.width, frame.height, frame.stride, QImage::Format_ARGB32_Premultiplied,
        [](void* kept) { delete static_cast<std::shared_ptr<const std::byte[]>*>(kept); }, keep);
}

/// Runs `call` on the main thread if `context` lives then.
template <typename Call>
void hand(const QPointer<QObject>& context, Call call) {
    QMetaObject::invokeMethod(
        qApp, [context, call = std::move(call)]() mutable { if (context) call(); }, Qt::QueuedConnection);
}

cartographer::ClientOptions optionsFor(MapService* service) {
    cartographer::ClientOptions options;
    options.onRestart = [guard = QPointer<MapService>(service)](const cartographer::Restart& restart) {
        hand(QPointer<QObject>(guard.data()), [guard, ended = QString::fromStdString(restart.ended), during = QString::fromStdString(restart.during)] {
            emit guard->restarted(ended, during);
        });
    };
    return options;
}

}  // namespace

MapService::MapService(QObject* parent) : QObject(parent), mCartographer(optionsFor(this)) {}

MapService::~MapService() {
    // A service in the middle of something takes a moment to stop; nobody waits for it.
    QThreadPool::globalInstance()->start([going = std::make_shared<cartographer::Cartographer>(std::move(mCartographer))]() mutable { going.reset(); });
}

cartographer::JobId MapService::begin(cartographer::Request request, QObject* context, Handlers handlers) {
    const QPointer<QObject> guard(context);
    cartographer::Handlers out;
    if (handlers.progress) {
        out.progress = [guard, tell = std::move(handlers.progress)](const cartographer::ProgressEvent& event) {
            hand(guard, [tell, event] { tell(event); });
        };
    }
    if (handlers.frame) {
        out.frame = [guard, tell = std::move(handlers.frame)](const cartographer::Frame& frame) {
            hand(guard, [tell, image = imageOf(frame), whole = frame.whole] { tell(image, whole); });
        };
    }
    out.done = [guard, tell = std::move(handlers.done)](Result<cartographer::Reply> reply) {
        if (tell) hand(guard, [tell, reply = std::move(reply)]() mutable { tell(std::move(reply)); });
    };
    return mCartographer.begin(std::move(request), std::move(out));
}

void MapService::cancel(cartographer::JobId job) { mCartographer.cancel(job); }

void MapService::open(const std::filesystem::path& plan, QObject* context, std::function<void(Result<cartographer::OpenReply>)> then) {
    const Paths paths = productPaths();
    std::error_code none;
    begin(cartographer::OpenRequest{std::filesystem::absolute(plan, none), paths.layers, paths.styles}, context,
          {{}, {}, [then = std::move(then)](Result<cartographer::Reply> reply) { then(as<cartographer::OpenReply>(std::move(reply))); }});
}

}  // namespace zonewright::desktop
