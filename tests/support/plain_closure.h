#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/geometry/grid.h"
#include "core/geometry/types.h"

namespace zonewright::coverage::maps {

/// The plainest exact test of closure: the directed edges of all zones, opposite ones cancelled, are those of
/// the parent. Together with zones that are each valid this means no gap and no overlap (a winding-number
/// argument). It shares no code with the product; edges that do not cancel at once are split at all vertices
/// on them, pair by pair.
class PlainClosure {
public:
    void add(const MultiPolygon& zone) { addAll(zone, 1); }
    void subtract(const MultiPolygon& parent) { addAll(parent, -1); }

    /// Empty when closed, else a place.
    [[nodiscard]] std::string fault() const {
        Chain chain = mChain;
        std::erase_if(chain, [](const auto& e) { return e.second == 0; });
        std::vector<GridPoint> ends;
        for (const auto& [edge, count] : chain) {
            ends.push_back(edge.first);
            ends.push_back(edge.second);
        }
        Chain split;
        for (const auto& [edge, count] : chain) {
            std::vector<GridPoint> points{edge.first, edge.second};
            for (const GridPoint& p : ends) {
                const bool between = edge.first < p && p < edge.second;
                if (between && orientation(edge.first, edge.second, p) == 0) points.push_back(p);
            }
            std::sort(points.begin(), points.end());
            points.erase(std::unique(points.begin(), points.end()), points.end());
            for (std::size_t i = 0; i + 1 < points.size(); ++i) split[{points[i], points[i + 1]}] += count;
        }
        for (const auto& [edge, count] : split) {
            if (count != 0) return std::to_string(edge.first.x) + " " + std::to_string(edge.first.y);
        }
        return {};
    }

private:
    using Chain = std::map<std::pair<GridPoint, GridPoint>, int>;  // lower end first; + when run that way

    void addAll(const MultiPolygon& geometry, int sign) {
        for (const Polygon& polygon : geometry.polygons) {
            for (std::size_t r = 0; r < polygon.rings.size(); ++r) {
                std::vector<GridPoint> points;
                for (std::size_t i = 0; i + 1 < polygon.rings[r].size(); ++i)
                    points.push_back(toGrid(polygon.rings[r][i]));
                const bool counterClockwise = twiceAreaOnGrid(points) > 0;
                const int direction = counterClockwise == (r == 0) ? sign : -sign;
                for (std::size_t i = 0; i < points.size(); ++i) {
                    const GridPoint a = points[i];
                    const GridPoint b = points[(i + 1) % points.size()];
                    mChain[{std::min(a, b), std::max(a, b)}] += a < b ? direction : -direction;
                }
            }
        }
    }

    Chain mChain;
};

}  // namespace zonewright::coverage::maps
