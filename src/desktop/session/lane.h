#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/plan/plan.h"

namespace zonewright::desktop {

/// A thread with its own opened plan, which works on one task after the other.
class Lane {
public:
    /// Given the lane's plan; it may be opened or closed through it.
    using Task = std::function<void(std::optional<plan::Plan>&)>;

    Lane();
    ~Lane();  ///< finishes what it works on, drops what waits, closes the plan
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    void post(Task task);
    /// Drops what waits; what runs goes on.
    void forget();
    /// Returns when everything posted so far is done.
    void drain();

private:
    void run();

    std::mutex mMutex;
    std::condition_variable mNews;
    std::deque<Task> mTasks;
    bool mStop = false;
    std::optional<plan::Plan> mPlan;  ///< of the thread alone
    std::thread mThread;
};

}  // namespace zonewright::desktop
