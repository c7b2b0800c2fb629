#include "core/plan/source/control_points.h"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "core/plan/source/foreign.h"

namespace zonewright::plan::source {
namespace {

Result<std::size_t> columnOf(const SourceLayer& layer, std::initializer_list<std::string_view> names, const std::string& file) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < layer.columns.size(); ++i) {
            if (layer.columns[i].name == name) return i;
        }
    }
    return failure(ErrorCode::UnknownField, std::string(*names.begin()), file);
}

}  // namespace

Result<std::vector<ControlPoint>> readControlPoints(const std::filesystem::path& file) {
    Result<Source> source = Source::open({file, "", "", ""});
    if (!source) return tl::unexpected(source.error());
    const SourceLayer& layer = source->layers().front();
    const std::string name = file.string();
    const auto sx = columnOf(layer, {"source_x", "源X", "源x"}, name);
    const auto sy = columnOf(layer, {"source_y", "源Y", "源y"}, name);
    const auto tx = columnOf(layer, {"target_x", "目标X", "目标x"}, name);
    const auto ty = columnOf(layer, {"target_y", "目标Y", "目标y"}, name);
    const auto label = columnOf(layer, {"name", "点名", "id"}, name);
    for (const auto& column : {sx, sy, tx, ty}) {
        if (!column) return tl::unexpected(column.error());
    }
    std::vector<ControlPoint> points;
    std::optional<std::int64_t> badRow;
    const auto read = source->forEachRow(0, [&](Row&& row) {
        const auto number = [&](std::size_t column) {
            const auto value = asNumber(row.values[column]);
            if (!value || !std::isfinite(*value)) badRow = row.number;
            return value.value_or(0);
        };
        ControlPoint point{label ? asText(row.values[*label]) : std::to_string(row.number), {number(*sx), number(*sy)}, {number(*tx), number(*ty)}};
        points.push_back(std::move(point));
        return !badRow;
    });
    if (!read) return tl::unexpected(read.error());
    if (badRow) return failure(ErrorCode::BadArgument, "a control point's coordinate is no number", fmt::format("{} row {}", name, *badRow));
    return points;
}

Result<ControlFit> fitControlPoints(const std::vector<ControlPoint>& points) {
    if (points.size() < 2) return failure(ErrorCode::BadArgument, fmt::format("{} control points; at least two are needed", points.size()));
    const auto n = static_cast<double>(points.size());
    Point from;
    Point to;
    for (const ControlPoint& p : points) {
        from = {from.x + p.source.x / n, from.y + p.source.y / n};
        to = {to.x + p.target.x / n, to.y + p.target.y / n};
    }
    double squares = 0;
    double dot = 0;
    double cross = 0;
    for (const ControlPoint& p : points) {
        const Point s{p.source.x - from.x, p.source.y - from.y};
        const Point t{p.target.x - to.x, p.target.y - to.y};
        squares += s.x * s.x + s.y * s.y;
        dot += s.x * t.x + s.y * t.y;
        cross += s.x * t.y - s.y * t.x;
    }
    if (squares < 1e-6 || (dot == 0 && cross == 0)) return failure(ErrorCode::BadArgument, "the control points coincide");
    ControlFit fit;
    fit.transform = {dot / squares, cross / squares, from, to};
    fit.scale = std::hypot(fit.transform.a, fit.transform.b);
    fit.rotationDegrees = std::atan2(fit.transform.b, fit.transform.a) * 180 / std::numbers::pi;
    double sum = 0;
    for (const ControlPoint& p : points) {
        const Point q = fit.transform(p.source);
        const double east = q.x - p.target.x;
        const double north = q.y - p.target.y;
        sum += east * east + north * north;
        fit.residuals.push_back({p.name, Metres(east), Metres(north), Metres(std::hypot(east, north))});
    }
    fit.rms = Metres(std::sqrt(sum / n));
    return fit;
}

}  // namespace zonewright::plan::source
