#include "apportion.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "cut.h"
#include "zone_index.h"

namespace zonewright::intensity {
namespace {

constexpr std::size_t kChunk = 2048;

struct Chunk {
    std::vector<Share> shares;
    std::size_t inCells = 0;
    std::size_t whole = 0;
    std::size_t cut = 0;
    bool overlap = false;
};

void work(Chunk& chunk, Cutter& cutter, std::size_t parcel, double area) {
    if (!(area > 0)) return;
    switch (cutter.cut(parcel, area)) {
        case Cutter::Outcome::InCells:
            ++chunk.inCells;
            break;
        case Cutter::Outcome::Whole:
            ++chunk.whole;
            break;
        case Cutter::Outcome::Cut:
            ++chunk.cut;
            break;
    }
    double given = 0;
    for (const Cutter::Part& part : cutter.parts()) {
        chunk.shares.push_back({static_cast<std::uint32_t>(parcel), part.zone, part.area});
        given += part.area;
    }
    if (given > area * (1 + 1e-6) + 1e-3) chunk.overlap = true;
}

}  // namespace

Result<Apportioning> apportion(const analysis::PolygonSet& parcels, const analysis::PolygonSet& zones,
                               Progress& progress) {
    Apportioning out;
    const ZoneIndex index(zones);
    out.parcelArea.resize(parcels.size());
    std::vector<Chunk> chunks((parcels.size() + kChunk - 1) / kChunk);
    tbb::enumerable_thread_specific<Cutter> cutters([&] { return Cutter(parcels, index); });
    std::mutex reporting;
    std::atomic<bool> cancelled{false};
    std::size_t finished = 0;
    tbb::parallel_for(std::size_t{0}, chunks.size(), [&](std::size_t c) {
        if (cancelled) return;
        Cutter& cutter = cutters.local();
        const std::size_t last = std::min((c + 1) * kChunk, parcels.size());
        for (std::size_t parcel = c * kChunk; parcel < last; ++parcel) {
            if (parcels.pointsOf(parcel).empty()) continue;
            out.parcelArea[parcel] = areaOf(parcels, parcel).value;
            work(chunks[c], cutter, parcel, out.parcelArea[parcel]);
        }
        const std::lock_guard lock(reporting);
        if (!progress.report(static_cast<double>(++finished) / static_cast<double>(chunks.size()), "overlay"))
            cancelled = true;
    });
    if (cancelled) return failure(ErrorCode::Cancelled, "");
    std::size_t shares = 0;
    for (const Chunk& chunk : chunks) shares += chunk.shares.size();
    out.shares.reserve(shares);
    for (const Chunk& chunk : chunks) {
        out.shares.insert(out.shares.end(), chunk.shares.begin(), chunk.shares.end());
        out.inCells += chunk.inCells;
        out.whole += chunk.whole;
        out.cut += chunk.cut;
        out.zonesOverlap = out.zonesOverlap || chunk.overlap;
    }
    out.zonesOverlap = out.zonesOverlap || index.seesOverlap();
    return out;
}

}  // namespace zonewright::intensity
