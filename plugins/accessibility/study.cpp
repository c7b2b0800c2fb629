#include "plugins/accessibility/study.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/geometry/measure.h"

namespace zonewright::accessibility {

using network::Arrivals;
using network::Milliseconds;
using network::Sense;

namespace {

std::vector<Point> centresOf(const Sources& sources) {
    std::vector<Point> centres;
    for (const Cell& cell : sources.cells) centres.push_back(cell.centre);
    return centres;
}

std::vector<Point> pointsOf(const std::vector<Place>& places) {
    std::vector<Point> points;
    for (const Place& place : places) points.push_back(place.point);
    return points;
}

/// Times at the places that an origin is the first to reach.
std::vector<Milliseconds> timesOf(std::uint32_t origin, const std::vector<network::PlaceArrival>& arrivals) {
    std::vector<Milliseconds> times;
    for (const network::PlaceArrival& arrival : arrivals) times.push_back(arrival.origin == origin ? arrival.time : network::kUnreachable);
    return times;
}

double peopleWithin(const Sources& sources, std::span<const Milliseconds> times, Milliseconds limit) {
    double people = 0;
    for (std::size_t i = 0; i < times.size(); ++i) people += times[i] <= limit ? sources.cells[i].people : 0;
    return people;
}

/// Arcs as far as the limit allows; those of one origin when the search was split.
Metres directedLength(const World& world, const network::Scenario& scenario, const Arrivals& arrivals, Milliseconds limit, std::optional<std::uint32_t> origin = {}) {
    double sum = 0;
    for (const network::Arc& arc : world.network.arcs()) {
        const network::Edge& edge = world.network.edge(arc.edge);
        const std::uint32_t from = network::index(arrivals.sense == Sense::From ? arc.tail : arc.head);
        const Milliseconds start = arrivals.times[from];
        if (start > limit || !scenario.isOpen(edge.project) || (origin && arrivals.nearest[from] != *origin)) continue;
        const double left = limit.value - start.value;
        sum += edge.length.value * (arc.time.value <= left ? 1.0 : left / arc.time.value);
    }
    return Metres(sum);
}

/// What the isochrones of one run are drawn with.
struct Drawing {
    const Sources& sources;
    const World& world;
    Searcher& searcher;
    const Request& request;
    std::vector<double> minutes;

