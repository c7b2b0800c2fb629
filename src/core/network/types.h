#pragma once

#include <compare>
#include <cstdint>

#include "core/base/units.h"

namespace zonewright::network {

enum class NodeId : std::uint32_t {};
enum class EdgeId : std::uint32_t {};
enum class ArcId : std::uint32_t {};
/// Position of a project in `Network::projects()`; the first, empty one is what stands without any project.
enum class ProjectId : std::uint16_t {};

[[nodiscard]] constexpr std::uint32_t index(NodeId id) { return static_cast<std::uint32_t>(id); }
[[nodiscard]] constexpr std::uint32_t index(EdgeId id) { return static_cast<std::uint32_t>(id); }
[[nodiscard]] constexpr std::uint32_t index(ArcId id) { return static_cast<std::uint32_t>(id); }
[[nodiscard]] constexpr std::uint16_t index(ProjectId id) { return static_cast<std::uint16_t>(id); }

inline constexpr ProjectId kNoProject{0};
inline constexpr NodeId kNoNode{~std::uint32_t{0}};
inline constexpr ArcId kNoArc{~std::uint32_t{0}};

/// Travel time in whole milliseconds, so that sums do not depend on the order of adding. At most `kUnreachable`
/// (12 days); two of them always fit into 32 bits.
struct Milliseconds {
    std::uint32_t value = 0;
    constexpr auto operator<=>(const Milliseconds&) const = default;
};

inline constexpr Milliseconds kUnreachable{0x3FFFFFFF};

/// Stops at `kUnreachable`.
[[nodiscard]] constexpr Milliseconds operator+(Milliseconds a, Milliseconds b) {
    const std::uint32_t sum = a.value + b.value;
    return {sum < kUnreachable.value ? sum : kUnreachable.value};
}

[[nodiscard]] constexpr Seconds toSeconds(Milliseconds t) { return Seconds(t.value / 1000.0); }
[[nodiscard]] constexpr double toMinutes(Milliseconds t) { return t.value / 60000.0; }

/// To the nearest millisecond; negative times become 0, times beyond 12 days `kUnreachable`.
[[nodiscard]] constexpr Milliseconds toMilliseconds(Seconds t) {
    const double ms = t.value * 1000.0 + 0.5;
    if (!(ms > 0)) return {0};
    return ms < kUnreachable.value ? Milliseconds{static_cast<std::uint32_t>(ms)} : kUnreachable;
}

[[nodiscard]] constexpr double metresPerSecond(KilometresPerHour speed) { return speed.value / 3.6; }
[[nodiscard]] constexpr Seconds timeFor(Metres length, KilometresPerHour speed) {
    return Seconds(length.value / metresPerSecond(speed));
}

/// How an edge is travelled.
enum class Mode : std::uint8_t { Road, Walk, Cycle, Rail, Metro, Bus, Board, Alight, Transfer };

/// 80 m a minute.
inline constexpr KilometresPerHour kWalkingSpeed{4.8};

}  // namespace zonewright::network
