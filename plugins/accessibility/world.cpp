#include "plugins/accessibility/world.h"

#include <algorithm>

#include <fmt/format.h>

namespace zonewright::accessibility {

using network::Arrivals;
using network::Milliseconds;
using network::Sense;

namespace {

Localized nameOf(const network::Leg& leg, const Sources& sources) {
    using network::Mode;
    switch (leg.mode) {
        case Mode::Road:
        case Mode::Cycle: {
            const Localized name = leg.source < sources.roadNames.size() ? sources.roadNames[leg.source] : Localized{};
            return name.zh.empty() ? Localized{"道路", "road"} : name;
        }
        case Mode::Walk: return {"步行", "walk"};
        case Mode::Board: return {"候车", "wait"};
        case Mode::Transfer: return {"换乘", "transfer"};
        default: return leg.source < sources.lineNames.size() ? sources.lineNames[leg.source] : Localized{"线路", "line"};
    }
}

}  // namespace

std::vector<NamedLeg> namedLegs(std::span<const network::Leg> legs, const Sources& sources) {
    std::vector<NamedLeg> named;
    for (const network::Leg& leg : legs) {
        Localized name = nameOf(leg, sources);
        if (named.empty() || named.back().name.zh != name.zh) named.push_back({std::move(name), 0, {}});
        named.back().minutes += network::toMinutes(leg.time);
        named.back().length += leg.length;
    }
    return named;
}

Searcher::Searcher(const World& world, const network::Scenario& scenario, const Request& request)
    : mWorld(&world),
      mScenario(scenario),
      mRequest(&request),
      mPlaces(world.network, mScenario),
      mFrom(world.network, mScenario, Sense::From),
      mTo(world.network, mScenario, Sense::To),
      mSearchFrom(mFrom),
      mSearchTo(mTo) {}

network::OriginOptions Searcher::joining(Sense sense) const { return {mRequest->walkingSpeed, mRequest->farthest, sense}; }

network::ShortestTimes& Searcher::searchOf(Sense sense) { return sense == Sense::From ? mSearchFrom : mSearchTo; }

Result<void> Searcher::joins(Point place, Sense sense) const {
    const Result<network::Origin> origin = network::originAt(mWorld->network, mPlaces, place, joining(sense));
    if (!origin) return tl::unexpected(origin.error());
    return {};
}

Result<Arrivals> Searcher::joined(std::span<const Point> places, Sense sense) const {
    Arrivals arrivals;
    arrivals.sense = sense;
    std::optional<Error> firstFault;
    for (const Point& place : places) {
        Result<network::Origin> origin = network::originAt(mWorld->network, mPlaces, place, joining(sense));
        if (!origin) {
            if (!firstFault) firstFault = origin.error();
            continue;
        }
        arrivals.origins.push_back(std::move(*origin));
    }
    if (arrivals.origins.empty()) {
        return tl::unexpected(firstFault.value_or(Error{ErrorCode::NoNetwork, "no place to start from", ""}));
    }
    return arrivals;
}

Result<Arrivals> Searcher::search(std::span<const Point> places, Sense sense, Milliseconds limit) {
    Result<Arrivals> arrivals = joined(places, sense);
    if (!arrivals) return arrivals;
    std::vector<network::Seed> seeds;
    for (const network::Origin& origin : arrivals->origins) seeds.insert(seeds.end(), origin.seeds.begin(), origin.seeds.end());
    network::ShortestTimes& search = searchOf(sense);
    search.run(seeds, limit);
    arrivals->times.assign(search.times().begin(), search.times().end());
    return arrivals;
}

Result<Arrivals> Searcher::searchSplit(std::span<const Point> places, Sense sense, Milliseconds limit) {
    Result<Arrivals> arrivals = search(places, sense, limit);
    if (!arrivals) return arrivals;
    std::vector<std::uint32_t> originOfSeed;
    for (std::uint32_t o = 0; o < arrivals->origins.size(); ++o) originOfSeed.insert(originOfSeed.end(), arrivals->origins[o].seeds.size(), o);
    arrivals->nearest = searchOf(sense).nearestSeeds();
    for (std::uint32_t& nearest : arrivals->nearest) nearest = originOfSeed[nearest];
    return arrivals;
}

std::optional<network::Seed> Searcher::bestJoint(const Arrivals& arrivals, Point place) const {
    const Result<network::Origin> end = network::originAt(mWorld->network, mPlaces, place, joining(arrivals.sense == Sense::From ? Sense::To : Sense::From));
    if (!end) return std::nullopt;
    std::optional<network::Seed> best;
    for (const network::Seed& joint : end->seeds) {
        const Milliseconds total = arrivals.times[network::index(joint.node)] + joint.time;
        if (total < network::kUnreachable && (!best || total < best->time)) best = network::Seed{joint.node, total};
    }
    return best;
}

std::optional<double> Searcher::minutesTo(const Arrivals& arrivals, Point place) const {
    const std::optional<network::Seed> best = bestJoint(arrivals, place);
    if (!best) return std::nullopt;
    return network::toMinutes(best->time);
}

Journey Searcher::journeyTo(const Arrivals& arrivals, Point place) const {
    const std::optional<network::Seed> best = bestJoint(arrivals, place);
    if (!best) return {};
    const network::ShortestTimes& search = arrivals.sense == Sense::From ? mSearchFrom : mSearchTo;
    const auto path = search.pathTo(best->node);
    return {network::legsOf(mWorld->network, path), network::wayOf(mWorld->network, path)};
}

network::Isochrone Searcher::isochrone(const Arrivals& arrivals, Milliseconds limit) const {
    const network::WalkOptions walk{mRequest->walkingSpeed, limit};
    return network::Isochrone(network::conesOf(mWorld->network, mScenario, arrivals, walk), walk);
}

}  // namespace zonewright::accessibility
