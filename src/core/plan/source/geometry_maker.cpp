#include "core/plan/source/geometry_maker.h"

#include <fmt/format.h>

#include "core/geometry/grid.h"
#include "core/plan/source/validity.h"

namespace zonewright::plan::source {
namespace {

using catalogue::GeometryKind;
using Made = GeometryMaker::Made;

tl::unexpected<Localized> refused(std::string zh, std::string en) { return tl::unexpected(Localized{std::move(zh), std::move(en)}); }

tl::unexpected<Localized> otherKind(GeometryKind kind) {
    return refused(fmt::format("几何类型不符，图层需要 {}", nameOf(kind)), fmt::format("another kind of geometry; the layer holds {}", nameOf(kind)));
}

bool isClosed(const LineString& line) { return line.size() >= 4 && line.front() == line.back(); }

tl::expected<Made, Localized> asPolygons(const Geometry& geometry) {
    if (std::holds_alternative<MultiPolygon>(geometry)) return Made{geometry};
    const LineString* line = std::get_if<LineString>(&geometry);
    if (const auto* lines = std::get_if<MultiLineString>(&geometry); lines != nullptr && lines->lines.size() == 1) line = &lines->lines.front();
    if (line == nullptr || !isClosed(*line)) return otherKind(GeometryKind::MultiPolygon);
    return Made{MultiPolygon{{Polygon{{*line}}}}, true};
}

/// The number of parts and rings, which rounding must not change.
std::size_t pieces(const Geometry& geometry) {
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        std::size_t n = 0;
        for (const Polygon& polygon : polygons->polygons) n += polygon.rings.size();
        return n;
    }
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) return lines->lines.size();
    if (const auto* line = std::get_if<LineString>(&geometry)) return line->size() < 2 ? 0 : 1;
    return 1;
}

/// The reason of the first fault, if any, with what was done before it.
std::optional<Localized> reasonAgainst(const Geometry& geometry, const Localized& after) {
    const auto fault = faultOf(geometry);
    if (!fault) return Localized{fault.error().detail + after.zh, fault.error().detail + after.en};
    if (!*fault) return std::nullopt;
    const std::string place = fmt::format(" ({:.6f}, {:.6f})", (*fault)->place.x, (*fault)->place.y);
    return Localized{faultInChinese((*fault)->reason) + after.zh + place, (*fault)->reason + after.en + place};
}

}  // namespace

tl::expected<Made, Localized> asKind(const Geometry& geometry, GeometryKind kind) {
    switch (kind) {
        case GeometryKind::None: return Made{Geometry{}};
        case GeometryKind::MultiPolygon: return asPolygons(geometry);
        case GeometryKind::MultiLineString:
            if (const auto* line = std::get_if<LineString>(&geometry)) return Made{MultiLineString{{*line}}};
            return std::holds_alternative<MultiLineString>(geometry) ? tl::expected<Made, Localized>(Made{geometry}) : otherKind(kind);
        case GeometryKind::LineString:
            if (std::holds_alternative<LineString>(geometry)) return Made{geometry};
            if (const auto* lines = std::get_if<MultiLineString>(&geometry)) {
                if (lines->lines.size() == 1) return Made{lines->lines.front()};
                return refused("一条线有多个部分，图层只收单线", "a line of several parts; the layer holds single lines");
            }
            return otherKind(kind);
        case GeometryKind::Point:
            if (std::holds_alternative<Point>(geometry)) return Made{geometry};
            if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
                if (points->points.size() == 1) return Made{points->points.front()};
                return refused("一个要素有多个点，图层只收单点", "several points in one feature; the layer holds single points");
            }
            return otherKind(kind);
    }
    return otherKind(kind);
}

catalogue::GeometryKind kindOf(const Geometry& geometry) {
    constexpr std::array kKinds{GeometryKind::None, GeometryKind::Point, GeometryKind::Point, GeometryKind::MultiLineString,
                                GeometryKind::MultiLineString, GeometryKind::MultiPolygon};
    return kKinds[geometry.index()];
}

tl::expected<Made, Localized> GeometryMaker::made(const Geometry& source) const {
    if (mKind == GeometryKind::None) return Made{};
    if (std::holds_alternative<std::monostate>(source)) return refused("没有几何", "no geometry");
    auto made = asKind(source, mKind);
    if (!made) return made;
    if (auto reason = reasonAgainst(made->geometry, {})) return tl::unexpected(std::move(*reason));
    Geometry placed = made->geometry;
    mPlacer->apply(placed);
    bool finite = true;
    forEachPoint(placed, [&](const Point& p) { finite = finite && std::abs(p.x) <= 1e9 && std::abs(p.y) <= 1e9; });
    if (!finite) return refused("坐标无法换算到规划的坐标系", "the coordinates cannot be brought into the plan's CRS");
    placed = snapped(std::move(placed));
    if (placed == made->geometry) return made;
    if (pieces(placed) != pieces(made->geometry)) return refused("有部分小于 1 毫米，取整后消失", "a part is smaller than 1 mm and vanishes on the grid");
    if (auto reason = reasonAgainst(placed, {"（取整到 1 毫米后）", " after rounding to the 1 mm grid"})) return tl::unexpected(std::move(*reason));
    made->geometry = std::move(placed);
    return made;
}

}  // namespace zonewright::plan::source
