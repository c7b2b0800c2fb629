#include "core/network/transit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/geometry/measure.h"
#include "core/network/places.h"

namespace zonewright::network {
namespace {

struct Station {
    const TransitStop* stop = nullptr;
    NodeId node{};
    ProjectId project = kNoProject;
    bool joined = false;
};

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

std::optional<Localized> reasonAgainst(const TransitLine& line) {
    const auto bad = [](Seconds t) { return !std::isfinite(t.value) || t < Seconds(0); };
    if (line.stops.size() < 2) return Localized{"车站少于两个", "fewer than two stops"};
    if (!(line.headway > Seconds(0))) return Localized{"没有发车间隔", "no headway"};
    if (!line.runTimes.empty() && line.runTimes.size() + 1 != line.stops.size()) return Localized{"区间时间与车站数不符", "run times do not fit the stops"};
    if (line.runTimes.empty() && !(line.speed > KilometresPerHour(0))) return Localized{"没有速度也没有区间时间", "no speed and no run times"};
    if (std::any_of(line.runTimes.begin(), line.runTimes.end(), bad)) return Localized{"区间时间为负", "negative run time"};
    for (const TransitStop& stop : line.stops) {
        if (bad(stop.dwell)) return Localized{"停站时间为负：" + stop.code, "negative dwell at " + stop.code};
        if (!std::isfinite(stop.place.x) || !std::isfinite(stop.place.y)) return Localized{"车站没有位置：" + stop.code, "no place for stop " + stop.code};
    }
    return std::nullopt;
}

/// The part of a track between two stops: of the one line that passes both nearest, between their feet; straight where
/// no line passes within 200 m of both.
LineString trackBetween(const MultiLineString& track, Point a, Point b) {
    constexpr double kNear = 200;
    LineString best{a, b};
    double bestOff = kNear;
    for (const LineString& line : track.lines) {
        if (line.size() < 2) continue;
        const PlaceIndex index({{EdgeId{0}, line}});
        const auto from = index.nearest(a, Metres(kNear));
        const auto to = index.nearest(b, Metres(kNear));
        if (!from || !to) continue;
        const double off = std::max(from->distance.value, to->distance.value);
        if (off >= bestOff) continue;
        bestOff = off;
        const double whole = planarLength(line).value;
        const double low = std::min(from->position.along, to->position.along) * whole;
        const double high = std::max(from->position.along, to->position.along) * whole;
        LineString between;
        double at = 0;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (i > 0) at += distance(line[i - 1], line[i]);
            if (at > low && at < high) between.push_back(line[i]);
        }
        if (from->position.along > to->position.along) std::reverse(between.begin(), between.end());
        between.insert(between.begin(), a);
        between.push_back(b);
        best = std::move(between);
    }
    return best;
}

class TransitAdder {
public:
    TransitAdder(NetworkBuilder& builder, const TransitOptions& options) : mBuilder(builder), mOptions(options) {}

    void addLine(const TransitLine& line, std::uint32_t row) {
        const ProjectId project = mBuilder.project(line.project);
        const auto edge = [&](NodeId from, NodeId to, Milliseconds time, Mode mode) {
            EdgeDraft draft;
            draft.from = from;
            draft.to = to;
            draft.forward = time;
            draft.mode = mode;
            draft.frontage = false;
            draft.project = project;
            draft.source = row;
            return draft;
        };
        std::vector<NodeId> arrivals;
        std::vector<NodeId> departures;
        for (const TransitStop& stop : line.stops) {
            const NodeId station = stationOf(stop, project);
            arrivals.push_back(mBuilder.addNode(stop.place));
            departures.push_back(mBuilder.addNode(stop.place));
            mBuilder.addEdge(edge(station, departures.back(), toMilliseconds(line.headway / 2), Mode::Board));
            mBuilder.addEdge(edge(arrivals.back(), station, Milliseconds{0}, Mode::Alight));
            mBuilder.addEdge(edge(arrivals.back(), departures.back(), toMilliseconds(stop.dwell), line.mode));
        }
        for (std::size_t i = 0; i + 1 < line.stops.size(); ++i) {
            const LineString track = trackBetween(line.track, line.stops[i].place, line.stops[i + 1].place);
            const Seconds run = line.runTimes.empty() ? timeFor(planarLength(track), line.speed) : line.runTimes[i];
            EdgeDraft there = edge(departures[i], arrivals[i + 1], toMilliseconds(run), line.mode);
            there.line = track;
            mBuilder.addEdge(there);
            if (!line.bothWays) continue;
            EdgeDraft back = edge(departures[i + 1], arrivals[i], toMilliseconds(run), line.mode);
            back.line.assign(track.rbegin(), track.rend());
            mBuilder.addEdge(back);
        }
    }

