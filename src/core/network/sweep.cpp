#include "core/network/sweep.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "core/network/sweep_kernels.h"

namespace zonewright::network {
namespace {

/// Dijkstra upwards in the hierarchy from seeds; `times` by slot, all `kUnreachable` before. Returns the slots touched.
std::vector<std::uint32_t> searchUp(const Hierarchy& hierarchy, Sense sense, std::span<const Seed> seeds, std::span<std::uint32_t> times) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> heap;
    std::vector<std::uint32_t> touched;
    const auto improve = [&](std::uint32_t slot, std::uint32_t time) {
        if (time >= times[slot]) return;
        if (times[slot] == kUnreachable.value) touched.push_back(slot);
        times[slot] = time;
        heap.emplace_back(time, slot);
        std::push_heap(heap.begin(), heap.end(), std::greater<>());
    };
    for (const Seed& seed : seeds) improve(hierarchy.slotOf(seed.node), seed.time.value);
    while (!heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>());
        const auto [time, slot] = heap.back();
        heap.pop_back();
        if (time != times[slot]) continue;
        for (const Hierarchy::Link& link : sense == Sense::From ? hierarchy.up(slot) : hierarchy.down(slot)) improve(link.upper, time + link.time);
    }
    return touched;
}

}  // namespace

Sweep::Sweep(const Hierarchy& hierarchy, Sense sense) : mHierarchy(&hierarchy), mSense(sense), mTimes(hierarchy.nodeCount()) {}

void Sweep::run(std::span<const Seed> seeds) {
    std::fill(mTimes.begin(), mTimes.end(), kUnreachable.value);
    searchUp(*mHierarchy, mSense, seeds, mTimes);
    sweepDown(mHierarchy->sweepLinks(mSense), mTimes.data());
}

WideSweep::WideSweep(const Hierarchy& hierarchy, Sense sense)
    : mHierarchy(&hierarchy), mSense(sense), mRows(hierarchy.nodeCount()), mSeeded(hierarchy.nodeCount(), 0), mUpward(hierarchy.nodeCount(), kUnreachable.value) {}

void WideSweep::run(std::span<const std::vector<Seed>> origins) {
    std::vector<std::uint32_t> seeded;
    for (std::size_t lane = 0; lane < origins.size(); ++lane) {
        for (const std::uint32_t slot : searchUp(*mHierarchy, mSense, origins[lane], mUpward)) {
            if (mSeeded[slot] == 0) {
                mSeeded[slot] = 1;
                mRows[slot].times.fill(kUnreachable.value);
                seeded.push_back(slot);
            }
            mRows[slot].times[lane] = mUpward[slot];
            mUpward[slot] = kUnreachable.value;
        }
    }
    sweepDown(mHierarchy->sweepLinks(mSense), mSeeded.data(), mRows.data());
    for (const std::uint32_t slot : seeded) mSeeded[slot] = 0;
}

Result<void> sweepAll(const Hierarchy& hierarchy, Sense sense, std::span<const std::vector<Seed>> origins,
                      const std::function<void(std::size_t, const WideSweep&)>& visit, Progress& progress) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    std::mutex reporting;
    const auto loop = [&] {
        WideSweep sweep(hierarchy, sense);
        for (std::size_t first = next.fetch_add(kLanes); first < origins.size() && !stopped; first = next.fetch_add(kLanes)) {
            sweep.run(origins.subspan(first, std::min(kLanes, origins.size() - first)));
            visit(first, sweep);
            const std::lock_guard lock(reporting);
            if (!progress.report(static_cast<double>(first) / static_cast<double>(origins.size()), "origins")) stopped = true;
        }
    };
    const std::size_t batches = (origins.size() + kLanes - 1) / kLanes;
    {
        std::vector<std::jthread> others;
        for (std::size_t t = 1; t < std::min<std::size_t>(batches, std::thread::hardware_concurrency()); ++t) others.emplace_back(loop);
        loop();
    }
    if (stopped) return failure(ErrorCode::Cancelled, "origins");
    return {};
}

}  // namespace zonewright::network
