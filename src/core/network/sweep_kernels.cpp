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

void sweepPlain(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) { sweepRows(h, seeded, rows); }

#if defined(__x86_64__)
[[gnu::target("arch=x86-64-v3")]] void sweepAvx2(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) {
    sweepRows(h, seeded, rows);
}
[[gnu::target("arch=x86-64-v4")]] void sweepAvx512(const Hierarchy::Links& h, const std::uint8_t* seeded, WideSweep::AlignedRow* rows) {
    sweepRows(h, seeded, rows);
}
#endif

using WideKernel = void (*)(const Hierarchy::Links&, const std::uint8_t*, WideSweep::AlignedRow*);

WideKernel widestKernel() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("x86-64-v4")) return sweepAvx512;
    if (__builtin_cpu_supports("x86-64-v3")) return sweepAvx2;
#endif
    return sweepPlain;
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
    static const WideKernel kernel = widestKernel();
    kernel(h, seeded, rows);
}

}  // namespace zonewright::network
