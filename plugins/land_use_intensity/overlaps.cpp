#include "overlaps.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <unordered_map>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "apportion.h"

namespace zonewright::intensity {
namespace {

using analysis::PolygonSet;

std::uint64_t mixed(std::uint64_t h) {
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32;
    return h;
}

std::uint64_t hashOf(Point a, Point b) {
    std::uint64_t h = std::bit_cast<std::uint64_t>(a.x) * 0x9E3779B97F4A7C15ULL;
    h = mixed(h + std::bit_cast<std::uint64_t>(a.y));
    h = mixed(h + std::bit_cast<std::uint64_t>(b.x) * 0xC2B2AE3D27D4EB4FULL);
    return mixed(h + std::bit_cast<std::uint64_t>(b.y));
}

/// Signed so that an edge and its reverse cancel.
std::uint64_t signedHash(Point a, Point b) {
    return a < b ? hashOf(a, b) : 0 - hashOf(b, a);
}

/// Cells that edges are put in by their midpoint, which is the same for both directions.
class MidpointCells {
public:
    explicit MidpointCells(const PolygonSet& set) {
        for (std::size_t f = 0; f < set.size(); ++f) {
            if (!set.pointsOf(f).empty()) mExtent.add(set.pointsOf(f).front());
        }
        const double cells = std::clamp(static_cast<double>(set.points()) / 64, 1.0, 262144.0);
        mSide = std::max(1.0, std::floor(std::sqrt(cells)));
        mPerX = mSide / std::max(mExtent.maxX - mExtent.minX, 1e-9);
        mPerY = mSide / std::max(mExtent.maxY - mExtent.minY, 1e-9);
    }
    [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(mSide * mSide); }
    [[nodiscard]] std::size_t of(Point a, Point b) const {
        const double x = std::clamp(((a.x + b.x) / 2 - mExtent.minX) * mPerX, 0.0, mSide - 1);
        const double y = std::clamp(((a.y + b.y) / 2 - mExtent.minY) * mPerY, 0.0, mSide - 1);
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(mSide) + static_cast<std::size_t>(x);
    }

private:
    Box mExtent;
    double mSide = 1;
    double mPerX = 1;
    double mPerY = 1;
};

template <typename Visit>
void forEachEdge(const PolygonSet& set, std::size_t feature, Visit visit) {
    const auto [first, last] = set.ringsOf(feature);
    for (std::size_t r = first; r < last; ++r) {
        const std::span<const Point> ring = set.ring(r);
        Point a = ring.back();
        for (const Point b : ring) {
            visit(a, b);
            a = b;
        }
    }
}

constexpr std::size_t kChunk = 4096;

template <typename Work>
void inChunks(std::size_t count, Work work) {
    tbb::parallel_for(std::size_t{0}, (count + kChunk - 1) / kChunk,
                      [&](std::size_t c) { work(c, c * kChunk, std::min((c + 1) * kChunk, count)); });
}

/// A mark for every polygon that has an edge its neighbours do not run backwards; `skip` are left out
/// altogether.
std::vector<std::uint8_t> exposedPolygons(const PolygonSet& set, const std::vector<std::uint8_t>& skip) {
    const MidpointCells cells(set);
    tbb::enumerable_thread_specific<std::vector<std::uint64_t>> sums(
        [&] { return std::vector<std::uint64_t>(cells.count(), 0); });
    inChunks(set.size(), [&](std::size_t, std::size_t from, std::size_t to) {
        std::vector<std::uint64_t>& sum = sums.local();
        for (std::size_t f = from; f < to; ++f) {
            if (skip[f] != 0) continue;
            forEachEdge(set, f, [&](Point a, Point b) { sum[cells.of(a, b)] += signedHash(a, b); });
        }
    });
    std::vector<std::uint64_t> total(cells.count(), 0);
    for (const auto& sum : sums) {
        for (std::size_t c = 0; c < total.size(); ++c) total[c] += sum[c];
    }
    struct Left {
        std::uint64_t key;
        std::uint32_t polygon;
        bool forward;
    };
    std::vector<std::vector<Left>> chunks((set.size() + kChunk - 1) / kChunk);
    inChunks(set.size(), [&](std::size_t chunk, std::size_t from, std::size_t to) {
        for (std::size_t f = from; f < to; ++f) {
            if (skip[f] != 0) continue;
            forEachEdge(set, f, [&](Point a, Point b) {
                if (total[cells.of(a, b)] == 0) return;
                const bool forward = a < b;
                chunks[chunk].push_back(
                    {forward ? hashOf(a, b) : hashOf(b, a), static_cast<std::uint32_t>(f), forward});
            });
        }
    });
    std::unordered_map<std::uint64_t, int> balance;
    for (const auto& chunk : chunks) {
        for (const Left& left : chunk) balance[left.key] += left.forward ? 1 : -1;
    }
    std::vector<std::uint8_t> out(set.size(), 0);
    for (const auto& chunk : chunks) {
        for (const Left& left : chunk) {
            if (balance[left.key] != 0) out[left.polygon] = 1;
        }
    }
    return out;
}

/// Pairs of equal polygons, whatever vertex they start at; each later one with the first of its kind.
std::vector<Overlap> duplicates(const PolygonSet& set) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes(set.size());
    inChunks(set.size(), [&](std::size_t, std::size_t from, std::size_t to) {
        for (std::size_t f = from; f < to; ++f) {
            std::uint64_t sum = 0;
            forEachEdge(set, f, [&](Point a, Point b) { sum += hashOf(a, b); });
            hashes[f] = {sum, static_cast<std::uint32_t>(f)};
        }
    });
    std::sort(hashes.begin(), hashes.end());
    std::vector<Overlap> out;
    std::size_t first = 0;
    for (std::size_t i = 1; i < hashes.size(); ++i) {
        if (hashes[i].first != hashes[first].first)
            first = i;
        else if (!set.pointsOf(hashes[i].second).empty()) {
            out.push_back({hashes[first].second, hashes[i].second, areaOf(set, hashes[i].second).value});
        }
    }
    return out;
}

PolygonSet subset(const PolygonSet& set, const std::vector<std::uint32_t>& features) {
    PolygonSet out;
    for (const std::uint32_t f : features) {
        const auto [first, last] = set.ringsOf(f);
        for (std::size_t r = first; r < last; ++r) out.addRing(set.ring(r), set.isShell(r));
        out.endFeature();
    }
    return out;
}

}  // namespace

