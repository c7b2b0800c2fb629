#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "core/network/hierarchy.h"
#include "core/network/shortest_times.h"

namespace zonewright::network {

/// Origins that one sweep serves at once: their times fill one cache line a node.
inline constexpr std::size_t kLanes = 16;

/// Times from one origin to every node, through a hierarchy. Keeps its memory between searches; one object a thread.
class Sweep {
public:
    explicit Sweep(const Hierarchy& hierarchy, Sense sense = Sense::From);

    void run(std::span<const Seed> seeds);
    [[nodiscard]] Milliseconds timeTo(NodeId node) const { return {mTimes[mHierarchy->slotOf(node)]}; }
    /// In the order of `Hierarchy::nodesBySlot`; above or at `kUnreachable` where there is no way.
    [[nodiscard]] std::span<const std::uint32_t> timesBySlot() const { return mTimes; }

private:
    const Hierarchy* mHierarchy;
    Sense mSense;
    std::vector<std::uint32_t> mTimes;
};

/// Times from up to `kLanes` origins at once, side by side for each node.
class WideSweep {
public:
    using Row = std::array<std::uint32_t, kLanes>;  ///< milliseconds by lane

    explicit WideSweep(const Hierarchy& hierarchy, Sense sense = Sense::From);

    /// Requires: at most `kLanes` origins. Lanes without an origin are unreachable everywhere.
    void run(std::span<const std::vector<Seed>> origins);
    [[nodiscard]] Milliseconds timeTo(NodeId node, std::size_t lane) const { return {rowOf(node)[lane]}; }
    [[nodiscard]] const Row& rowOf(NodeId node) const { return mRows[mHierarchy->slotOf(node)].times; }
    [[nodiscard]] const Row& rowAt(std::uint32_t slot) const { return mRows[slot].times; }
    [[nodiscard]] const Hierarchy& hierarchy() const { return *mHierarchy; }

    struct alignas(64) AlignedRow {
        Row times;
    };
    [[nodiscard]] const AlignedRow* rows() const { return mRows.data(); }

private:
    const Hierarchy* mHierarchy;
    Sense mSense;
    std::vector<AlignedRow> mRows;
    std::vector<std::uint8_t> mSeeded;
    std::vector<std::uint32_t> mUpward;
};

/// Sweeps over any number of origins, `kLanes` at a time, on all cores. `visit(first, sweep)` is called once for the
/// origins [first, first + kLanes), from several threads at once, in no set order; what it writes must be its own.
/// The matrix of all times is never held. Errors: Cancelled.
[[nodiscard]] Result<void> sweepAll(const Hierarchy& hierarchy, Sense sense, std::span<const std::vector<Seed>> origins,
                                    const std::function<void(std::size_t, const WideSweep&)>& visit, Progress& progress);

}  // namespace zonewright::network
