#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "core/geometry/measure.h"
#include "core/network/isochrone.h"
#include "core/network/shortest_times.h"

/// Isochrones by the letter of their definition: slow and plain, to compare with.
namespace zonewright::network::plain {

inline constexpr double kWalk = 4.8 / 3.6;  // m/s

/// Places all over a box.
inline std::vector<Point> randomPlaces(const Box& box, int count, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> x(box.minX, box.maxX);
    std::uniform_real_distribution<double> y(box.minY, box.maxY);
    std::vector<Point> places;
    for (int i = 0; i < count; ++i) places.push_back({x(random), y(random)});
    return places;
}

inline Arrivals arrivalsFrom(const Network& network, const Scenario& scenario, const std::vector<Point>& places, Sense sense = Sense::From, bool split = false) {
    const PlaceIndex places_(network, scenario);
    const Graph graph(network, scenario, sense);
    ShortestTimes search(graph);
    Arrivals arrivals;
    arrivals.sense = sense;
    std::vector<Seed> seeds;
    for (const Point& p : places) {
        OriginOptions options;
        options.sense = sense;
        arrivals.origins.push_back(originAt(network, places_, p, options).value());
        seeds.insert(seeds.end(), arrivals.origins.back().seeds.begin(), arrivals.origins.back().seeds.end());
    }
    search.run(seeds);
    arrivals.times.assign(search.times().begin(), search.times().end());
    arrivals.nearest = search.nearestSeeds();
    for (std::uint32_t& nearest : arrivals.nearest) {
        std::uint32_t origin = 0;
        for (std::size_t end = arrivals.origins[0].seeds.size(); nearest >= end; end += arrivals.origins[origin].seeds.size()) ++origin;
        nearest = origin;
    }
    if (!split) arrivals.nearest.clear();
    return arrivals;
}

inline Isochrone isochroneOf(const Network& network, const Scenario& scenario, const Arrivals& arrivals, Milliseconds limit) {
    const WalkOptions options{kWalkingSpeed, limit};
    return Isochrone(conesOf(network, scenario, arrivals, options), options);
}

inline double lengthOf(std::span<const Point> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return sum;
}

/// The definition taken literally, by search along every arc: seconds from the origin to a place over points reached
/// within the limit, infinite if there are none or they lead there a minute late.
inline double plainSeconds(const Network& network, const Scenario& scenario, const Arrivals& arrivals, double limit, Point place) {
    double best = std::numeric_limits<double>::infinity();
    const auto walkFrom = [&](Point q) { return std::hypot(q.x - place.x, q.y - place.y) / kWalk; };
    // Seconds at `t` metres from `a`, then on foot; convex in t, so a ternary search finds the least.
    const auto alongSegment = [&](Point a, Point b, double start, double secondsPerMetre) {
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        const auto total = [&](double t) { return start + t * secondsPerMetre + walkFrom({a.x + (b.x - a.x) * t / length, a.y + (b.y - a.y) * t / length}); };
        double low = 0;
        double high = secondsPerMetre > 0 ? std::min(length, (limit - start) / secondsPerMetre) : length;
        const double nearest = std::hypot((a.x + b.x) / 2 - place.x, (a.y + b.y) / 2 - place.y) - length / 2;
        if (high < 0 || start + nearest / kWalk >= best) return;
        for (int i = 0; i < 40 && high - low > 1e-5; ++i) {
            const double third = (high - low) / 3;
            if (total(low + third) < total(high - third)) high -= third;
            else low += third;
        }
        best = std::min({best, total(low), total(0)});
    };
    const auto alongLine = [&](LineString line, double start, double whole, double wholeLength) {
        const double pace = whole / wholeLength;
        for (std::size_t i = 1; i < line.size(); ++i) {
            const double step = std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
            if (step > 0) alongSegment(line[i - 1], line[i], start, pace);
            start += step * pace;
        }
    };
    for (const Arc& arc : network.arcs()) {
        const Edge& edge = network.edge(arc.edge);
        if (!edge.frontage || !scenario.isOpen(edge.project)) continue;
        const NodeId start = arrivals.sense == Sense::From ? arc.tail : arc.head;
        const Point tail = network.at(start);
        const bool isJoined = std::any_of(arrivals.origins.begin(), arrivals.origins.end(), [&](const Origin& origin) { return origin.footing.position.edge == arc.edge; });
        const double soonest = toSeconds(arrivals.times[index(start)]).value + std::max(0.0, std::hypot(tail.x - place.x, tail.y - place.y) - lengthOf(network.line(arc.edge))) / kWalk;
        if (!isJoined && (soonest >= std::min(best, limit + 60) || toSeconds(arrivals.times[index(start)]).value > limit)) continue;
        const auto span = network.line(arc.edge);
        LineString line(span.begin(), span.end());
        if (arc.reversed != (arrivals.sense == Sense::To)) std::reverse(line.begin(), line.end());
        const Milliseconds at = arrivals.times[index(start)];
        const double length = planarLength(line).value;
        if (at < kUnreachable) alongLine(line, toSeconds(at).value, toSeconds(arc.time).value, length);
        for (const Origin& origin : arrivals.origins) {
            if (origin.footing.position.edge != arc.edge) continue;
            const bool forward = arc.reversed == (arrivals.sense == Sense::To);
            alongLine(lineOf(network, arc.edge, origin.footing.position.along, forward ? 1 : 0), toSeconds(origin.walk).value, toSeconds(arc.time).value, length);
        }
    }
    return best;
}

}  // namespace zonewright::network::plain
