#include "core/analysis/siting/measures.h"

#include <cmath>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"

namespace zonewright::analysis::siting::detail {

bool isPolygonal(const Geometry& geometry) { return std::holds_alternative<MultiPolygon>(geometry); }

bool isLinear(const Geometry& geometry) {
    return std::holds_alternative<LineString>(geometry) || std::holds_alternative<MultiLineString>(geometry);
}

MultiLineString linesOf(const Geometry& geometry) {
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) return *lines;
    if (const auto* line = std::get_if<LineString>(&geometry)) return {{*line}};
    return {};
}

namespace {

void addRuns(MultiLineString& out, const std::vector<Point>& line, const Box& box) {
    bool open = false;
    for (std::size_t i = 1; i < line.size(); ++i) {
        Box segment;
        segment.add(line[i - 1]);
        segment.add(line[i]);
        if (!segment.intersects(box)) {
            open = false;
            continue;
        }
        if (!open) out.lines.push_back({line[i - 1]});
        out.lines.back().push_back(line[i]);
        open = true;
    }
}

double perimeter(const MultiPolygon& polygons) {
    double sum = 0;
    for (const Polygon& polygon : polygons.polygons) {
        for (const Ring& ring : polygon.rings) sum += planarLength(ring).value;
    }
    return sum;
}

}  // namespace

MultiLineString lineworkNear(const Geometry& geometry, const Box& box) {
    MultiLineString out;
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : polygons->polygons) {
            for (const Ring& ring : polygon.rings) addRuns(out, ring, box);
        }
    } else {
        for (const LineString& line : linesOf(geometry).lines) addRuns(out, line, box);
    }
    return out;
}

MultiPolygon polygonOf(const Box& b) {
    return {{Polygon{{Ring{{b.minX, b.minY}, {b.maxX, b.minY}, {b.maxX, b.maxY}, {b.minX, b.maxY}, {b.minX, b.minY}}}}}};
}

bool isMoreThanTouching(const MultiPolygon& overlap) {
    constexpr double kGrid = 0.001;
    return 2 * planarArea(overlap).value > kGrid * perimeter(overlap);
}

Result<Geometry> partInside(const Geometry& site, const MultiPolygon& polygons) {
    if (const auto* area = std::get_if<MultiPolygon>(&site)) {
        return geos::intersection(*area, polygons).map([](MultiPolygon p) { return Geometry(std::move(p)); });
    }
    if (isLinear(site)) {
        return geos::clipped(linesOf(site), polygons).map([](MultiLineString l) { return Geometry(std::move(l)); });
    }
    MultiPoint inside;
    std::optional<Error> fault;
    forEachPoint(site, [&](const Point& p) {
        const Result<bool> in = geos::interiorsMeet(p, polygons);
        if (!in) fault = in.error();
        else if (*in) inside.points.push_back(p);
    });
    if (fault) return tl::unexpected(*fault);
    return Geometry(std::move(inside));
}

Result<bool> reachesDeeper(const Geometry& part, const MultiPolygon& polygons, Metres depth) {
    const Box box = boxOf(part);
    if (box.empty()) return false;
    if (depth.value <= 0) return true;
    const Box near = box.grownBy(depth.value);
    const MultiLineString edge = lineworkNear(polygons, near);
    if (edge.lines.empty()) return true;  // no boundary near: the part, which lies inside, lies deep inside
    const Result<MultiPolygon> band = geos::buffer(edge, depth);
    if (!band) return tl::unexpected(band.error());
    const Result<MultiPolygon> here = geos::intersection(polygons, polygonOf(near));
    if (!here) return tl::unexpected(here.error());
    const Result<MultiPolygon> core = geos::difference(*here, *band);
    if (!core) return tl::unexpected(core.error());
    if (core->polygons.empty()) return false;
    return geos::intersects(part, *core);
}

}  // namespace zonewright::analysis::siting::detail
