#include "desktop/canvas/geometry_path.h"

#include <cmath>

namespace zonewright::desktop {
namespace {

constexpr double kLeast = 0.5;
constexpr double kPointRadius = 6;

void add(QPainterPath& path, const LineString& line, const ViewTransform& view) {
    QPointF last;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const QPointF p = view.toPixel(line[i]);
        if (i == 0) path.moveTo(p);
        else if (i + 1 < line.size() && std::abs(p.x() - last.x()) < kLeast && std::abs(p.y() - last.y()) < kLeast) continue;
        else path.lineTo(p);
        last = p;
    }
}

}  // namespace

QPainterPath pathOf(const LineString& line, const ViewTransform& view, bool closed) {
    QPainterPath path;
    add(path, line, view);
    if (closed && !line.empty()) path.closeSubpath();
    return path;
}

QPainterPath pathOf(const Geometry& geometry, const ViewTransform& view) {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    if (const auto* point = std::get_if<Point>(&geometry)) path.addEllipse(view.toPixel(*point), kPointRadius, kPointRadius);
    if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
        for (const Point& p : points->points) path.addEllipse(view.toPixel(p), kPointRadius, kPointRadius);
    }
    if (const auto* line = std::get_if<LineString>(&geometry)) add(path, *line, view);
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) {
        for (const LineString& line : lines->lines) add(path, line, view);
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : polygons->polygons) {
            for (const Ring& ring : polygon.rings) add(path, ring, view);
        }
    }
    return path;
}

}  // namespace zonewright::desktop
