#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/network/graph.h"

namespace zonewright::network {

/// Where a search starts: a node, reached after `time`.
struct Seed {
    NodeId node{};
    Milliseconds time;
};

/// Priority queue for keys that never fall below the last one taken out. Source: Ahuja, Mehlhorn, Orlin, Tarjan 1990,
/// Faster algorithms for the shortest path problem, J. ACM 37.
class RadixHeap {
public:
    struct Entry {
        std::uint32_t key = 0;
        std::uint32_t value = 0;
    };

    [[nodiscard]] bool empty() const { return mSize == 0; }
    /// Requires: `key` is not below the key taken out last.
    void push(std::uint32_t key, std::uint32_t value);
    /// Requires: not empty.
    Entry pop();
    void clear();

private:
    std::array<std::vector<Entry>, 33> mBuckets;
    std::uint32_t mLast = 0;
    std::size_t mSize = 0;
};

/// Shortest travel times from one set of seeds to every node (Dijkstra 1959). Keeps its memory between searches: one
/// object a thread, one search after another.
class ShortestTimes {
public:
    explicit ShortestTimes(const Graph& graph);

    /// Settles the nodes within `limit`; times of all others become `kUnreachable`.
    void run(std::span<const Seed> seeds, Milliseconds limit = {kUnreachable.value - 1});

    /// By node id, after `run`.
    [[nodiscard]] std::span<const Milliseconds> times() const { return mTimes; }
    [[nodiscard]] Milliseconds timeTo(NodeId node) const { return mTimes[index(node)]; }
    /// The nodes within the limit, nearest first.
    [[nodiscard]] std::span<const NodeId> reached() const { return mReached; }
    /// The arcs from a seed to `node` in the order of travel (for `Sense::To`: from `node` to a seed); empty when
    /// `node` is a seed or was not reached.
    [[nodiscard]] std::vector<ArcId> pathTo(NodeId node) const;
    /// For each node the position, among the seeds of `run`, of the one it was reached from; by node id, 0 where it was
    /// not reached.
    [[nodiscard]] std::vector<std::uint32_t> nearestSeeds() const;

private:
    /// `from`: the node before, or for a seed its position among the seeds.
    void improve(std::uint32_t node, std::uint32_t time, std::uint32_t limit, ArcId by, std::uint32_t from);

    const Graph* mGraph;
    RadixHeap mHeap;
    std::vector<Milliseconds> mTimes;
    std::vector<ArcId> mReachedBy;
    std::vector<std::uint32_t> mFrom;
    std::vector<NodeId> mReached;
    std::vector<std::uint32_t> mTouched;
};

}  // namespace zonewright::network
