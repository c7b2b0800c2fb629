#include "core/network/measures.h"

#include <algorithm>

#include "core/network/parallel.h"

namespace zonewright::network {
namespace {

/// Joints by slot instead of node, so that looking up a time is one step.
Joints bySlot(const Hierarchy& hierarchy, const Joints& joints) {
    Joints slots = joints;
    for (std::vector<Seed>& place : slots) {
        for (Seed& joint : place) joint.node = NodeId{hierarchy.slotOf(joint.node)};
    }
    return slots;
}

/// The times of all lanes to a place at once.
WideSweep::Row rowOver(const WideSweep& sweep, std::span<const Seed> slots) {
    WideSweep::Row best;
    best.fill(kUnreachable.value);
    for (const Seed& joint : slots) {
        const WideSweep::Row& at = sweep.rowAt(index(joint.node));
        for (std::size_t lane = 0; lane < kLanes; ++lane) best[lane] = std::min(best[lane], at[lane] + joint.time.value);
    }
    return best;
}

std::vector<Seed> allOf(const Joints& joints) {
    std::vector<Seed> all;
    for (const std::vector<Seed>& place : joints) all.insert(all.end(), place.begin(), place.end());
    return all;
}

/// Within the first band that is long enough; 0 beyond all.
double weightAt(std::uint32_t time, std::span<const Band> bands) {
    for (const Band& band : bands) {
        if (time <= band.limit.value) return band.weight;
    }
    return 0;
}

}  // namespace

Joints joined(const Network& network, const PlaceIndex& placeIndex, std::span<const Point> places, const OriginOptions& options) {
    Joints joints(places.size());
    inParallel({places.size(), 64}, [&](std::size_t i, std::size_t) {
        if (Result<Origin> origin = originAt(network, placeIndex, places[i], options)) joints[i] = std::move(origin->seeds);
    });
    return joints;
}

Result<TimeTable> timeTable(const Hierarchy& hierarchy, const Joints& origins, const Joints& destinations, Progress& progress) {
    TimeTable table;
    table.destinations = destinations.size();
    table.times.resize(origins.size() * destinations.size(), kUnreachable);
    const Joints slots = bySlot(hierarchy, destinations);
    const auto fill = [&](std::size_t first, const WideSweep& sweep) {
        const std::size_t lanes = std::min(kLanes, origins.size() - first);
        for (std::size_t d = 0; d < slots.size(); ++d) {
            const WideSweep::Row row = rowOver(sweep, slots[d]);
            for (std::size_t lane = 0; lane < lanes; ++lane) table.times[(first + lane) * table.destinations + d] = {row[lane]};
        }
    };
    if (Result<void> swept = sweepAll(hierarchy, Sense::From, origins, fill, progress); !swept) return tl::unexpected(swept.error());
    return table;
}

Result<std::vector<double>> cumulative(const Hierarchy& hierarchy, const CumulativeRequest& request, Progress& progress) {
    const auto limits = request.limits;
    std::vector<double> sums(request.origins.size() * limits.size(), 0);
    const Joints slots = bySlot(hierarchy, request.opportunities.joints);
    const auto add = [&](std::size_t first, const WideSweep& sweep) {
        const std::size_t lanes = std::min(kLanes, request.origins.size() - first);
        for (std::size_t place = 0; place < slots.size(); ++place) {
            const WideSweep::Row row = rowOver(sweep, slots[place]);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                for (std::size_t l = 0; l < limits.size(); ++l) {
                    if (row[lane] <= limits[l].value) sums[(first + lane) * limits.size() + l] += request.opportunities.amounts[place];
                }
            }
        }
    };
    if (Result<void> swept = sweepAll(hierarchy, Sense::From, request.origins, add, progress); !swept) return tl::unexpected(swept.error());
    return sums;
}

