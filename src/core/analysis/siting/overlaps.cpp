#include "core/analysis/siting/measures.h"
#include "core/geometry/geos.h"

namespace zonewright::analysis::siting {
namespace {

/// A polygon constraint against any site that it meets.
Result<Measure> inPolygons(const Pair& pair, const MultiPolygon& polygons, const Position& position) {
    Result<Geometry> part = *pair.site;
    if (position.standing != Standing::Inside) part = detail::partInside(*pair.site, detail::partNear(polygons, *pair.constraintLines, pair.siteLines->box()));
    if (!part) return tl::unexpected(part.error());
    const auto* area = std::get_if<MultiPolygon>(&*part);
    if (boxOf(*part).empty() || (area != nullptr && !detail::isMoreThanTouching(*area))) return detail::missed(position);
    Result<bool> certain = detail::reachesDeeper(*part, *pair.constraintLines, polygons, pair.accuracy);
    if (certain && !*certain && area != nullptr) {
        certain = detail::reachesDeeper(*part, *pair.siteLines, std::get<MultiPolygon>(*pair.site), pair.accuracy);
    }
    if (!certain) return tl::unexpected(certain.error());
    return Measure{.hit = true, .certain = *certain, .distance = Metres(0), .geometry = std::move(*part)};
}

}  // namespace

Result<Measure> measureOverlap(const Pair& pair, const Position& position) {
    if (position.standing == Standing::Apart) return detail::missed(position);
    if (const auto* polygons = std::get_if<MultiPolygon>(pair.constraint)) return inPolygons(pair, *polygons, position);
    if (detail::isLinear(*pair.constraint)) return measureCrossing(pair, position);
    // Points: they are inside the site, or they are not.
    const auto* area = std::get_if<MultiPolygon>(pair.site);
    if (area == nullptr) return detail::missed(position);
    Result<Geometry> inside = detail::partInside(*pair.constraint, *area);
    if (!inside) return tl::unexpected(inside.error());
    if (boxOf(*inside).empty()) return detail::missed(position);
    const Result<bool> certain = detail::reachesDeeper(*inside, *area, pair.accuracy);
    if (!certain) return tl::unexpected(certain.error());
    return Measure{.hit = true, .certain = *certain, .distance = Metres(0), .geometry = std::move(*inside)};
}

}  // namespace zonewright::analysis::siting
