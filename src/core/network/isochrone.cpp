#include "core/network/isochrone.h"

#include <algorithm>
#include <random>

#include "core/network/cone_grid.h"
#include "core/network/lattice.h"
#include "core/network/parallel.h"
#include "core/network/tiles.h"

namespace zonewright::network {
namespace {

/// Tiles are at most this wide, in metres, where cells allow: what lies a few minutes inside the boundary fills them.
constexpr double kTileSide = 450;

/// A tile holds 2^level cells in each direction.
int tileLevel(std::int64_t stepInMillimetres) {
    int level = 0;
    while (level < 16 && static_cast<double>(stepInMillimetres << (level + 1)) / kGridPerMetre <= kTileSide) ++level;
    return level;
}

}  // namespace

Result<MultiPolygon> Isochrone::polygons(Metres tolerance) const {
    Result<std::vector<MultiPolygon>> regions = regionsOf(tolerance, 1);
    if (!regions) return tl::unexpected(regions.error());
    return std::move(regions->front());
}

Result<std::vector<MultiPolygon>> Isochrone::polygonsByOrigin(Metres tolerance, std::size_t origins) const { return regionsOf(tolerance, origins); }

Result<std::vector<MultiPolygon>> Isochrone::regionsOf(Metres tolerance, std::size_t origins) const {
    const auto step = static_cast<std::int64_t>(tolerance.value * kGridPerMetre / 2);
    if (step < 5) return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is below 0.01 m", tolerance.value));
    std::vector<MultiPolygon> regions(origins);
    if (mCones.empty() || origins == 0) return regions;
    const int level = tileLevel(step);
    const std::int64_t tileCells = std::int64_t{1} << level;
    const double side = static_cast<double>(step * tileCells) / kGridPerMetre;
    Box box;
    for (const Cone& cone : mCones) box.add(boxOf(cone));
    const double farthest = std::max({std::abs(box.minX), std::abs(box.minY), std::abs(box.maxX), std::abs(box.maxY)});
    if (farthest * kGridPerMetre / static_cast<double>(step) > (1 << 29) || (box.maxX - box.minX) / side * ((box.maxY - box.minY) / side) > 4e7) {
        return failure(ErrorCode::BadArgument, fmt::format("tolerance of {} m is too fine for so large a region", tolerance.value));
    }
    const Tiles tiles = tilesOf(mCones, side, origins > 1 ? TileUse::Owners : TileUse::Boundary);
    std::vector<std::size_t> open;
    for (std::size_t t = 0; t + 1 < tiles.first.size(); ++t) {
        if (!tiles.conesOf(t).empty()) open.push_back(t);
    }
    std::vector<LatticeDescent> descents(threadCount(), LatticeDescent(mCones, {step, level}, origins));
    inParallel({open.size(), 1}, [&](std::size_t i, std::size_t thread) {
        const auto column = tiles.firstColumn + static_cast<std::int64_t>(open[i]) % tiles.columns;
        const auto row = tiles.firstRow + static_cast<std::int64_t>(open[i]) / tiles.columns;
        descents[thread].run(column * tileCells, row * tileCells, level, tiles.conesOf(open[i]));
    });
    for (std::size_t origin = 0; origin < origins; ++origin) {
        std::vector<ContourStep> steps;
        for (const LatticeDescent& descent : descents) steps.insert(steps.end(), descent.steps[origin].begin(), descent.steps[origin].end());
        regions[origin] = polygonsOf(std::move(steps));
    }
    return regions;
}

std::vector<PlaceArrival> Isochrone::arrivalsAt(std::span<const Point> places) const {
    const ConeGrid grid(mCones);
    const double millisecondsPerMetre = 1000 / metresPerSecond(mOptions.speed);
    std::vector<PlaceArrival> arrivals(places.size());
    inParallel({places.size(), 256}, [&](std::size_t i, std::size_t) {
        const ConeGrid::Best best = grid.bestAt(places[i]);
        if (best.left >= 0) arrivals[i] = {toMilliseconds(Seconds((mOptions.limit.value - best.left * millisecondsPerMetre) / 1000)), best.origin};
    });
    return arrivals;
}

std::vector<Milliseconds> Isochrone::timesAt(std::span<const Point> places) const {
    std::vector<Milliseconds> times;
    times.reserve(places.size());
    for (const PlaceArrival& arrival : arrivalsAt(places)) times.push_back(arrival.time);
    return times;
}

std::vector<std::uint8_t> insideOf(const MultiPolygon& polygons, std::span<const Point> places) {
    std::vector<std::uint32_t> byY(places.size());
    for (std::uint32_t i = 0; i < byY.size(); ++i) byY[i] = i;
    std::sort(byY.begin(), byY.end(), [&](std::uint32_t a, std::uint32_t b) { return places[a].y < places[b].y; });
    std::vector<std::uint8_t> inside(places.size(), 0);
    const auto firstAtOrAbove = [&](double y) {
        return std::lower_bound(byY.begin(), byY.end(), y, [&](std::uint32_t i, double v) { return places[i].y < v; });
    };
    for (const Polygon& polygon : polygons.polygons) {
        for (const Ring& ring : polygon.rings) {
            for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
                const Point low = ring[k].y < ring[k + 1].y ? ring[k] : ring[k + 1];
                const Point high = ring[k].y < ring[k + 1].y ? ring[k + 1] : ring[k];
                for (auto it = firstAtOrAbove(low.y); it != byY.end() && places[*it].y < high.y; ++it) {
                    const Point p = places[*it];
                    if ((high.x - low.x) * (p.y - low.y) > (p.x - low.x) * (high.y - low.y)) inside[*it] ^= 1;
                }
            }
        }
    }
    return inside;
}

Misclassification misclassification(const Isochrone& isochrone, const MultiPolygon& polygons, std::size_t sample, std::optional<std::uint32_t> origin) {
    Misclassification result;
    const Box box = zonewright::boxOf(polygons);
    if (box.empty()) return result;
    std::mt19937_64 random(20250101);
    const auto between = [&](double low, double high) { return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<Point> places(sample);
    for (Point& p : places) {
        p.x = between(box.minX, box.maxX);
        p.y = between(box.minY, box.maxY);
    }
    const std::vector<std::uint8_t> drawn = insideOf(polygons, places);
    const std::vector<PlaceArrival> arrivals = isochrone.arrivalsAt(places);
    result.sampled = sample;
    for (std::size_t i = 0; i < sample; ++i) {
        const bool reached = arrivals[i].time <= isochrone.options().limit && (!origin || arrivals[i].origin == *origin);
        if (drawn[i] != 0 && !reached) ++result.wronglyInside;
        if (drawn[i] == 0 && reached) ++result.wronglyOutside;
    }
    return result;
}

}  // namespace zonewright::network
