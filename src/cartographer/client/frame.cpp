#include "cartographer/client/frame.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zonewright::cartographer {

Result<FrameMemory> FrameMemory::create() {
    FrameMemory memory;
    static std::atomic<int> counter = 0;
    for (auto& slot : memory.mSlots) {
        const std::string name = "/zonewright-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
        slot = Descriptor(::shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!slot) return failure(ErrorCode::CartographerUnavailable, std::strerror(errno), "shared memory " + name);
        ::shm_unlink(name.c_str());
    }
    return memory;
}

std::array<int, kFrameSlots> FrameMemory::descriptors() const {
    std::array<int, kFrameSlots> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = mSlots[i].get();
    return all;
}

Result<Frame> FrameMemory::read(const FrameEvent& event) const {
    const auto malformed = [] { return failure(ErrorCode::CartographerFailed, "malformed frame"); };
    if (event.slot < 0 || event.slot >= kFrameSlots || event.width <= 0 || event.height <= 0) return malformed();
    if (event.stride / 4 < event.width) return malformed();
    const int descriptor = mSlots[static_cast<std::size_t>(event.slot)].get();
    const std::size_t size = static_cast<std::size_t>(event.stride) * static_cast<std::size_t>(event.height);
    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || static_cast<std::size_t>(info.st_size) < size) return malformed();
    void* memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) return failure(ErrorCode::CartographerFailed, std::strerror(errno), "shared memory");
    auto pixels = std::make_shared_for_overwrite<std::byte[]>(size);
    std::memcpy(pixels.get(), memory, size);
    ::munmap(memory, size);
    return Frame{event.width, event.height, event.stride, event.whole, std::move(pixels)};
}

}  // namespace zonewright::cartographer
