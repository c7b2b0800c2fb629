#include "core/network/arrivals.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/geometry/measure.h"
#include "core/network/parallel.h"

namespace zonewright::network {
namespace {

/// How much of an edge is travelled from a start at `from` until the limit; 0..1.
double shareWithin(Milliseconds from, Milliseconds wholeEdge, Milliseconds limit) {
    if (from > limit || wholeEdge >= kUnreachable) return 0;
    const std::uint32_t left = limit.value - from.value;
    return left >= wholeEdge.value ? 1.0 : static_cast<double>(left) / wholeEdge.value;
}

/// Where the traveller from the first end meets the one from the last end, or where the one left alone stops.
void addFromBothEnds(EdgeId edge, const EdgeArrival& a, Milliseconds limit, std::vector<Stretch>& into) {
    double first = shareWithin(a.fromFirst, a.forwardTime, limit);
    double last = shareWithin(a.fromLast, a.backwardTime, limit);
    if (first + last > 1) {
        // fromFirst + x * forward = fromLast + (1 - x) * backward
        const double both = static_cast<double>(a.forwardTime.value) + a.backwardTime.value;
        const double meeting = (static_cast<double>(a.fromLast.value) + a.backwardTime.value - a.fromFirst.value) / both;
        first = std::min(first, std::clamp(meeting, 0.0, 1.0));
        last = std::min(last, 1 - std::clamp(meeting, 0.0, 1.0));
    }
    if (first > 0) into.push_back({edge, 0, first, a.fromFirst, a.forwardTime, a.firstOrigin});
    if (last > 0) into.push_back({edge, 1, 1 - last, a.fromLast, a.backwardTime, a.lastOrigin});
}

/// From the middle of an edge where an origin joins it. These may lie over stretches from the ends.
void addFromOrigin(const Network& network, const Arrivals& arrivals, std::uint32_t number, Milliseconds limit, std::vector<Stretch>& into) {
    const Origin& origin = arrivals.origins[number];
    const std::uint32_t label = arrivals.nearest.empty() ? 0 : number;
    const auto [edge, along] = origin.footing.position;
    if (origin.walk > limit) return;
    bool any = false;
    for (const ArcId id : network.arcsOf(edge)) {
        const Arc& arc = network.arc(id);
        const double share = shareWithin(origin.walk, arc.time, limit);
        const bool towardsLast = arc.reversed == (arrivals.sense == Sense::To);
        const double end = towardsLast ? std::min(along + share, 1.0) : std::max(along - share, 0.0);
        into.push_back({edge, along, end, origin.walk, arc.time, label});
        any = true;
    }
    if (!any) into.push_back({edge, along, along, origin.walk, kUnreachable, label});
}

/// The time at a point of a stretch, in milliseconds.
double timeAt(const Stretch& s, double along) { return s.atStart.value + (s.start == s.end ? 0 : std::abs(along - s.start) * s.wholeEdge.value); }

/// Stretches of one edge without what a quicker one of them covers; those of one point stay.
std::vector<Stretch> quickestOf(std::span<const Stretch> onEdge) {
    std::vector<double> ends;
    for (const Stretch& s : onEdge) {
        ends.insert(ends.end(), {s.start, s.end});
        for (const Stretch& other : onEdge) {
            // Where two that run towards or after one another take the same time.
            const double pace = (s.end < s.start ? -1.0 : 1.0) * s.wholeEdge.value;
            const double otherPace = (other.end < other.start ? -1.0 : 1.0) * other.wholeEdge.value;
            if (pace != otherPace) ends.push_back((other.atStart.value - otherPace * other.start - s.atStart.value + pace * s.start) / (pace - otherPace));
        }
    }
    std::erase_if(ends, [](double x) { return !(x >= 0 && x <= 1); });
    std::sort(ends.begin(), ends.end());
    std::vector<Stretch> quickest;
    for (const Stretch& s : onEdge) {
        if (s.start == s.end) quickest.push_back(s);
    }
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        const double middle = (ends[i] + ends[i + 1]) / 2;
        if (!(ends[i] < middle && middle < ends[i + 1])) continue;
        const Stretch* best = nullptr;
        for (const Stretch& s : onEdge) {
            if (s.start == s.end || middle < std::min(s.start, s.end) || middle > std::max(s.start, s.end)) continue;
            if (best == nullptr || timeAt(s, middle) < timeAt(*best, middle)) best = &s;
        }
        if (best == nullptr) continue;
        Stretch part = *best;
        const bool forward = best->end > best->start;
        part.start = forward ? ends[i] : ends[i + 1];
        part.end = forward ? ends[i + 1] : ends[i];
        part.atStart = {static_cast<std::uint32_t>(std::ceil(timeAt(*best, part.start)))};  // never sooner than it is
        quickest.push_back(part);
    }
    return quickest;
}

/// Cuts the stretches of edges that origins join, so that each point belongs to one origin.
std::vector<Stretch> withoutSlower(const Arrivals& arrivals, std::vector<Stretch> stretches) {
    std::vector<EdgeId> joined;
    for (const Origin& origin : arrivals.origins) joined.push_back(origin.footing.position.edge);
    std::sort(joined.begin(), joined.end());
    std::vector<Stretch> cut;
    for (std::size_t i = 0; i < stretches.size();) {
        std::size_t next = i + 1;
        while (next < stretches.size() && stretches[next].edge == stretches[i].edge) ++next;
        const auto onEdge = std::span(stretches).subspan(i, next - i);
        if (std::binary_search(joined.begin(), joined.end(), stretches[i].edge)) {
            const std::vector<Stretch> quickest = quickestOf(onEdge);
            cut.insert(cut.end(), quickest.begin(), quickest.end());
        } else {
            cut.insert(cut.end(), onEdge.begin(), onEdge.end());
        }
        i = next;
    }
    return cut;
}

/// Adds the spans of the edge that stretches cover, each once.
void addReached(const Network& network, EdgeId edge, std::vector<std::pair<double, double>> spans, ReachedNetwork& reached) {
    std::sort(spans.begin(), spans.end());
    for (std::size_t s = 0; s < spans.size();) {
        auto [low, high] = spans[s];
        for (++s; s < spans.size() && spans[s].first <= high; ++s) high = std::max(high, spans[s].second);
        if (high <= low) continue;
        reached.lines.lines.push_back(lineOf(network, edge, low, high));
        reached.length += network.edge(edge).length * (high - low);
    }
}

double lengthOf(std::span<const Point> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return sum;
}

}  // namespace

