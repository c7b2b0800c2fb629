#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

#include "cartographer/client/child_process.h"
#include "cartographer/protocol/messages.h"

namespace zonewright::cartographer {

/// A drawn map: rows of 32-bit pixels, bytes blue, green, red, alpha, colours premultiplied with alpha (Qt's
/// `Format_ARGB32_Premultiplied` on little-endian machines).
struct Frame {
    int width = 0;
    int height = 0;
    int stride = 0;  ///< bytes from row to row
    bool whole = false;
    std::shared_ptr<const std::byte[]> pixels;

    [[nodiscard]] std::span<const std::byte> bytes() const {
        return {pixels.get(), static_cast<std::size_t>(stride) * static_cast<std::size_t>(height)};
    }
};

/// The memory that child and client share for frames. It has no name in the file system, so nothing stays behind
/// however either of them ends.
class FrameMemory {
public:
    /// Errors: CartographerUnavailable.
    [[nodiscard]] static Result<FrameMemory> create();

    [[nodiscard]] std::array<int, kFrameSlots> descriptors() const;
    /// Copies a frame out. Errors: CartographerFailed when the event does not fit the memory.
    [[nodiscard]] Result<Frame> read(const FrameEvent& event) const;

private:
    std::array<Descriptor, kFrameSlots> mSlots;
};

}  // namespace zonewright::cartographer
