#include "core/geometry/measure.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include <geodesic.h>
#include <proj.h>

namespace zonewright {

SquareMetres signedArea(const Ring& ring) {
    if (ring.size() < 3) return {};
    const Point origin = ring.front();  // near numbers keep all digits
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        sum += (ring[i].x - origin.x) * (ring[i + 1].y - origin.y) - (ring[i + 1].x - origin.x) * (ring[i].y - origin.y);
    }
    return SquareMetres(sum / 2);
}

SquareMetres planarArea(const Polygon& polygon) {
    double area = 0;
    for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
        const double ring = std::abs(signedArea(polygon.rings[i]).value);
        area += i == 0 ? ring : -ring;
    }
    return SquareMetres(area);
}

SquareMetres planarArea(const MultiPolygon& polygons) {
    SquareMetres area;
    for (const Polygon& polygon : polygons.polygons) area += planarArea(polygon);
    return area;
}

Metres planarLength(const LineString& line) {
    double length = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) length += std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
    return Metres(length);
}

Metres planarLength(const MultiLineString& lines) {
    Metres length;
    for (const LineString& line : lines.lines) length += planarLength(line);
    return length;
}

struct Ellipsoid::State {
    explicit State(Transform t) : toLonLat(std::move(t)) {}
    Transform toLonLat;
    geod_geodesic geodesic{};

    [[nodiscard]] double ringArea(const Ring& ring) const {
        geod_polygon polygon;
        geod_polygon_init(&polygon, 0);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Point p = toLonLat(ring[i]);
            geod_polygon_addpoint(&geodesic, &polygon, p.y, p.x);
        }
        double area = 0;
        geod_polygon_compute(&geodesic, &polygon, 0, 1, &area, nullptr);
        return std::abs(area);
    }
};

namespace {

/// The geographic CRS under `crs`, as WKT, and its ellipsoid's axis and flattening.
struct Base {
    std::string definition;
    double semiMajor = 0;
    double inverseFlattening = 0;
};

Result<Base> baseOf(const Crs& crs) {
    std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)> context(proj_context_create(), &proj_context_destroy);
    using Handle = std::unique_ptr<PJ, decltype(&proj_destroy)>;
    const Handle handle(proj_create(context.get(), crs.definition().c_str()), &proj_destroy);
    const Handle base(handle ? proj_crs_get_geodetic_crs(context.get(), handle.get()) : nullptr, &proj_destroy);
    const Handle ellipsoid(base ? proj_get_ellipsoid(context.get(), base.get()) : nullptr, &proj_destroy);
    Base out;
    if (!ellipsoid ||
        proj_ellipsoid_get_parameters(context.get(), ellipsoid.get(), &out.semiMajor, nullptr, nullptr, &out.inverseFlattening) == 0) {
        return failure(ErrorCode::SourceCrs, crs.definition());
    }
    out.definition = proj_as_wkt(context.get(), base.get(), PJ_WKT2_2019, nullptr);
    return out;
}

}  // namespace

Result<Ellipsoid> Ellipsoid::of(const Crs& crs) {
    // PROJ takes milliseconds to make one, and an edit asks for the same again and again.
    thread_local std::map<std::string, Ellipsoid> known;
    if (const auto found = known.find(crs.definition()); found != known.end()) return found->second;
    const Result<Base> base = baseOf(crs);
    if (!base) return tl::unexpected(base.error());
    const Result<Crs> geographic = Crs::from(base->definition);
    if (!geographic) return tl::unexpected(geographic.error());
    Result<Transform> transform = Transform::between(crs, *geographic);
    if (!transform) return tl::unexpected(transform.error());
    Ellipsoid ellipsoid;
    ellipsoid.mState = std::make_shared<State>(std::move(*transform));
    geod_init(&ellipsoid.mState->geodesic, base->semiMajor, base->inverseFlattening == 0 ? 0 : 1 / base->inverseFlattening);
    return known.emplace(crs.definition(), std::move(ellipsoid)).first->second;
}

SquareMetres Ellipsoid::area(const MultiPolygon& polygons) const {
    double area = 0;
    for (const Polygon& polygon : polygons.polygons) {
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            area += (i == 0 ? 1 : -1) * mState->ringArea(polygon.rings[i]);
        }
    }
    return SquareMetres(area);
}

