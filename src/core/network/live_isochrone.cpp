#include "core/network/live_isochrone.h"

#include <algorithm>
#include <cassert>

namespace zonewright::network {

LiveIsochrone::LiveIsochrone(Network network, std::vector<Crowd> crowds) : mNetwork(std::move(network)), mCrowds(std::move(crowds)) {
    for (const Crowd& crowd : mCrowds) mCrowdPlaces.push_back(crowd.place);
}

LiveIsochrone::Way::Way(const Network& network, const Stage& stage, Sense sense) : sweep(stage.hierarchy, sense), interior(network, stage.scenario, sense) {}

Result<void> LiveIsochrone::open(std::vector<std::string> projects, Progress& progress) {
    std::sort(projects.begin(), projects.end());
    if (const auto known = mStages.find(projects); known != mStages.end()) {
        mStage = known->second.get();
        mOpen = std::move(projects);
        return {};
    }
    const Result<Scenario> scenario = Scenario::of(mNetwork, projects);
    if (!scenario) return tl::unexpected(scenario.error());
    Result<Hierarchy> hierarchy = Hierarchy::of(Graph(mNetwork, *scenario), progress);
    if (!hierarchy) return tl::unexpected(hierarchy.error());
    return open(std::move(projects), std::move(*hierarchy));
}

Result<void> LiveIsochrone::open(std::vector<std::string> projects, Hierarchy kept) {
    std::sort(projects.begin(), projects.end());
    Result<Scenario> scenario = Scenario::of(mNetwork, projects);
    if (!scenario) return tl::unexpected(scenario.error());
    if (kept.nodeCount() != mNetwork.nodeCount()) return failure(ErrorCode::BadArgument, "the hierarchy is of another network");
    std::unique_ptr<Stage>& stage = mStages[projects];
    stage = std::make_unique<Stage>(mNetwork, std::move(*scenario), std::move(kept));
    mStage = stage.get();
    mOpen = std::move(projects);
    return {};
}

Result<LiveIsochrone::Answer> LiveIsochrone::at(Point origin, const LiveOptions& options) {
    assert(mStage != nullptr);
    Result<Origin> joined = originAt(mNetwork, mStage->places, origin, {options.walkingSpeed, options.farthest, options.sense});
    if (!joined) return tl::unexpected(joined.error());
    Way& way = options.sense == Sense::From ? mStage->from : mStage->to;
    way.sweep.run(joined->seeds);

    Answer answer;
    answer.joined = joined->footing.point;
    Arrivals arrivals;
    arrivals.sense = options.sense;
    arrivals.times.resize(mNetwork.nodeCount(), kUnreachable);
    const std::span<const NodeId> nodes = mStage->hierarchy.nodesBySlot();
    const std::span<const std::uint32_t> times = way.sweep.timesBySlot();
    for (std::size_t slot = 0; slot < nodes.size(); ++slot) {
        if (times[slot] > options.limit.value) continue;
        arrivals.times[index(nodes[slot])] = {times[slot]};
        ++answer.nodes;
    }
    arrivals.origins.push_back(std::move(*joined));
    const WalkOptions walk{options.walkingSpeed, options.limit};
    Result<MultiPolygon> area = regionOf(mNetwork, way.interior, arrivals, walk, options.tolerance);
    if (!area) return tl::unexpected(area.error());
    answer.area = std::move(*area);
    const std::vector<std::uint8_t> inside = insideOf(answer.area, mCrowdPlaces);
    for (std::size_t i = 0; i < inside.size(); ++i) answer.people += inside[i] != 0 ? mCrowds[i].people : 0;
    return answer;
}

}  // namespace zonewright::network
