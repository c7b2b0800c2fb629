#include "cartographer/service/frame_slots.h"

#include <cerrno>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

namespace zonewright::cartographer {

std::optional<int> FrameSlots::take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mMutex);
    const auto freeSlot = [this] { return std::find(mTaken.begin(), mTaken.end(), false); };
    if (!mReleased.wait_for(lock, patience, [&] { return freeSlot() != mTaken.end(); })) return std::nullopt;
    const auto slot = freeSlot();
    *slot = true;
    return static_cast<int>(slot - mTaken.begin());
}

void FrameSlots::release(int slot) {
    if (slot < 0 || slot >= kFrameSlots) return;
    {
        const std::lock_guard lock(mMutex);
        mTaken[static_cast<std::size_t>(slot)] = false;
    }
    mReleased.notify_one();
}

Result<FrameEvent> FrameSlots::put(const QImage& image, std::chrono::milliseconds patience) {
    const auto slot = take(patience);
    if (!slot) return failure(ErrorCode::CartographerFailed, "frames are not read");
    const auto fail = [&] {
        const std::string reason = std::strerror(errno);
        release(*slot);
        return failure(ErrorCode::CartographerFailed, reason, "shared memory");
    };
    const int descriptor = kFirstFrameDescriptor + *slot;
    const auto size = static_cast<std::size_t>(image.sizeInBytes());
    // Only ever grown: the client may have the old size mapped.
    std::size_t& allocated = mSize[static_cast<std::size_t>(*slot)];
    if (allocated < size) {
        if (::ftruncate(descriptor, static_cast<off_t>(size)) != 0) return fail();
        allocated = size;
    }
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) return fail();
    std::memcpy(memory, image.constBits(), size);
    ::munmap(memory, size);
    return FrameEvent{.slot = *slot, .sequence = ++mSequence, .width = image.width(), .height = image.height(),
                      .stride = static_cast<int>(image.bytesPerLine())};
}

}  // namespace zonewright::cartographer
