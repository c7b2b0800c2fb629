#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/network/graph.h"
#include "core/network/roads.h"
#include "core/network/shortest_times.h"

/// Small networks for tests: drawn by hand or random by seed.
namespace zonewright::network::town {

inline RoadLine road(LineString line, double speed = 36) {
    RoadLine r;
    r.line = std::move(line);
    r.speed = KilometresPerHour(speed);
    return r;
}

/// Roads as a drawing: a letter is a junction, `-` and `|` are roads of 100 m at 36 km/h (10 s a stretch) between
/// neighbouring letters, `>` `<` `^` `v` are one-way. Column c, row r of the drawing lies at (50 c, -50 r): letters two apart.
inline std::vector<RoadLine> drawn(const std::vector<std::string>& map) {
    std::vector<RoadLine> roads;
    const auto place = [](std::size_t c, std::size_t r) { return Point{50.0 * static_cast<double>(c), -50.0 * static_cast<double>(r)}; };
    for (std::size_t r = 0; r < map.size(); ++r) {
        for (std::size_t c = 0; c < map[r].size(); ++c) {
            const char mark = map[r][c];
            RoadLine line;
            if (mark == '-' || mark == '>' || mark == '<') line = road({place(c - 1, r), place(c + 1, r)});
            else if (mark == '|' || mark == 'v' || mark == '^') line = road({place(c, r - 1), place(c, r + 1)});
            else continue;
            if (mark == '>' || mark == 'v') line.direction = Direction::AlongLine;
            if (mark == '<' || mark == '^') line.direction = Direction::AgainstLine;
            roads.push_back(line);
        }
    }
    return roads;
}

/// The place of a letter in the drawing.
inline Point placeOf(const std::vector<std::string>& map, char letter) {
    for (std::size_t r = 0; r < map.size(); ++r) {
        const std::size_t c = map[r].find(letter);
        if (c != std::string::npos) return {50.0 * static_cast<double>(c), -50.0 * static_cast<double>(r)};
    }
    return {};
}

inline Network networkOf(const std::vector<RoadLine>& roads, const std::vector<RoadTurnBan>& bans = {}) {
    NetworkBuilder builder;
    addRoads(builder, roads, bans);
    return std::move(builder).build().network;
}

/// The nodes at a place (several with levels and turn bans).
inline std::vector<NodeId> nodesAt(const Network& network, Point place) {
    std::vector<NodeId> found;
    for (std::uint32_t v = 0; v < network.nodeCount(); ++v) {
        if (network.at(NodeId{v}) == place) found.push_back(NodeId{v});
    }
    return found;
}

/// Seconds from place to place, the least over the nodes there; nothing when there is no way.
inline std::optional<double> secondsBetween(const Network& network, Point from, Point to) {
    const Graph graph(network, Scenario::all(network));
    ShortestTimes search(graph);
    std::vector<Seed> seeds;
    for (const NodeId v : nodesAt(network, from)) seeds.push_back({v, {0}});
    search.run(seeds);
    Milliseconds best = kUnreachable;
    for (const NodeId v : nodesAt(network, to)) best = std::min(best, search.timeTo(v));
    if (best >= kUnreachable) return std::nullopt;
    return toSeconds(best).value;
}

/// A random road network on jittered grid points: some roads missing, some one-way, speeds 10 to 100 km/h.
inline std::vector<RoadLine> randomRoads(unsigned seed, int side) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> jitter(-40, 40);
    std::uniform_int_distribution<int> percent(0, 99);
    std::uniform_real_distribution<double> speed(10, 100);
    std::vector<Point> places;
    for (int i = 0; i < side * side; ++i) places.push_back({100.0 * (i % side) + jitter(random), 100.0 * (i / side) + jitter(random)});
    std::vector<RoadLine> roads;
    const auto join = [&](int a, int b) {
        if (percent(random) < 15) return;
        const Point p = places[static_cast<std::size_t>(a)];
        const Point q = places[static_cast<std::size_t>(b)];
        RoadLine line = road({p, {(p.x + q.x) / 2 + jitter(random) / 4, (p.y + q.y) / 2 + jitter(random) / 4}, q}, speed(random));
        const int way = percent(random);
        if (way < 10) line.direction = Direction::AlongLine;
        else if (way < 20) line.direction = Direction::AgainstLine;
        line.project = way > 90 ? "P" + std::to_string(way % 3) : "";
        roads.push_back(line);
    };
    for (int i = 0; i < side * side; ++i) {
        if (i % side + 1 < side) join(i, i + 1);
        if (i / side + 1 < side) join(i, i + side);
    }
    return roads;
}

/// Bellman-Ford: slow and plain, to compare with.
inline std::vector<Milliseconds> plainTimes(const Network& network, const Scenario& scenario, const std::vector<Seed>& seeds, Sense sense = Sense::From) {
    std::vector<Milliseconds> times(network.nodeCount(), kUnreachable);
    for (const Seed& s : seeds) times[index(s.node)] = std::min(times[index(s.node)], s.time);
    for (bool changed = true; changed;) {
        changed = false;
        for (const Arc& arc : network.arcs()) {
            if (!scenario.isOpen(network.edge(arc.edge).project)) continue;
            const NodeId from = sense == Sense::From ? arc.tail : arc.head;
            const NodeId to = sense == Sense::From ? arc.head : arc.tail;
            if (times[index(from)] < kUnreachable && times[index(from)] + arc.time < times[index(to)]) {
                times[index(to)] = times[index(from)] + arc.time;
                changed = true;
            }
        }
    }
    return times;
}

}  // namespace zonewright::network::town
