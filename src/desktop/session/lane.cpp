#include "desktop/session/lane.h"

#include <future>

namespace zonewright::desktop {

Lane::Lane() : mThread([this] { run(); }) {}

Lane::~Lane() {
    {
        const std::lock_guard lock(mMutex);
        mStop = true;
        mTasks.clear();
    }
    mNews.notify_all();
    mThread.join();
}

void Lane::post(Task task) {
    {
        const std::lock_guard lock(mMutex);
        mTasks.push_back(std::move(task));
    }
    mNews.notify_all();
}

void Lane::forget() {
    const std::lock_guard lock(mMutex);
    mTasks.clear();
}

void Lane::drain() {
    std::promise<void> done;
    post([&done](std::optional<plan::Plan>&) { done.set_value(); });
    done.get_future().wait();
}

void Lane::run() {
    for (;;) {
        Task task;
        {
            std::unique_lock lock(mMutex);
            mNews.wait(lock, [this] { return mStop || !mTasks.empty(); });
            if (mStop) break;
            task = std::move(mTasks.front());
            mTasks.pop_front();
        }
        task(mPlan);
    }
    mPlan.reset();
}

}  // namespace zonewright::desktop