namespace {

constexpr double kCell = 1000;    ///< m
constexpr double kWidest = 1000;  ///< m
constexpr double kProbe = 200;    ///< m
constexpr double kSmooth = 1e-8;  ///< the bend of transverse Mercator makes 6e-9 of it

std::uint64_t keyOf(std::int64_t column, std::int64_t row) { return static_cast<std::uint64_t>(column) << 32 ^ static_cast<std::uint32_t>(row); }

struct Moments {
    double area = 0;
    double x = 0;  ///< first moment, from the origin
    double y = 0;
};

Moments momentsOf(const MultiPolygon& polygons, Point origin) {
    Moments sum;
    for (const Polygon& polygon : polygons.polygons) {
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            const Ring& ring = polygon.rings[i];
            Moments own;
            for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
                const Point a{ring[k].x - origin.x, ring[k].y - origin.y}, b{ring[k + 1].x - origin.x, ring[k + 1].y - origin.y};
                const double cross = (a.x * b.y - b.x * a.y) / 2;
                own.area += cross;
                own.x += cross * (a.x + b.x) / 3;
                own.y += cross * (a.y + b.y) / 3;
            }
            const double sign = (own.area < 0) == (i == 0) ? -1 : 1;  // shells count, holes are taken away, whatever their orientation
            sum.area += sign * own.area;
            sum.x += sign * own.x;
            sum.y += sign * own.y;
        }
    }
    return sum;
}

}  // namespace

double LocalAreas::ratioAt(Point middle) const {
    const MultiPolygon square = polygonOf(Box{middle.x, middle.y, middle.x, middle.y}.grownBy(kProbe / 2));
    return mEllipsoid.area(square) / planarArea(square);
}

double LocalAreas::cornerAt(std::int64_t column, std::int64_t row) {
    const auto [at, isNew] = mCorners.try_emplace(keyOf(column, row));
    if (isNew) at->second = ratioAt({static_cast<double>(column) * kCell, static_cast<double>(row) * kCell});
    return at->second;
}

const LocalAreas::Cell& LocalAreas::cellAt(std::int64_t column, std::int64_t row) {
    const auto [at, isNew] = mCells.try_emplace(keyOf(column, row));
    Cell& cell = at->second;
    if (!isNew) return cell;
    double mean = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::int64_t right = i % 2 == 0 ? 0 : 1, up = i < 2 ? 0 : 1;
        cell.ratios[i] = cornerAt(column + right, row + up);
        mean += cell.ratios[i] / 4;
    }
    const double own = ratioAt({(static_cast<double>(column) + 0.5) * kCell, (static_cast<double>(row) + 0.5) * kCell});
    cell.smooth = std::abs(own - mean) < kSmooth;
    return cell;
}

SquareMetres LocalAreas::area(const MultiPolygon& polygons) {
    const Box box = boxOf(polygons);
    if (box.empty()) return {};
    if (!(box.maxX - box.minX <= kWidest && box.maxY - box.minY <= kWidest)) return mEllipsoid.area(polygons);
    const Moments moments = momentsOf(polygons, {box.minX, box.minY});
    if (!(moments.area > 0)) return {};
    const double x = (box.minX + moments.x / moments.area) / kCell, y = (box.minY + moments.y / moments.area) / kCell;
    const Cell& cell = cellAt(static_cast<std::int64_t>(std::floor(x)), static_cast<std::int64_t>(std::floor(y)));
    if (!cell.smooth) return mEllipsoid.area(polygons);
    const double right = x - std::floor(x), up = y - std::floor(y);
    const double below = std::lerp(cell.ratios[0], cell.ratios[1], right), above = std::lerp(cell.ratios[2], cell.ratios[3], right);
    return SquareMetres(moments.area) * std::lerp(below, above, up);
}

Metres Ellipsoid::length(const LineString& line) const {
    double length = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Point a = mState->toLonLat(line[i]);
        const Point b = mState->toLonLat(line[i + 1]);
        double piece = 0;
        geod_inverse(&mState->geodesic, a.y, a.x, b.y, b.x, &piece, nullptr, nullptr);
        length += piece;
    }
    return Metres(length);
}

namespace {

using EdgeKey = std::pair<Point, Point>;

void collectEdges(const LineString& line, std::vector<EdgeKey>& out) {
    for (std::size_t i = 1; i < line.size(); ++i) out.emplace_back(std::minmax(line[i - 1], line[i]));
}

std::vector<EdgeKey> sortedEdges(const Geometry& geometry) {
    std::vector<EdgeKey> out;
    if (const auto* point = std::get_if<Point>(&geometry)) out.emplace_back(*point, *point);
    if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
        for (const Point& p : points->points) out.emplace_back(p, p);
    }
    if (const auto* line = std::get_if<LineString>(&geometry)) collectEdges(*line, out);
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) {
        for (const LineString& line : lines->lines) collectEdges(line, out);
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : polygons->polygons) {
            for (const Ring& ring : polygon.rings) collectEdges(ring, out);
        }
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace

Box boxOfDifference(const Geometry& a, const Geometry& b) {
    std::vector<EdgeKey> different;
    std::ranges::set_symmetric_difference(sortedEdges(a), sortedEdges(b), std::back_inserter(different));
    Box box;
    for (const auto& [from, to] : different) {
        box.add(from);
        box.add(to);
    }
    return box;
}

}  // namespace zonewright
