#include "core/network/sweep_kernels.h"

namespace zonewright::network {
namespace {

/// Signed, because every x86 vector unit has the signed minimum or comparison; times stay below 2^31.
using Lanes [[gnu::vector_size(kLanes * 4), gnu::may_alias]] = std::int32_t;
static_assert(sizeof(Lanes) == sizeof(WideSweep::AlignedRow));

[[gnu::always_inline]] inline void sweepRows(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) {
    auto* lanes = reinterpret_cast<Lanes*>(rows);
    const Lanes unreachable = Lanes{} + static_cast<std::int32_t>(kUnreachable.value);
    for (std::size_t slot = 0; slot + 1 < h.first.size(); ++slot) {
        Lanes best = seeded[slot] != 0 ? lanes[slot] : unreachable;
        for (std::uint32_t i = h.first[slot]; i < h.first[slot + 1]; ++i) {
            const Lanes over = lanes[h.links[i].upper] + static_cast<std::int32_t>(h.links[i].time);
            best = over < best ? over : best;
        }
        lanes[slot] = best;
    }
}

using Reals [[gnu::vector_size(kLanes * 8)]] = double;
using Counts [[gnu::vector_size(kLanes * 8)]] = std::int64_t;

struct LaneSums {
    Lanes nodes{};
    Counts times{};
    Reals whole{};
    Reals length{};
};

[[gnu::always_inline]] inline void countRows(const ReachCounter::Arcs& arcs, const WideSweep::AlignedRow* rows, std::int32_t limit, LaneSums& sums) {
    const auto* lanes = reinterpret_cast<const Lanes*>(rows);
    for (std::size_t slot = 0; slot + 1 < arcs.first.size(); ++slot) {
        const Lanes left = limit - lanes[slot];
        const Lanes in = left >= 0;
        std::int32_t any = 0;
        for (std::size_t l = 0; l < kLanes; ++l) any |= in[l];
        if (any == 0) continue;
        sums.nodes -= in;
        sums.times += __builtin_convertvector(lanes[slot] & in, Counts);
        const Reals leftover = __builtin_convertvector(left & in, Reals);
        for (std::uint32_t i = arcs.first[slot]; i < arcs.first[slot + 1]; ++i) {
            const Reals part = leftover * arcs.pace[i];
            const Reals most = Reals{} + arcs.length[i];
            sums.length += part < most ? part : most;
            sums.whole -= __builtin_convertvector(left >= arcs.time[i], Reals) * arcs.length[i];
        }
    }
}

void countPlain(const ReachCounter::Arcs& arcs, const WideSweep::AlignedRow* rows, std::int32_t limit, LaneSums& sums) { countRows(arcs, rows, limit, sums); }

void sweepPlain(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) { sweepRows(h, seeded, rows); }

#if defined(__x86_64__)
[[gnu::target("arch=x86-64-v3")]] void sweepAvx2(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) {
    sweepRows(h, seeded, rows);
}
[[gnu::target("arch=x86-64-v4")]] void sweepAvx512(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) {
    sweepRows(h, seeded, rows);
}
[[gnu::target("arch=x86-64-v3")]] void countAvx2(const ReachCounter::Arcs& arcs, const WideSweep::AlignedRow* rows, std::int32_t limit, LaneSums& sums) {
    countRows(arcs, rows, limit, sums);
}
[[gnu::target("arch=x86-64-v4")]] void countAvx512(const ReachCounter::Arcs& arcs, const WideSweep::AlignedRow* rows, std::int32_t limit, LaneSums& sums) {
    countRows(arcs, rows, limit, sums);
}
#else  // other machines have one variant
constexpr auto* sweepAvx2 = sweepPlain;
constexpr auto* sweepAvx512 = sweepPlain;
constexpr auto* countAvx2 = countPlain;
constexpr auto* countAvx512 = countPlain;
#endif

/// The variant of a kernel for the widest vector unit of the machine it runs on.
template <typename Kernel>
Kernel* widest([[maybe_unused]] Kernel* avx512, [[maybe_unused]] Kernel* avx2, Kernel* plain) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("x86-64-v4")) return avx512;
    if (__builtin_cpu_supports("x86-64-v3")) return avx2;
#endif
    return plain;
}

}  // namespace

void sweepDown(const Hierarchy::Links& h, std::uint32_t* times) {
    for (std::size_t slot = 0; slot + 1 < h.first.size(); ++slot) {
        std::uint32_t best = times[slot];
        for (std::uint32_t i = h.first[slot]; i < h.first[slot + 1]; ++i) {
            const std::uint32_t over = times[h.links[i].upper] + h.links[i].time;
            best = over < best ? over : best;
        }
        times[slot] = best;
    }
}

void sweepDown(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) {
    static const auto kernel = widest(sweepAvx512, sweepAvx2, sweepPlain);
    kernel(h, seeded, rows);
}

std::array<Reach, kLanes> countReach(const ReachCounter::Arcs& arcs, const WideSweep& sweep, Milliseconds limit) {
    static const auto kernel = widest(countAvx512, countAvx2, countPlain);
    LaneSums sums;
    kernel(arcs, sweep.rows(), static_cast<std::int32_t>(limit.value), sums);
    std::array<Reach, kLanes> reaches;
    for (std::size_t l = 0; l < kLanes; ++l) {
        reaches[l] = {static_cast<std::uint64_t>(sums.nodes[l]), static_cast<std::uint64_t>(sums.times[l]), Metres(sums.whole[l]), Metres(sums.length[l])};
    }
    return reaches;
}

}  // namespace zonewright::network
