#include "core/geometry/wkt.h"

#include <fmt/format.h>

#include "core/geometry/geos.h"

namespace zonewright {
namespace {

std::string number(double v) {
    std::string text = fmt::format("{:.3f}", v);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string pair(Point p) { return number(p.x) + " " + number(p.y); }

template <typename Items, typename Each>
std::string list(const Items& items, Each each) {
    std::string text = "(";
    for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ", ") + each(items[i]);
    return text + ")";
}

std::string body(const std::vector<Point>& points) { return list(points, pair); }
std::string body(const Polygon& polygon) {
    return list(polygon.rings, [](const Ring& ring) { return body(ring); });
}

struct Text {
    std::string operator()(std::monostate) const { return "GEOMETRYCOLLECTION EMPTY"; }
    std::string operator()(const Point& p) const { return "POINT (" + pair(p) + ")"; }
    std::string operator()(const MultiPoint& g) const {
        if (g.points.empty()) return "MULTIPOINT EMPTY";
        return "MULTIPOINT " + list(g.points, [](Point p) { return "(" + pair(p) + ")"; });
    }
    std::string operator()(const LineString& line) const { return line.empty() ? "LINESTRING EMPTY" : "LINESTRING " + body(line); }
    std::string operator()(const MultiLineString& g) const {
        if (g.lines.empty()) return "MULTILINESTRING EMPTY";
        return "MULTILINESTRING " + list(g.lines, [](const LineString& line) { return body(line); });
    }
    std::string operator()(const MultiPolygon& g) const {
        if (g.polygons.empty()) return "MULTIPOLYGON EMPTY";
        if (g.polygons.size() == 1) return "POLYGON " + body(g.polygons.front());
        return "MULTIPOLYGON " + list(g.polygons, [](const Polygon& p) { return body(p); });
    }
};

}  // namespace

Result<Geometry> fromWkt(const std::string& wkt) { return geos::readWkt(wkt); }

std::string toWkt(const Geometry& geometry) { return std::visit(Text{}, geometry); }

}  // namespace zonewright