EdgeArrival arrivalOn(const Network& network, const Arrivals& arrivals, EdgeId edge) {
    EdgeArrival a;
    for (const ArcId id : network.arcsOf(edge)) {
        const Arc& arc = network.arc(id);
        const std::uint32_t node = index(arrivals.sense == Sense::From ? arc.tail : arc.head);
        const Milliseconds entered = arrivals.times[node];
        const bool atFirst = arc.reversed == (arrivals.sense == Sense::To);
        Milliseconds& from = atFirst ? a.fromFirst : a.fromLast;
        if (entered < from) {
            from = entered;
            if (!arrivals.nearest.empty()) (atFirst ? a.firstOrigin : a.lastOrigin) = arrivals.nearest[node];
        }
        (atFirst ? a.forwardTime : a.backwardTime) = arc.time;
    }
    return a;
}

std::vector<Stretch> stretchesWithin(const Network& network, const Scenario& scenario, const Arrivals& arrivals, Milliseconds limit) {
    std::vector<EdgeId> open;
    open.reserve(network.edges().size());
    for (std::uint32_t e = 0; e < network.edges().size(); ++e) {
        if (scenario.isOpen(network.edges()[e].project)) open.push_back(EdgeId{e});
    }
    return stretchesOn(open, network, arrivals, limit);
}

