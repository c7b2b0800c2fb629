#include <cmath>

#include "core/analysis/siting/measures.h"
#include "core/geometry/geos.h"

namespace zonewright::analysis::siting {
namespace {

/// Where two segments cross in their interiors or at an end of one of them; nothing when they are parallel.
std::optional<Point> meeting(const Point (&s)[2], const Point (&t)[2]) {
    const double ax = s[1].x - s[0].x, ay = s[1].y - s[0].y, bx = t[1].x - t[0].x, by = t[1].y - t[0].y;
    const double cross = ax * by - ay * bx;
    if (cross == 0) return std::nullopt;
    const double dx = t[0].x - s[0].x, dy = t[0].y - s[0].y;
    const double u = (dx * by - dy * bx) / cross, v = (dx * ay - dy * ax) / cross;
    if (u < 0 || u > 1 || v < 0 || v > 1) return std::nullopt;
    return Point{s[0].x + u * ax, s[0].y + u * ay};
}

/// True when a line goes on for more than `accuracy` on both sides of a point on it.
bool runsThrough(const MultiLineString& lines, Point at, Metres accuracy) {
    for (const LineString& line : lines.lines) {
        const auto away = [&](const Point& end) { return std::hypot(end.x - at.x, end.y - at.y) > accuracy.value; };
        if (!away(line.front()) || !away(line.back())) return false;
    }
    return true;
}

Result<Measure> lineOverLine(const Pair& pair, const Position& position) {
    const Box box = boxOf(*pair.site);
    const MultiLineString site = detail::linesOf(*pair.site), other = detail::lineworkNear(*pair.constraint, box);
    Measure out;
    MultiPoint crossings;
    for (const LineString& a : site.lines) {
        for (std::size_t i = 1; i < a.size(); ++i) {
            Box segment;
            segment.add(a[i - 1]);
            segment.add(a[i]);
            for (const LineString& b : detail::lineworkNear(other, segment).lines) {
                for (std::size_t j = 1; j < b.size(); ++j) {
                    if (const auto at = meeting({a[i - 1], a[i]}, {b[j - 1], b[j]})) crossings.points.push_back(*at);
                }
            }
        }
    }
    out.hit = !crossings.points.empty();
    for (const Point& p : crossings.points) {
        out.certain = out.certain || (runsThrough(site, p, pair.accuracy) && runsThrough(detail::linesOf(*pair.constraint), p, pair.accuracy));
    }
    if (out.hit) {
        out.geometry = std::move(crossings);
        return out;
    }
    return detail::missed(position);
}

}  // namespace

Result<Measure> measureCrossing(const Pair& pair, const Position& position) {
    if (position.standing == Standing::Apart) return detail::missed(position);
    const auto* area = std::get_if<MultiPolygon>(pair.site);
    if (area == nullptr && detail::isLinear(*pair.site) && detail::isLinear(*pair.constraint)) return lineOverLine(pair, position);
    if (area != nullptr && !detail::isPolygonal(*pair.constraint)) {
        Result<Geometry> inside = detail::partInside(*pair.constraint, *area);
        if (!inside) return tl::unexpected(inside.error());
        const Result<bool> meets = boxOf(*inside).empty() ? Result<bool>(false) : geos::interiorsMeet(*pair.constraint, *pair.site);
        if (!meets) return tl::unexpected(meets.error());
        if (*meets) {
            const Result<bool> deep = detail::reachesDeeper(*inside, *area, pair.accuracy);
            if (!deep) return tl::unexpected(deep.error());
            return Measure{.hit = true, .certain = *deep, .distance = Metres(0), .geometry = std::move(*inside)};
        }
    } else if (detail::isPolygonal(*pair.constraint)) {
        return measureOverlap(pair, position);
    }
    return detail::missed(position);
}

}  // namespace zonewright::analysis::siting
