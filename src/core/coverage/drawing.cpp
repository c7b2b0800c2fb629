#include <algorithm>

#include "core/coverage/overlay.h"

namespace zonewright::coverage {

Outcome<GridLine> gridLine(const LineString& line) {
    GridLine out;
    for (const Point& p : line) {
        if (!isPosition(p))
            return refusal(ErrorCode::BadArgument, "the line has a coordinate that is no position", p);
        const GridPoint g = toGrid(p);
        if (out.empty() || out.back() != g) out.push_back(g);
    }
    if (out.size() < 2)
        return refusal(ErrorCode::BadArgument, "the line is too short",
                       line.empty() ? Point{} : line.front());
    return out;
}

Outcome<std::vector<GridLine>> gridOutlines(const MultiPolygon& area) {
    std::vector<GridLine> out;
    Wide total = 0;
    for (const Polygon& polygon : area.polygons) {
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            if (polygon.rings[i].size() < 4)
                return refusal(ErrorCode::BadArgument, "a ring of the area is too short", Point{});
            Outcome<GridLine> line = gridLine(polygon.rings[i]);
            if (!line) return tl::unexpected(line.error());
            if (line->front() != line->back()) line->push_back(line->front());
            GridLine open(line->begin(), line->end() - 1);
            const Wide size = twiceAreaOnGrid(open);
            if ((size > 0) != (i == 0)) std::reverse(line->begin(), line->end());
            total += i == 0 ? (size < 0 ? -size : size) : Wide{0};
            out.push_back(std::move(*line));
        }
    }
    if (total == 0)
        return refusal(ErrorCode::BadArgument, "the area is empty",
                       out.empty() ? GridPoint{} : out.front().front());
    return out;
}

GridBox boxOfLines(const std::vector<GridLine>& lines) {
    GridBox box;
    for (const GridLine& line : lines) {
        for (const GridPoint& p : line) box.add(p);
    }
    return box;
}

}  // namespace zonewright::coverage