    void addTransfers(TransitReport& report) {
        // By x, so that only stations within reach of one another are compared; interchanges are few.
        std::vector<std::size_t> byX(mStations.size());
        for (std::size_t i = 0; i < byX.size(); ++i) byX[i] = i;
        std::sort(byX.begin(), byX.end(), [&](std::size_t a, std::size_t b) {
            return std::tie(mStations[a].stop->place.x, a) < std::tie(mStations[b].stop->place.x, b);
        });
        for (std::size_t i = 0; i < byX.size(); ++i) {
            for (std::size_t k = i + 1; k < byX.size(); ++k) {
                const Point a = mStations[byX[i]].stop->place;
                const Point b = mStations[byX[k]].stop->place;
                if (b.x - a.x > mOptions.transferFarthest.value) break;
                if (distance(a, b) <= mOptions.transferFarthest.value) addTransfer(byX[i], byX[k], report);
            }
        }
        std::vector<std::pair<std::string, std::size_t>> groups;
        for (std::size_t i = 0; i < mStations.size(); ++i) {
            if (!mStations[i].stop->interchange.empty()) groups.emplace_back(mStations[i].stop->interchange, i);
        }
        std::sort(groups.begin(), groups.end());
        for (std::size_t i = 0; i < groups.size(); ++i) {
            for (std::size_t k = i + 1; k < groups.size() && groups[k].first == groups[i].first; ++k) {
                const bool isNear = distance(mStations[groups[i].second].stop->place, mStations[groups[k].second].stop->place) <= mOptions.transferFarthest.value;
                if (!isNear) addTransfer(groups[i].second, groups[k].second, report);
            }
        }
    }

    void addLinks(TransitReport& report) {
        const std::size_t drawn = mBuilder.edges().size();
        std::vector<Foot> feet = feetOn([](const EdgeDraft& edge) { return edge.frontage && edge.project == kNoProject; }, mOptions.linkFarthest, drawn);
        const std::vector<Foot> outside = feetOn([](const EdgeDraft& edge) { return edge.joinable && !edge.frontage; }, mOptions.joinFarthest, drawn);
        feet.insert(feet.end(), outside.begin(), outside.end());
        // The farthest foot along an edge first, so that what is left of the edge keeps its number and its start.
        std::sort(feet.begin(), feet.end(), [](const Foot& a, const Foot& b) {
            return std::tuple(a.footing.position.edge, -a.footing.position.along, a.station) < std::tuple(b.footing.position.edge, -b.footing.position.along, b.station);
        });
        EdgeId edge{~std::uint32_t{0}};
        double left = 1;
        for (const Foot& foot : feet) {
            if (foot.footing.position.edge != edge) {
                edge = foot.footing.position.edge;
                left = 1;
            }
            const double along = left > 0 ? foot.footing.position.along / left : 0;
            const NodeId node = mBuilder.splitEdge(edge, along);
            if (along < 1 && along > 0) left = foot.footing.position.along;
            join(mStations[foot.station], node, Mode::Walk, Seconds(0));
            ++report.links;
        }
        for (const Station& station : mStations) {
            if (!station.joined) report.strandedStops.push_back(station.stop->code);
        }
        report.stops = mStations.size();
    }

private:
    struct Foot {
        std::size_t station = 0;
        Footing footing;
    };

    /// Where stations meet the nearest of some of the first `count` edges.
    template <typename Wanted>
    [[nodiscard]] std::vector<Foot> feetOn(const Wanted& wanted, Metres farthest, std::size_t count) const {
        std::vector<IndexedLine> ways;
        for (std::uint32_t e = 0; e < count; ++e) {
            const EdgeDraft& edge = mBuilder.edges()[e];
            if (wanted(edge)) ways.push_back({EdgeId{e}, edge.line});
        }
        const PlaceIndex index(std::move(ways));
        std::vector<Foot> feet;
        for (std::size_t i = 0; i < mStations.size(); ++i) {
            if (auto footing = index.nearest(mStations[i].stop->place, farthest)) feet.push_back({i, *footing});
        }
        return feet;
    }

    /// Lines that call at one stop share it, when neither may be closed without the other.
    NodeId stationOf(const TransitStop& stop, ProjectId project) {
        const auto [it, isNew] = mByCode.try_emplace(std::tuple(stop.code, stop.place.x, stop.place.y, project), mStations.size());
        if (isNew) mStations.push_back({&stop, mBuilder.addNode(stop.place), project, false});
        return mStations[it->second].node;
    }

    void addTransfer(std::size_t a, std::size_t b, TransitReport& report) {
        join(mStations[a], mStations[b].node, Mode::Transfer, mOptions.transferTime);
        mStations[b].joined = true;
        ++report.transfers;
    }

    void join(Station& station, NodeId to, Mode mode, Seconds least) {
        EdgeDraft link;
        link.from = station.node;
        link.to = to;
        const Metres length(distance(mBuilder.nodes()[index(station.node)], mBuilder.nodes()[index(to)]));
        link.forward = link.backward = toMilliseconds(std::max(timeFor(length, mOptions.walkingSpeed), least));
        link.mode = mode;
        link.frontage = mode == Mode::Walk;
        link.project = station.project;
        mBuilder.addEdge(link);
        station.joined = true;
    }

    NetworkBuilder& mBuilder;
    const TransitOptions& mOptions;
    std::vector<Station> mStations;
    std::map<std::tuple<std::string, double, double, ProjectId>, std::size_t> mByCode;
};

}  // namespace

TransitReport addTransit(NetworkBuilder& builder, std::span<const TransitLine> lines, const TransitOptions& options) {
    TransitReport report;
    report.linesRead = lines.size();
    TransitAdder adder(builder, options);
    for (std::uint32_t row = 0; row < lines.size(); ++row) {
        if (std::optional<Localized> reason = reasonAgainst(lines[row])) {
            report.rejected.push_back({row, std::move(*reason)});
            continue;
        }
        adder.addLine(lines[row], row);
        ++report.linesTaken;
    }
    adder.addTransfers(report);
    adder.addLinks(report);
    return report;
}

}  // namespace zonewright::network
