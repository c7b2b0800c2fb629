#include "core/analysis/siting/measures.h"
#include "core/geometry/geos.h"

namespace zonewright::analysis::siting {
namespace {

/// The part of the site in none of the covers, for lines and points through the complement near the site.
Result<Geometry> outside(const Geometry& site, const MultiPolygon& cover) {
    if (const auto* area = std::get_if<MultiPolygon>(&site)) {
        return geos::difference(*area, cover).map([](MultiPolygon p) { return Geometry(std::move(p)); });
    }
    const Result<MultiPolygon> complement = geos::difference(polygonOf(boxOf(site).grownBy(1)), cover);
    if (!complement) return tl::unexpected(complement.error());
    return detail::partInside(site, *complement);
}

}  // namespace

Result<Measure> measureNotCovered(const Geometry& site, std::span<const Geometry* const> covers, Metres accuracy) {
    std::vector<MultiPolygon> parts;
    const MultiPolygon frame = polygonOf(boxOf(site).grownBy(1 + 2 * accuracy.value));
    for (const Geometry* cover : covers) {
        if (!detail::isPolygonal(*cover)) continue;
        Result<MultiPolygon> part = geos::intersection(std::get<MultiPolygon>(*cover), frame);
        if (!part) return tl::unexpected(part.error());
        parts.push_back(std::move(*part));
    }
    const Result<MultiPolygon> cover = geos::unionOf(parts);
    if (!cover) return tl::unexpected(cover.error());
    Result<Geometry> part = outside(site, *cover);
    if (!part) return tl::unexpected(part.error());
    Measure out;
    const auto* area = std::get_if<MultiPolygon>(&*part);
    out.hit = !boxOf(*part).empty() && (area == nullptr || detail::isMoreThanTouching(*area));
    if (!out.hit) return out;
    if (cover->polygons.empty()) {
        out.certain = true;
    } else {
        const Result<Metres> far = geos::distance(*part, *cover);
        if (!far) return tl::unexpected(far.error());
        const Result<MultiPolygon> gap = geos::difference(frame, *cover);
        if (!gap) return tl::unexpected(gap.error());
        const Result<bool> deep = detail::reachesDeeper(*part, *gap, accuracy);
        if (!deep) return tl::unexpected(deep.error());
        out.certain = *deep;
        out.distance = *far;
    }
    out.geometry = std::move(*part);
    return out;
}

}  // namespace zonewright::analysis::siting