std::vector<Stretch> stretchesOn(std::span<const EdgeId> edges, const Network& network, const Arrivals& arrivals, Milliseconds limit) {
    constexpr std::size_t kChunk = 1 << 14;
    std::vector<std::vector<Stretch>> parts((edges.size() + kChunk - 1) / kChunk);
    inParallel({parts.size(), 1}, [&](std::size_t part, std::size_t) {
        const auto own = edges.subspan(part * kChunk, std::min(kChunk, edges.size() - part * kChunk));
        parts[part].reserve(2 * own.size());
        for (const EdgeId edge : own) addFromBothEnds(edge, arrivalOn(network, arrivals, edge), limit, parts[part]);
    });
    std::vector<Stretch> stretches;
    std::size_t count = 0;
    for (const std::vector<Stretch>& part : parts) count += part.size();
    stretches.reserve(count + 4 * arrivals.origins.size());
    for (const std::vector<Stretch>& part : parts) stretches.insert(stretches.end(), part.begin(), part.end());
    const auto fromEnds = static_cast<std::ptrdiff_t>(stretches.size());
    const auto byEdge = [](const Stretch& a, const Stretch& b) { return a.edge < b.edge; };
    for (std::uint32_t o = 0; o < arrivals.origins.size(); ++o) addFromOrigin(network, arrivals, o, limit, stretches);
    std::stable_sort(stretches.begin() + fromEnds, stretches.end(), byEdge);
    std::inplace_merge(stretches.begin(), stretches.begin() + fromEnds, stretches.end(), byEdge);
    if (!arrivals.nearest.empty()) return withoutSlower(arrivals, std::move(stretches));
    return stretches;
}

LineString lineOf(const Network& network, EdgeId edge, double start, double end) {
    const auto line = network.line(edge);
    const double whole = lengthOf(line);
    const double low = std::min(start, end) * whole;
    const double high = std::max(start, end) * whole;
    LineString part;
    double before = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double step = std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        const auto at = [&](double x) {
            const double t = step > 0 ? std::clamp((x - before) / step, 0.0, 1.0) : 0.0;
            return Point{line[i - 1].x + t * (line[i].x - line[i - 1].x), line[i - 1].y + t * (line[i].y - line[i - 1].y)};
        };
        const bool isLast = i + 1 == line.size();
        if (before + step > low || isLast) {
            if (part.empty()) part.push_back(at(low));
            part.push_back(at(high));
            if (before + step >= high) break;
        }
        before += step;
    }
    if (start > end) std::reverse(part.begin(), part.end());
    return part;
}

ReachedNetwork reachedWithin(const Network& network, const Scenario& scenario, const Arrivals& arrivals, Milliseconds limit) {
    ReachedNetwork reached;
    reached.nodes = static_cast<std::size_t>(std::count_if(arrivals.times.begin(), arrivals.times.end(), [&](Milliseconds t) { return t <= limit; }));
    const std::vector<Stretch> stretches = stretchesWithin(network, scenario, arrivals, limit);
    for (std::size_t i = 0; i < stretches.size();) {
        const EdgeId edge = stretches[i].edge;
        std::vector<std::pair<double, double>> spans;
        for (; i < stretches.size() && stretches[i].edge == edge; ++i) spans.push_back(std::minmax(stretches[i].start, stretches[i].end));
        addReached(network, edge, std::move(spans), reached);
    }
    return reached;
}

std::vector<ReachedNetwork> reachedByOrigin(const Network& network, const Scenario& scenario, const Arrivals& arrivals, Milliseconds limit) {
    std::vector<ReachedNetwork> reached(arrivals.origins.size());
    for (std::size_t v = 0; v < arrivals.times.size(); ++v) {
        if (arrivals.times[v] <= limit) ++reached[arrivals.nearest[v]].nodes;
    }
    const std::vector<Stretch> stretches = stretchesWithin(network, scenario, arrivals, limit);
    for (std::size_t i = 0; i < stretches.size();) {
        const EdgeId edge = stretches[i].edge;
        std::map<std::uint32_t, std::vector<std::pair<double, double>>> spans;
        for (; i < stretches.size() && stretches[i].edge == edge; ++i) spans[stretches[i].origin].push_back(std::minmax(stretches[i].start, stretches[i].end));
        for (auto& [origin, covered] : spans) addReached(network, edge, std::move(covered), reached[origin]);
    }
    return reached;
}

}  // namespace zonewright::network
