#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

#include <QImage>

#include "cartographer/protocol/messages.h"

namespace zonewright::cartographer {

/// The service's end of the frame memory. `release` may come from any thread.
class FrameSlots {
public:
    /// Puts the image into a free slot, waiting for one at most so long.
    /// Errors: CartographerFailed when none became free, or there is no shared memory.
    [[nodiscard]] Result<FrameEvent> put(const QImage& image, std::chrono::milliseconds patience);
    void release(int slot);

private:
    [[nodiscard]] std::optional<int> take(std::chrono::milliseconds patience);

    std::mutex mMutex;
    std::condition_variable mReleased;
    std::array<bool, kFrameSlots> mTaken{};
    std::array<std::size_t, kFrameSlots> mSize{};
    std::uint64_t mSequence = 0;
};

}  // namespace zonewright::cartographer
