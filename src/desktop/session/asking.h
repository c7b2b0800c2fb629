#pragma once

#include <cstdint>
#include <utility>

#include <QObject>
#include <QThreadPool>

namespace zonewright::desktop {

/// One question at a time on a thread of its own, for what follows the pointer: who asks keeps the newest question until
/// the one before has been answered.
class Asking {
public:
    Asking() { mThread.setMaxThreadCount(1); }
    ~Asking() { finish(); }

    [[nodiscard]] bool isBusy() const { return mBusy; }
    /// Rises with `forget`.
    [[nodiscard]] std::uint64_t serial() const { return mSerial; }
    /// What is being worked out is not told any more.
    void forget() { ++mSerial; }
    void finish() { mThread.waitForDone(); }

    /// Runs `work()` there, then on `owner`'s thread `take(answer)`, unless it was forgotten by then, and `next()`.
    /// Requires: not busy; `owner` owns this.
    template <typename Work, typename Take, typename Next>
    void ask(QObject* owner, Work work, Take take, Next next) {
        mBusy = true;
        mThread.start([this, owner, serial = mSerial, work = std::move(work), take = std::move(take), next = std::move(next)]() mutable {
            QMetaObject::invokeMethod(
                owner,
                [this, serial, answer = work(), take = std::move(take), next = std::move(next)]() mutable {
                    mBusy = false;
                    if (serial == mSerial) take(std::move(answer));
                    next();
                },
                Qt::QueuedConnection);
        });
    }

private:
    bool mBusy = false;
    std::uint64_t mSerial = 0;
    QThreadPool mThread;
};

}  // namespace zonewright::desktop
