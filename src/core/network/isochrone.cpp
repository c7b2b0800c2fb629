#include "core/network/isochrone.h"

#include <algorithm>
#include <random>

#include "core/network/cone_grid.h"
#include "core/network/parallel.h"
#include "core/network/regions.h"

namespace zonewright::network {
Result<MultiPolygon> Isochrone::polygons(Metres tolerance) const {
    Result<std::vector<MultiPolygon>> regions = regionsOf(mCones, tolerance, 1);
    if (!regions) return tl::unexpected(regions.error());
    return std::move(regions->front());
}

Result<std::vector<MultiPolygon>> Isochrone::polygonsByOrigin(Metres tolerance, std::size_t origins) const { return regionsOf(mCones, tolerance, origins); }

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
