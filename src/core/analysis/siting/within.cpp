#include <algorithm>

#include "core/analysis/siting/measures.h"
#include "core/geometry/geos.h"

namespace zonewright::analysis::siting {
namespace {

constexpr int kSegmentsPerQuarter = 64;  ///< the zone's edge is then true to 0.01 % of its width

/// The control zone as far as it can reach the site.
Result<MultiPolygon> zoneNear(const Pair& pair, Metres reach) {
    const Box box = boxOf(*pair.site);
    if (!detail::isPolygonal(*pair.constraint) && !detail::isLinear(*pair.constraint)) {
        return geos::buffer(*pair.constraint, reach, kSegmentsPerQuarter);
    }
    const MultiLineString edge = detail::lineworkNear(*pair.constraint, box.grownBy(reach.value));
    MultiPolygon zone;
    if (!edge.lines.empty() && reach.value > 0) {
        Result<MultiPolygon> band = geos::buffer(edge, reach, kSegmentsPerQuarter);
        if (!band) return band;
        zone = std::move(*band);
    }
    const auto* polygons = std::get_if<MultiPolygon>(pair.constraint);
    if (polygons == nullptr) return zone;
    return geos::unionOf({zone, detail::partNear(*polygons, *pair.constraintLines, box)});
}

}  // namespace

namespace {

/// The shortest way from the site to the constraint; a point where they meet.
Geometry shortestWay(const Linework::Nearness& nearness) {
    if (nearness.distance.value > 0) return LineString{nearness.own, nearness.other};
    return nearness.own;
}

}  // namespace

Result<Measure> measureWithin(const Pair& pair, const ControlZone& zone, const Position& position) {
    const Metres reach = zone.distance + zone.halfWidth;
    Measure out = detail::missed(position);
    const Metres drawn = out.distance;
    out.distance = Metres(std::max(0.0, (drawn - zone.halfWidth).value));
    out.hit = drawn.value < reach.value || (zone.distanceOnly && drawn.value <= reach.value);
    if (!out.hit) return out;
    out.certain = drawn.value < (reach - pair.accuracy).value;
    if (zone.distanceOnly) {
        out.geometry = position.standing == Standing::Apart ? shortestWay(*position.nearness) : Geometry(pair.siteLines->representatives().front());
        return out;
    }
    Result<Geometry> part = *pair.site;
    if (position.standing != Standing::Inside) {
        const Result<MultiPolygon> area = zoneNear(pair, reach);
        if (!area) return tl::unexpected(area.error());
        part = detail::partInside(*pair.site, *area);
    }
    if (!part) return tl::unexpected(part.error());
    if (!out.certain && detail::isPolygonal(*pair.site)) {
        const Result<bool> deep = detail::reachesDeeper(*part, *pair.siteLines, std::get<MultiPolygon>(*pair.site), pair.accuracy);
        if (!deep) return tl::unexpected(deep.error());
        out.certain = *deep;
    }
    out.geometry = std::move(*part);
    return out;
}

}  // namespace zonewright::analysis::siting
