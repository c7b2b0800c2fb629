#include "core/analysis/siting/measures.h"
#include "core/geometry/geos.h"

namespace zonewright::analysis::siting {
namespace {

Result<Measure> distanceOnly(const Pair& pair) {
    const Result<Metres> distance = geos::distance(*pair.site, *pair.constraint);
    if (!distance) return tl::unexpected(distance.error());
    return Measure{.hit = false, .certain = false, .distance = *distance, .geometry = {}};
}

/// A polygon constraint against any site.
Result<Measure> inPolygons(const Pair& pair, const MultiPolygon& polygons) {
    Result<Geometry> part = detail::partInside(*pair.site, polygons);
    if (!part) return tl::unexpected(part.error());
    const auto* area = std::get_if<MultiPolygon>(&*part);
    if (boxOf(*part).empty() || (area != nullptr && !detail::isMoreThanTouching(*area))) return distanceOnly(pair);
    Result<bool> certain = detail::reachesDeeper(*part, polygons, pair.accuracy);
    if (certain && !*certain && area != nullptr) {
        certain = detail::reachesDeeper(*part, std::get<MultiPolygon>(*pair.site), pair.accuracy);
    }
    if (!certain) return tl::unexpected(certain.error());
    return Measure{.hit = true, .certain = *certain, .distance = Metres(0), .geometry = std::move(*part)};
}

}  // namespace

Result<Measure> measureOverlap(const Pair& pair) {
    if (const auto* polygons = std::get_if<MultiPolygon>(pair.constraint)) return inPolygons(pair, *polygons);
    if (detail::isLinear(*pair.constraint)) return measureCrossing(pair);
    // Points: they are inside the site, or they are not.
    const auto* area = std::get_if<MultiPolygon>(pair.site);
    if (area == nullptr) return distanceOnly(pair);
    Result<Geometry> inside = detail::partInside(*pair.constraint, *area);
    if (!inside) return tl::unexpected(inside.error());
    if (boxOf(*inside).empty()) return distanceOnly(pair);
    const Result<bool> certain = detail::reachesDeeper(*inside, *area, pair.accuracy);
    if (!certain) return tl::unexpected(certain.error());
    return Measure{.hit = true, .certain = *certain, .distance = Metres(0), .geometry = std::move(*inside)};
}

}  // namespace zonewright::analysis::siting