std::vector<Milliseconds> nearest(const Hierarchy& hierarchy, const Joints& demand, const Joints& facilities) {
    Sweep sweep(hierarchy, Sense::To);
    sweep.run(allOf(facilities));
    std::vector<Milliseconds> times;
    times.reserve(demand.size());
    for (const std::vector<Seed>& place : demand) times.push_back(timeOver(place, [&](NodeId node) { return sweep.timeTo(node); }));
    return times;
}

Result<FloatingCatchment> floatingCatchment(const Hierarchy& hierarchy, const CatchmentRequest& request, Progress& progress) {
    const auto [demand, supply, bands] = request;
    for (std::size_t b = 0; b < bands.size(); ++b) {
        if (!(bands[b].weight >= 0)) return failure(ErrorCode::BadArgument, "a band's weight is negative");
        if (b > 0 && bands[b].limit <= bands[b - 1].limit) return failure(ErrorCode::BadArgument, "bands are not in rising order");
    }
    struct Within {
        std::uint32_t place = 0;
        double weight = 0;
    };
    std::vector<std::vector<Within>> catchments(supply.joints.size());
    const Joints slots = bySlot(hierarchy, demand.joints);
    const auto collect = [&](std::size_t first, const WideSweep& sweep) {
        const std::size_t lanes = std::min(kLanes, supply.joints.size() - first);
        for (std::uint32_t place = 0; place < slots.size(); ++place) {
            const WideSweep::Row row = rowOver(sweep, slots[place]);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const double weight = weightAt(row[lane], bands);
                if (weight > 0) catchments[first + lane].push_back({place, weight});
            }
        }
    };
    if (Result<void> swept = sweepAll(hierarchy, Sense::To, supply.joints, collect, progress); !swept) return tl::unexpected(swept.error());

    FloatingCatchment result;
    result.access.assign(demand.joints.size(), 0);
    for (std::size_t f = 0; f < catchments.size(); ++f) {
        double people = 0;
        for (const Within& w : catchments[f]) people += w.weight * demand.amounts[w.place];
        if (!(people > 0)) {
            result.supplyUnused += supply.amounts[f];
            continue;
        }
        result.supplyUsed += supply.amounts[f];
        for (const Within& w : catchments[f]) result.access[w.place] += w.weight * supply.amounts[f] / people;
    }
    return result;
}

WeightedMean weightedMean(std::span<const Milliseconds> times, std::span<const double> weights) {
    WeightedMean result;
    double sum = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (times[i] >= kUnreachable) {
            result.left += weights[i];
            continue;
        }
        result.weight += weights[i];
        sum += weights[i] * toSeconds(times[i]).value;
    }
    if (result.weight > 0) result.mean = Seconds(sum / result.weight);
    return result;
}

std::vector<Leg> legsOf(const Network& network, std::span<const ArcId> path) {
    std::vector<Leg> legs;
    for (const ArcId id : path) {
        const Arc& arc = network.arc(id);
        const Edge& edge = network.edge(arc.edge);
        if (arc.time == Milliseconds{0} && edge.mode == Mode::Alight) continue;
        const bool goesOn = !legs.empty() && legs.back().mode == edge.mode && legs.back().source == edge.source;
        if (!goesOn) legs.push_back({edge.mode, edge.source, {}, {}});
        legs.back().time = legs.back().time + arc.time;
        legs.back().length += edge.length;
    }
    return legs;
}

LineString wayOf(const Network& network, std::span<const ArcId> path) {
    LineString way;
    const auto add = [&](Point point) {
        if (way.empty() || !(way.back() == point)) way.push_back(point);
    };
    for (const ArcId id : path) {
        const Arc& arc = network.arc(id);
        const std::span<const Point> line = network.line(arc.edge);
        if (arc.reversed) std::for_each(line.rbegin(), line.rend(), add);
        else std::for_each(line.begin(), line.end(), add);
    }
    if (way.size() < 2) way.clear();
    return way;
}

}  // namespace zonewright::network
