#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace zonewright::network {

[[nodiscard]] inline std::size_t threadCount() { return std::max(1U, std::thread::hardware_concurrency()); }

struct Share {
    std::size_t count = 0;
    std::size_t chunk = 1;  ///< how many a thread takes at a time
};

/// Calls `work(i, thread)` for all i below `count` on all cores, `thread` below `threadCount()`. What the work for one i
/// writes must be its own or its thread's.
template <typename Work>
void inParallel(Share share, const Work& work) {
    const std::size_t threads = std::min(threadCount(), share.count / (2 * share.chunk));
    std::atomic<std::size_t> next{0};
    const auto loop = [&](std::size_t thread) {
        for (std::size_t first = next.fetch_add(share.chunk); first < share.count; first = next.fetch_add(share.chunk)) {
            for (std::size_t i = first; i < std::min(first + share.chunk, share.count); ++i) work(i, thread);
        }
    };
    std::vector<std::jthread> others;
    for (std::size_t t = 1; t < threads; ++t) others.emplace_back(loop, t);
    loop(0);
}

}  // namespace zonewright::network
