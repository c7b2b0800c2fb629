#include "core/network/roads.h"

#include <algorithm>
#include <cmath>

#include "core/geometry/grid.h"
#include "core/geometry/measure.h"

namespace zonewright::network {
namespace {

struct Vertex {
    GridPoint place;
    std::int32_t level = 0;
    bool end = false;
    std::uint32_t line = 0;
    std::uint32_t position = 0;
};

/// One node of the road network within a line.
struct Stop {
    std::uint32_t position = 0;
    NodeId node{};
};

std::optional<Localized> reasonAgainst(const RoadLine& road) {
    for (const Point& p : road.line) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) return Localized{"坐标不是数字", "coordinates are not numbers"};
    }
    if (road.time) {
        if (!(*road.time >= Seconds(0)) || !std::isfinite(road.time->value)) return Localized{"时间为负", "negative travel time"};
        return std::nullopt;
    }
    if (!(road.speed > KilometresPerHour(0))) return Localized{"没有速度也没有时间", "no speed and no travel time"};
    if (road.speed > KilometresPerHour(500)) return Localized{"速度超过 500 km/h", "speed beyond 500 km/h"};
    return std::nullopt;
}

/// Vertices at one place are grouped into nodes: all ends together with the inner vertices of the ends' levels, and
/// the other inner vertices by level. An inner vertex alone is no node.
void groupIntoNodes(std::span<const Vertex> here, NetworkBuilder& builder, std::vector<std::vector<Stop>>& stops) {
    const Point place = toPoint(here.front().place);
    const auto endsAtLevel = [&](std::int32_t level) {
        return std::any_of(here.begin(), here.end(), [&](const Vertex& v) { return v.end && v.level == level; });
    };
    std::optional<NodeId> endNode;
    std::vector<std::pair<std::int32_t, NodeId>> levelNodes;
    for (const Vertex& vertex : here) {
        std::optional<NodeId> node;
        if (vertex.end || endsAtLevel(vertex.level)) {
            if (!endNode) endNode = builder.addNode(place);
            node = endNode;
        } else {
            const auto sameLevel = std::count_if(here.begin(), here.end(), [&](const Vertex& v) { return v.level == vertex.level; });
            if (sameLevel < 2) continue;
            const auto known = std::find_if(levelNodes.begin(), levelNodes.end(), [&](const auto& n) { return n.first == vertex.level; });
            if (known == levelNodes.end()) {
                node = builder.addNode(place);
                levelNodes.emplace_back(vertex.level, *node);
            } else {
                node = known->second;
            }
        }
        stops[vertex.line].push_back({vertex.position, *node});
    }
}

Milliseconds atLeastOne(Seconds time) { return std::max(toMilliseconds(time), Milliseconds{1}); }

void addStretches(NetworkBuilder& builder, const RoadLine& road, const LineString& line, std::span<const Stop> stops,
                  std::uint32_t row, std::vector<EdgeId>& made) {
    const Metres whole = planarLength(line);
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
        EdgeDraft edge;
        edge.from = stops[i].node;
        edge.to = stops[i + 1].node;
        edge.line.assign(line.begin() + stops[i].position, line.begin() + stops[i + 1].position + 1);
        edge.length = planarLength(edge.line);
        const Milliseconds time = atLeastOne(road.time ? *road.time * (edge.length / whole) : timeFor(edge.length, road.speed));
        if (road.direction != Direction::AgainstLine) edge.forward = time;
        if (road.direction != Direction::AlongLine) edge.backward = time;
        edge.project = builder.project(road.project);
        edge.mode = road.mode;
        edge.frontage = road.frontage;
        edge.joinable = road.joinable;
        edge.source = row;
        made.push_back(builder.addEdge(std::move(edge)));
    }
}

std::size_t addBans(NetworkBuilder& builder, std::span<const RoadTurnBan> bans, const std::vector<std::vector<EdgeId>>& edgesOf) {
    std::size_t unused = 0;
    for (const RoadTurnBan& ban : bans) {
        const Point via = snapped(ban.via);
        bool used = false;
        const auto nodeAt = [&](EdgeId e) -> std::optional<NodeId> {
            const EdgeDraft& edge = builder.edges()[index(e)];
            if (builder.nodes()[index(edge.from)] == via) return edge.from;
            if (builder.nodes()[index(edge.to)] == via) return edge.to;
            return std::nullopt;
        };
        if (ban.from < edgesOf.size() && ban.to < edgesOf.size()) {
            for (const EdgeId from : edgesOf[ban.from]) {
                for (const EdgeId to : edgesOf[ban.to]) {
                    const std::optional<NodeId> node = nodeAt(from);
                    if (!node || nodeAt(to) != node) continue;
                    builder.banTurn({from, *node, to});
                    used = true;
                }
            }
        }
        if (!used) ++unused;
    }
    return unused;
}

}  // namespace

RoadReport addRoads(NetworkBuilder& builder, std::span<const RoadLine> roads, std::span<const RoadTurnBan> bans) {
    RoadReport report;
    report.read = roads.size();
    std::vector<LineString> lines(roads.size());
    std::vector<Vertex> vertices;
    for (std::uint32_t row = 0; row < roads.size(); ++row) {
        if (std::optional<Localized> reason = reasonAgainst(roads[row])) {
            report.rejected.push_back({row, std::move(*reason)});
            continue;
        }
        LineString& line = lines[row];
        for (const Point& p : roads[row].line) {
            const GridPoint place = toGrid(p);
            if (!line.empty() && toPoint(place) == line.back()) continue;
            vertices.push_back({place, roads[row].level, false, row, static_cast<std::uint32_t>(line.size())});
            line.push_back(toPoint(place));
        }
        if (line.size() < 2) {
            vertices.resize(vertices.size() - line.size());
            line.clear();
            report.rejected.push_back({row, {"线没有长度", "line has no length"}});
            continue;
        }
        vertices[vertices.size() - line.size()].end = true;
        vertices.back().end = true;
        ++report.taken;
    }

    std::sort(vertices.begin(), vertices.end(), [](const Vertex& a, const Vertex& b) {
        return std::tie(a.place, a.line, a.position) < std::tie(b.place, b.line, b.position);
    });
    std::vector<std::vector<Stop>> stops(roads.size());
    for (std::size_t first = 0, next = 0; first < vertices.size(); first = next) {
        while (next < vertices.size() && vertices[next].place == vertices[first].place) ++next;
        groupIntoNodes(std::span(vertices).subspan(first, next - first), builder, stops);
    }

    std::vector<std::vector<EdgeId>> edgesOf(roads.size());
    for (std::uint32_t row = 0; row < roads.size(); ++row) {
        std::sort(stops[row].begin(), stops[row].end(), [](const Stop& a, const Stop& b) { return a.position < b.position; });
        addStretches(builder, roads[row], lines[row], stops[row], row, edgesOf[row]);
    }
    report.turnBansUnused = addBans(builder, bans, edgesOf);
    return report;
}

}  // namespace zonewright::network
