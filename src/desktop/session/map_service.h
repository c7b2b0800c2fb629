#pragma once

#include <functional>

#include <QImage>
#include <QObject>

#include "cartographer/client/cartographer.h"

namespace zonewright::desktop {

/// The cartographer for a program with an event loop: jobs begin at once, and what they say arrives on this object's
/// thread. The service works on one job after the other; the canvas has one of its own, so printing never waits for it.
class MapService : public QObject {
    Q_OBJECT
public:
    explicit MapService(QObject* parent = nullptr);
    ~MapService() override;

    struct Handlers {
        std::function<void(const cartographer::ProgressEvent&)> progress;
        std::function<void(QImage image, bool whole)> frame;
        std::function<void(Result<cartographer::Reply>)> done;  ///< last, and exactly once
    };
    /// Nothing is called any more once `context` has gone.
    cartographer::JobId begin(cartographer::Request request, QObject* context, Handlers handlers);
    void cancel(cartographer::JobId job);

    void open(const std::filesystem::path& plan, QObject* context, std::function<void(Result<cartographer::OpenReply>)> then);
    [[nodiscard]] int processId() const { return mCartographer.processId(); }

    /// The reply as the one it should be.
    template <typename T>
    static Result<T> as(Result<cartographer::Reply> reply) {
        if (!reply) return tl::unexpected(std::move(reply.error()));
        if (auto* value = std::get_if<T>(&*reply)) return std::move(*value);
        return failure(ErrorCode::CartographerFailed, "the service answered another question");
    }

signals:
    /// The service died during `during` and was started again; nothing of the plan was touched.
    void restarted(const QString& ended, const QString& during);

private:
    cartographer::Cartographer mCartographer;
};

}  // namespace zonewright::desktop