Result<std::vector<Overlap>> overlaps(const PolygonSet& set, SquareMetres tolerance, Progress& progress) {
    std::vector<Overlap> equal = duplicates(set);
    std::vector<std::uint8_t> skip(set.size(), 0);
    for (const Overlap& overlap : equal) skip[overlap.second] = 1;
    std::vector<std::uint8_t> asked = exposedPolygons(set, skip);
    std::vector<std::uint32_t> asking;
    for (std::uint32_t f = 0; f < asked.size(); ++f) {
        if (asked[f] != 0) asking.push_back(f);
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> found;
    while (!asking.empty()) {
        const Result<Apportioning> shares = apportion(set, subset(set, asking), progress);
        if (!shares) return tl::unexpected(shares.error());
        std::vector<std::uint32_t> next;
        for (const Share& share : shares->shares) {
            const std::uint32_t other = asking[share.zone];
            if (share.parcel == other || skip[share.parcel] != 0 || share.area <= tolerance.value) continue;
            found[std::minmax(share.parcel, other)] = share.area;
            if (asked[share.parcel] == 0) next.push_back(share.parcel);
            asked[share.parcel] = 1;
        }
        std::sort(next.begin(), next.end());
        asking = std::move(next);
    }
    std::vector<Overlap> out = std::move(equal);
    for (const auto& [pair, area] : found) out.push_back({pair.first, pair.second, area});
    std::sort(out.begin(), out.end(), [](const Overlap& a, const Overlap& b) {
        return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
    return out;
}

}  // namespace zonewright::intensity
