#include "core/network/shortest_times.h"

#include <algorithm>
#include <bit>

namespace zonewright::network {

void RadixHeap::push(std::uint32_t key, std::uint32_t value) {
    mBuckets[static_cast<std::size_t>(std::bit_width(key ^ mLast))].push_back({key, value});
    ++mSize;
}

RadixHeap::Entry RadixHeap::pop() {
    if (mBuckets[0].empty()) {
        std::size_t b = 1;
        while (mBuckets[b].empty()) ++b;
        std::vector<Entry>& bucket = mBuckets[b];
        mLast = std::min_element(bucket.begin(), bucket.end(), [](const Entry& a, const Entry& c) { return a.key < c.key; })->key;
        for (const Entry& e : bucket) mBuckets[static_cast<std::size_t>(std::bit_width(e.key ^ mLast))].push_back(e);
        bucket.clear();
    }
    const Entry least = mBuckets[0].back();
    mBuckets[0].pop_back();
    --mSize;
    return least;
}

void RadixHeap::clear() {
    for (std::vector<Entry>& bucket : mBuckets) bucket.clear();
    mLast = 0;
    mSize = 0;
}

ShortestTimes::ShortestTimes(const Graph& graph) : mGraph(&graph), mTimes(graph.nodeCount(), kUnreachable), mReachedBy(graph.nodeCount(), kNoArc), mFrom(graph.nodeCount()) {}

void ShortestTimes::run(std::span<const Seed> seeds, Milliseconds limit) {
    for (const std::uint32_t v : mTouched) mTimes[v] = kUnreachable;
    mTouched.clear();
    mReached.clear();
    mHeap.clear();
    for (std::uint32_t s = 0; s < seeds.size(); ++s) improve(index(seeds[s].node), seeds[s].time.value, limit.value, kNoArc, s);
    while (!mHeap.empty()) {
        const auto [time, node] = mHeap.pop();
        if (time != mTimes[node].value) continue;
        mReached.push_back(NodeId{node});
        const auto links = mGraph->linksOf(node);
        const auto arcs = mGraph->arcsOf(node);
        for (std::size_t i = 0; i < links.size(); ++i) improve(links[i].head, time + links[i].time, limit.value, arcs[i], node);
    }
}

void ShortestTimes::improve(std::uint32_t node, std::uint32_t time, std::uint32_t limit, ArcId by, std::uint32_t from) {
    if (time >= mTimes[node].value || time > limit) return;
    if (mTimes[node] == kUnreachable) mTouched.push_back(node);
    mTimes[node].value = time;
    mReachedBy[node] = by;
    mFrom[node] = from;
    mHeap.push(time, node);
}

std::vector<ArcId> ShortestTimes::pathTo(NodeId node) const {
    std::vector<ArcId> path;
    if (timeTo(node) >= kUnreachable) return path;
    for (std::uint32_t v = index(node); mReachedBy[v] != kNoArc; v = mFrom[v]) path.push_back(mReachedBy[v]);
    if (mGraph->sense() == Sense::From) std::reverse(path.begin(), path.end());
    return path;
}

std::vector<std::uint32_t> ShortestTimes::nearestSeeds() const {
    std::vector<std::uint32_t> seeds(mTimes.size(), 0);
    for (const NodeId node : mReached) {
        const std::uint32_t v = index(node);
        seeds[v] = mReachedBy[v] == kNoArc ? mFrom[v] : seeds[mFrom[v]];
    }
    return seeds;
}

}  // namespace zonewright::network