    [[nodiscard]] Sense sense() const { return request.reverse ? Sense::To : Sense::From; }
    [[nodiscard]] Milliseconds last() const { return toMilliseconds(minutes.back()); }
    [[nodiscard]] std::size_t sample() const { return static_cast<std::size_t>(request.sample); }
};

CutoffResult cutoffOf(double minutes, MultiPolygon area, network::ReachedNetwork reached) {
    CutoffResult cutoff;
    cutoff.minutes = minutes;
    cutoff.planarArea = planarArea(area);
    cutoff.area = std::move(area);
    cutoff.nodes = reached.nodes;
    cutoff.reached = std::move(reached);
    return cutoff;
}

/// People and facilities within each cut-off, off the times that are known up to the last.
void countWithin(const Sources& sources, OriginResult& result) {
    for (CutoffResult& cutoff : result.cutoffs) {
        const Milliseconds limit = toMilliseconds(cutoff.minutes);
        cutoff.people = peopleWithin(sources, result.cellTimes, limit);
        for (std::size_t i = 0; i < sources.facilities.size(); ++i) cutoff.facilities[sources.facilities[i].kind] += result.facilityTimes[i] <= limit ? 1 : 0;
    }
}

Result<OriginResult> oneIsochrone(const Drawing& drawing, std::span<const Point> places) {
    const auto& [sources, world, searcher, request, minutes] = drawing;
    Result<Arrivals> arrivals = searcher.search(places, drawing.sense(), drawing.last());
    if (!arrivals) return tl::unexpected(arrivals.error());
    OriginResult result;
    for (const double m : minutes) {
        const Milliseconds limit = toMilliseconds(m);
        const network::Isochrone isochrone = searcher.isochrone(*arrivals, limit);
        Result<MultiPolygon> area = isochrone.polygons(request.tolerance);
        if (!area) return tl::unexpected(area.error());
        result.cutoffs.push_back(cutoffOf(m, std::move(*area), network::reachedWithin(world.network, searcher.scenario(), *arrivals, limit)));
        result.cutoffs.back().directedLength = directedLength(world, searcher.scenario(), *arrivals, limit);
        if (limit == drawing.last()) {
            result.cellTimes = isochrone.timesAt(centresOf(sources));
            result.facilityTimes = isochrone.timesAt(pointsOf(sources.facilities));
            result.misclassified = network::misclassification(isochrone, result.cutoffs.back().area, drawing.sample());
        }
    }
    countWithin(sources, result);
    return result;
}

/// One result an origin of the search, in its order: what it reaches first. Together they are what all reach.
Result<std::vector<OriginResult>> splitIsochrones(const Drawing& drawing, const Arrivals& arrivals) {
    const auto& [sources, world, searcher, request, minutes] = drawing;
    std::vector<OriginResult> results(arrivals.origins.size());
    for (const double m : minutes) {
        const Milliseconds limit = toMilliseconds(m);
        const network::Isochrone isochrone = searcher.isochrone(arrivals, limit);
        Result<std::vector<MultiPolygon>> areas = isochrone.polygonsByOrigin(request.tolerance, results.size());
        if (!areas) return tl::unexpected(areas.error());
        std::vector<network::ReachedNetwork> reached = network::reachedByOrigin(world.network, searcher.scenario(), arrivals, limit);
        for (std::uint32_t o = 0; o < results.size(); ++o) {
            results[o].cutoffs.push_back(cutoffOf(m, std::move((*areas)[o]), std::move(reached[o])));
            results[o].cutoffs.back().directedLength = directedLength(world, searcher.scenario(), arrivals, limit, o);
        }
        if (limit < drawing.last()) continue;
        const std::vector<network::PlaceArrival> cells = isochrone.arrivalsAt(centresOf(sources));
        const std::vector<network::PlaceArrival> facilities = isochrone.arrivalsAt(pointsOf(sources.facilities));
        for (std::uint32_t o = 0; o < results.size(); ++o) {
            results[o].cellTimes = timesOf(o, cells);
            results[o].facilityTimes = timesOf(o, facilities);
            results[o].misclassified = network::misclassification(isochrone, results[o].cutoffs.back().area, drawing.sample(), o);
        }
    }
    for (OriginResult& result : results) countWithin(sources, result);
    return results;
}

/// A place, or the nearest of several, that a commitment is about.
struct Target {
    std::string code;
    Localized name;
    std::vector<Point> points;
};

std::vector<Target> targetsOf(const std::string& destination, const Sources& sources) {
    std::vector<Target> targets;
    const std::size_t colon = destination.find(':');
    if (colon == std::string::npos) {
        for (const Place& p : sources.places) {
            if (p.code == destination) targets.push_back({p.code, p.name, {p.point}});
        }
        return targets;
    }
    const std::string group = destination.substr(0, colon);
    const std::string kind = destination.substr(colon + 1);
    if (group == "group") {
        for (const Place& p : sources.places) {
            if (p.kind == kind) targets.push_back({p.code, p.name, {p.point}});
        }
        return targets;
    }
    const Localized name = sources.kindName(kind);
    Target nearest{destination, {"最近的" + name.zh, "Nearest: " + name.en}, {}};
    for (const Place& p : sources.facilities) {
        if (p.kind == kind) nearest.points.push_back(p.point);
    }
    if (!nearest.points.empty()) targets.push_back(std::move(nearest));
    return targets;
}

}  // namespace

Result<Isochrones> isochrones(const Sources& sources, const World& world, Searcher& searcher, const Request& request) {
    const auto minutes = minutesOf(request);
    if (!minutes) return tl::unexpected(minutes.error());
    const Drawing drawing{sources, world, searcher, request, *minutes};
    Isochrones found;
    std::optional<Error> firstFault;
    std::vector<Point> points;
    std::vector<const Place*> origins;  // aligned with the points
    for (const Place& origin : sources.origins) {
        const Result<void> joins = searcher.joins(origin.point, drawing.sense());
        if (joins) {
            points.push_back(origin.point);
            origins.push_back(&origin);
            continue;
        }
        if (!firstFault) firstFault = Error{joins.error().code, joins.error().detail, origin.code + " " + joins.error().where};
        found.notices.push_back({analysis::Notice::Weight::Warning,
                                 {fmt::format("起点 {}（{}）未计入：{:.0f} m 内没有道路", origin.name.zh, origin.code, request.farthest.value),
                                  fmt::format("origin {} ({}) left out: no road within {:.0f} m", origin.name.en, origin.code, request.farthest.value)}});
    }
    if (origins.empty()) return tl::unexpected(firstFault.value_or(Error{ErrorCode::NoNetwork, "no origin", ""}));
    const auto add = [&](Result<OriginResult> result, const std::string& code, const Localized& name) -> Result<void> {
        if (!result) return tl::unexpected(Error{result.error().code, result.error().detail, code + " " + result.error().where});
        result->code = code;
        result->name = name;
        found.results.push_back(std::move(*result));
        return {};
    };
    if (request.merge == "dissolved" && origins.size() > 1) {
        if (auto done = add(oneIsochrone(drawing, points), "all", {"全部起点", "All origins"}); !done) return tl::unexpected(done.error());
        return found;
    }
    if (request.merge == "nearest") {
        const Result<Arrivals> arrivals = searcher.searchSplit(points, drawing.sense(), drawing.last());
        if (!arrivals) return tl::unexpected(arrivals.error());
        Result<std::vector<OriginResult>> parts = splitIsochrones(drawing, *arrivals);
        if (!parts) return tl::unexpected(parts.error());
        for (std::size_t o = 0; o < origins.size(); ++o) {
            if (auto done = add(std::move((*parts)[o]), origins[o]->code, origins[o]->name); !done) return tl::unexpected(done.error());
        }
        return found;
    }
    for (std::size_t o = 0; o < origins.size(); ++o) {
        if (auto done = add(oneIsochrone(drawing, std::span(points).subspan(o, 1)), origins[o]->code, origins[o]->name); !done) return tl::unexpected(done.error());
    }
    return found;
}

Commitments checkCommitments(const Sources& sources, Searcher& searcher) {
    Commitments found;
    std::map<std::string, std::vector<const Commitment*>> byOrigin;
    for (const Commitment& commitment : sources.commitments) byOrigin[commitment.origin].push_back(&commitment);
    std::map<const Commitment*, std::vector<CommitmentResult>> results;
    for (const auto& [code, commitments] : byOrigin) {
        const auto origin = std::find_if(sources.places.begin(), sources.places.end(), [&](const Place& p) { return p.code == code; });
        std::optional<Arrivals> arrivals;
        if (origin != sources.places.end()) {
            const std::vector<Point> at{origin->point};
            if (Result<Arrivals> search = searcher.search(at, Sense::From, {network::kUnreachable.value - 1})) arrivals = std::move(*search);
        }
        for (const Commitment* commitment : commitments) {
            const std::vector<Target> targets = targetsOf(commitment->destination, sources);
            if (!arrivals || targets.empty()) {
                found.notices.push_back({analysis::Notice::Weight::Warning,
                                         {fmt::format("承诺 {}：找不到 {} 或其到路网的接入点", commitment->code, arrivals ? commitment->destination : code),
                                          fmt::format("commitment {}: {} is not there or not near a road", commitment->code, arrivals ? commitment->destination : code)}});
            }
            for (const Target& target : targets) {
                CommitmentResult result;
                result.commitment = commitment;
                result.destination = target.code;
                result.destinationName = target.name;
                const Point* best = nullptr;
                for (const Point& p : target.points) {
                    const std::optional<double> minutes = arrivals ? searcher.minutesTo(*arrivals, p) : std::nullopt;
                    if (!minutes || (result.minutes && *result.minutes <= *minutes)) continue;
                    result.minutes = minutes;
                    best = &p;
                }
                if (best != nullptr) {
                    Journey journey = searcher.journeyTo(*arrivals, *best);
                    result.legs = std::move(journey.legs);
                    // Straight from the places to where they join the network.
                    result.way.push_back(origin->point);
                    for (const Point& p : journey.way) result.way.push_back(p);
                    result.way.push_back(*best);
                    result.way.erase(std::unique(result.way.begin(), result.way.end()), result.way.end());
                    if (result.way.size() < 2) result.way.clear();
                }
                results[commitment].push_back(std::move(result));
            }
        }
    }
    for (const Commitment& commitment : sources.commitments) {
        for (CommitmentResult& result : results[&commitment]) found.results.push_back(std::move(result));
    }
    return found;
}

std::vector<std::vector<std::optional<double>>> placeTimes(const Sources& sources, Searcher& searcher) {
    std::vector<std::vector<std::optional<double>>> table;
    for (const Place& origin : sources.places) {
        const std::vector<Point> at{origin.point};
        const Result<Arrivals> arrivals = searcher.search(at, Sense::From, {network::kUnreachable.value - 1});
        auto& row = table.emplace_back();
        for (const Place& destination : sources.places) {
            if (&origin == &destination) row.emplace_back(0.0);
            else row.push_back(arrivals ? searcher.minutesTo(*arrivals, destination.point) : std::nullopt);
        }
    }
    return table;
}

Result<std::vector<FacilityResult>> facilityAccess(const FacilityRequest& asked, Progress& progress) {
    const auto& [sources, world, searcher, request, hierarchy] = asked;
    std::vector<FacilityResult> results;
    if (hierarchy == nullptr || sources.cells.empty() || sources.facilities.empty()) return results;
    const auto stated = pairsOf(request.bands);
    if (!stated) return tl::unexpected(stated.error());
    std::vector<network::Band> bands;
    for (const auto& [minutes, weight] : *stated) {
        const double limit = std::strtod(minutes.c_str(), nullptr);
        if (!(limit > 0)) return failure(ErrorCode::BadArgument, fmt::format("bands: '{}' is no time in minutes", minutes));
        bands.push_back({toMilliseconds(limit), weight});
    }
    network::Opportunities people;
    for (const Cell& cell : sources.cells) people.amounts.push_back(cell.people);
    people.joints = network::joined(world.network, searcher.places(), centresOf(sources), {request.walkingSpeed, request.farthest, Sense::From});

    std::map<std::string, std::vector<const Place*>> byKind;
    for (const Place& facility : sources.facilities) byKind[facility.kind].push_back(&facility);
    for (const auto& [kind, places] : byKind) {
        FacilityResult result;
        result.kind = kind;
        result.facilities = places.size();
        network::Opportunities supply;
        std::vector<Point> points;
        for (const Place* place : places) {
            points.push_back(place->point);
            supply.amounts.push_back(std::max(place->amount, 0.0));
            result.capacity += supply.amounts.back();
        }
        supply.joints = network::joined(world.network, searcher.places(), points, {request.walkingSpeed, request.farthest, Sense::To});
        result.cellTimes = network::nearest(*hierarchy, people.joints, supply.joints);
        result.nearest = network::weightedMean(result.cellTimes, people.amounts);
        for (const double minutes : {5.0, 10.0, 15.0, 30.0}) result.within.emplace_back(minutes, peopleWithin(sources, result.cellTimes, toMilliseconds(minutes)));
        if (result.capacity > 0) {
            Result<network::FloatingCatchment> catchment = network::floatingCatchment(*hierarchy, {people, supply, bands}, progress);
            if (!catchment) return tl::unexpected(catchment.error());
            result.catchment = std::move(*catchment);
            for (std::size_t i = 0; i < people.amounts.size(); ++i) result.closing += result.catchment->access[i] * people.amounts[i];
        }
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace zonewright::accessibility
