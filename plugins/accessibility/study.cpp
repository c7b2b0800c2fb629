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

double peopleWithin(const Sources& sources, std::span<const Milliseconds> times, Milliseconds limit) {
    double people = 0;
    for (std::size_t i = 0; i < times.size(); ++i) people += times[i] <= limit ? sources.cells[i].people : 0;
    return people;
}

Metres directedLength(const network::Network& net, const network::Scenario& scenario, const Arrivals& arrivals, Milliseconds limit) {
    double sum = 0;
    for (const network::Arc& arc : net.arcs()) {
        const network::Edge& edge = net.edge(arc.edge);
        const Milliseconds start = arrivals.times[network::index(arrivals.sense == Sense::From ? arc.tail : arc.head)];
        if (start > limit || !scenario.isOpen(edge.project)) continue;
        const double left = limit.value - start.value;
        sum += edge.length.value * (arc.time.value <= left ? 1.0 : left / arc.time.value);
    }
    return Metres(sum);
}

Result<OriginResult> oneIsochrone(const Sources& sources, const World& world, Searcher& searcher, const Request& request, std::span<const Point> places,
                                  const std::vector<double>& minutes) {
    const Sense sense = request.reverse ? Sense::To : Sense::From;
    const Milliseconds last = toMilliseconds(minutes.back());
    Result<Arrivals> arrivals = searcher.search(places, sense, last);
    if (!arrivals) return tl::unexpected(arrivals.error());
    OriginResult result;
    for (const double m : minutes) {
        const Milliseconds limit = toMilliseconds(m);
        const network::Isochrone isochrone = searcher.isochrone(*arrivals, limit);
        Result<MultiPolygon> area = isochrone.polygons(request.tolerance);
        if (!area) return tl::unexpected(area.error());
        CutoffResult cutoff;
        cutoff.minutes = m;
        cutoff.area = std::move(*area);
        cutoff.planarArea = planarArea(cutoff.area);
        cutoff.reached = network::reachedWithin(world.network, searcher.scenario(), *arrivals, limit);
        cutoff.nodes = cutoff.reached.nodes;
        cutoff.directedLength = directedLength(world.network, searcher.scenario(), *arrivals, limit);
        if (limit == last) {
            result.cellTimes = isochrone.timesAt(centresOf(sources));
            result.misclassified = network::misclassification(isochrone, cutoff.area, static_cast<std::size_t>(request.sample));
        }
        result.cutoffs.push_back(std::move(cutoff));
    }
    for (CutoffResult& cutoff : result.cutoffs) cutoff.people = peopleWithin(sources, result.cellTimes, toMilliseconds(cutoff.minutes));
    return result;
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
    Target nearest{destination, {"最近的" + kind, "nearest " + kind}, {}};
    for (const Place& p : sources.facilities) {
        if (p.kind == kind) nearest.points.push_back(p.point);
    }
    if (!nearest.points.empty()) targets.push_back(std::move(nearest));
    return targets;
}

}  // namespace

Result<std::vector<OriginResult>> isochrones(const Sources& sources, const World& world, Searcher& searcher, const Request& request) {
    const auto minutes = minutesOf(request);
    if (!minutes) return tl::unexpected(minutes.error());
    std::vector<OriginResult> results;
    const auto add = [&](const std::vector<Point>& places, std::string code, Localized name) -> Result<void> {
        Result<OriginResult> result = oneIsochrone(sources, world, searcher, request, places, *minutes);
        if (!result) return tl::unexpected(Error{result.error().code, result.error().detail, code + " " + result.error().where});
        result->code = std::move(code);
        result->name = std::move(name);
        results.push_back(std::move(*result));
        return {};
    };
    if (request.merge == "dissolved" && sources.origins.size() > 1) {
        std::vector<Point> all;
        for (const Place& origin : sources.origins) all.push_back(origin.point);
        if (auto done = add(all, "all", {"全部起点", "All origins"}); !done) return tl::unexpected(done.error());
        return results;
    }
    for (const Place& origin : sources.origins) {
        if (auto done = add({origin.point}, origin.code, origin.name); !done) return tl::unexpected(done.error());
    }
    return results;
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
                if (best != nullptr) result.legs = searcher.journeyTo(*arrivals, *best);
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
