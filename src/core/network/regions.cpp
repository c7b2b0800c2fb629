#include "core/network/regions.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/network/lattice.h"
#include "core/network/parallel.h"

namespace zonewright::network {
namespace {

/// Tiles are at most this wide, in metres, where cells allow: what lies a few minutes inside the boundary fills them.
constexpr double kTileSide = 225;

}  // namespace

Result<RegionLattice> latticeFor(Metres tolerance) {
    const auto step = static_cast<std::int64_t>(tolerance.value * kGridPerMetre / 2);
    if (step < 5) return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is below 0.01 m", tolerance.value));
    RegionLattice lattice{step, 0};
    while (lattice.level < 16 && 2 * lattice.tileSide() <= kTileSide) ++lattice.level;
    return lattice;
}

Result<void> fits(const RegionLattice& lattice, Metres tolerance, const Box& box) {
    const double side = lattice.tileSide();
    const double farthest = std::max({std::abs(box.minX), std::abs(box.minY), std::abs(box.maxX), std::abs(box.maxY)});
    if (farthest * kGridPerMetre / static_cast<double>(lattice.step) > (1 << 29) || (box.maxX - box.minX) / side * ((box.maxY - box.minY) / side) > 4e7) {
        return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is too fine for so large a region", tolerance.value));
    }
    return {};
}

Result<std::vector<MultiPolygon>> regionsOf(std::span<const Cone> cones, Metres tolerance, std::size_t origins, const LeastLeft& known) {
    const Result<RegionLattice> lattice = latticeFor(tolerance);
    if (!lattice) return tl::unexpected(lattice.error());
    std::vector<MultiPolygon> regions(origins);
    if (cones.empty() || origins == 0) return regions;
    Box box;
    for (const Cone& cone : cones) box.add(boxOf(cone));
    if (auto fit = fits(*lattice, tolerance, box); !fit) return tl::unexpected(fit.error());
    const Tiles tiles = tilesOf(cones, lattice->tileSide(), origins > 1 ? TileUse::Owners : TileUse::Boundary, known);
    std::vector<std::size_t> open;
    for (std::size_t t = 0; t + 1 < tiles.first.size(); ++t) {
        if (!tiles.conesOf(t).empty()) open.push_back(t);
    }
    const auto [step, level] = *lattice;
    std::vector<LatticeDescent> descents(threadCount(), LatticeDescent(cones, {step, level}, origins));
    inParallel({open.size(), 1}, [&](std::size_t i, std::size_t thread) {
        const auto column = tiles.firstColumn + static_cast<std::int64_t>(open[i]) % tiles.columns;
        const auto row = tiles.firstRow + static_cast<std::int64_t>(open[i]) / tiles.columns;
        descents[thread].run(column << level, row << level, level, tiles.conesOf(open[i]));
    });
    for (std::size_t origin = 0; origin < origins; ++origin) {
        std::vector<ContourStep> steps;
        for (const LatticeDescent& descent : descents) steps.insert(steps.end(), descent.steps[origin].begin(), descent.steps[origin].end());
        regions[origin] = polygonsOf(std::move(steps));
    }
    return regions;
}

}  // namespace zonewright::network
