#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include <QObject>
#include <QPointer>
#include <QTimer>

#include "core/base/progress.h"
#include "desktop/session/lane.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// Long work on the open plan: a thread of its own, the plan opened for reading as long as the work takes, one task after
/// the other. What a task reports is told a few times a second; `cancel` makes its next report stop it.
class Background : public QObject {
    Q_OBJECT
public:
    explicit Background(PlanDocument& document);
    ~Background() override;  ///< stops what runs and waits for it

    /// Runs `task(const plan::Plan&, Progress&) -> Result<T>` beside the user's work, then `then(Result<T>)` here, unless
    /// `context` has gone by then. `Cancelled` for what was cancelled. A task before it that still runs is cancelled.
    template <typename Task, typename Then>
    void run(QObject* context, Task task, Then then) {
        using Outcome = std::invoke_result_t<Task, const plan::Plan&, Progress&>;
        const std::shared_ptr<State> state = begin();
        mLane.post([this, state, file = mDocument.file(), task = std::move(task), then = std::move(then), guard = QPointer<QObject>(context)](
                       std::optional<plan::Plan>& plan) mutable {
            Outcome outcome = failure(ErrorCode::Cancelled, "");
            if (!state->stop) {
                auto opened = plan::Plan::open(file, plan::OpenMode::Read);
                if (!opened) outcome = tl::unexpected(opened.error());
                else {
                    plan = std::move(*opened);
                    try {
                        outcome = task(std::as_const(*plan), *state);
                    } catch (const std::exception& e) {
                        outcome = failure(ErrorCode::Internal, e.what());
                    }
                    plan.reset();
                }
            }
            if (state->stop) outcome = failure(ErrorCode::Cancelled, "");
            QMetaObject::invokeMethod(
                this,
                [this, state, guard, then = std::move(then), outcome = std::move(outcome)]() mutable {
                    end(state);
                    if (guard) then(std::move(outcome));
                },
                Qt::QueuedConnection);
        });
    }
    void cancel();

    [[nodiscard]] bool isRunning() const { return mNow != nullptr; }
    [[nodiscard]] double done() const;  ///< 0 to 1
    [[nodiscard]] QString what() const;  ///< what is being done, in the user's language

signals:
    void runningChanged();
    void progressed();

private:
    struct State : Progress {
        bool report(double done, std::string_view what) override;
        std::atomic<bool> stop = false;
        std::atomic<double> done = 0;
        std::mutex mutex;
        std::string what;
    };
    std::shared_ptr<State> begin();
    void end(const std::shared_ptr<State>& state);

    PlanDocument& mDocument;
    std::shared_ptr<State> mNow;
    QTimer mTicks;
    Lane mLane;
};

}  // namespace zonewright::desktop
