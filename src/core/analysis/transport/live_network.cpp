#include "core/analysis/transport/live_network.h"

#include <algorithm>

#include "core/analysis/row_view.h"
#include "core/analysis/transport/plan_network.h"

namespace zonewright::analysis::transport {
namespace {

constexpr const char* kPopulation = "population_grid";

Result<std::vector<network::Crowd>> readCrowds(Inputs& inputs, Progress& progress) {
    std::vector<Notice> notices;
    const auto snapshot = readLayer({"population", LayerReference{kPopulation}, {"population"}, false}, inputs, notices, progress);
    if (!snapshot) return tl::unexpected(snapshot.error());
    std::vector<network::Crowd> crowds;
    if (!*snapshot) return crowds;
    crowds.reserve((*snapshot)->features.size());
    for (const plan::Feature& feature : (*snapshot)->features) {
        const Box box = boxOf(feature.geometry);
        const double people = std::max(0.0, RowView(**snapshot, feature).number("population").value_or(0));
        if (!box.empty() && people > 0) crowds.push_back({{(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2}, people});
    }
    return crowds;
}

}  // namespace

Result<LiveNetwork> liveNetwork(const plan::Plan& plan, const catalogue::Catalogue& catalogue, Progress& progress) {
    NetworkRequest request;
    if (auto done = takeKeptFiles(request, plan); !done) return tl::unexpected(done.error());
    Inputs inputs(&plan, catalogue);
    auto sources = readNetwork(request, inputs, progress);
    if (!sources) return tl::unexpected(sources.error());
    auto crowds = readCrowds(inputs, progress);
    if (!crowds) return tl::unexpected(crowds.error());
    if (!progress.report(0.5, "network")) return failure(ErrorCode::Cancelled, "");
    auto built = keptNetwork(plan, sources->inputHash);
    if (!built) return tl::unexpected(built.error());
    const bool kept = built->has_value();
    if (!kept) {
        auto made = buildNetwork(*sources, request);
        if (!made) return tl::unexpected(made.error());
        *built = std::move(*made);
    }

    LiveNetwork live;
    live.hasPeople = !crowds->empty();
    for (const InputRecord& record : inputs.records()) live.layers.push_back(record.source);
    live.isochrone = std::make_unique<network::LiveIsochrone>(std::move((*built)->network), std::move(*crowds));
    const auto known = live.isochrone->network().projects();
    for (auto& [code, project] : sources->projects) {
        if (std::ranges::find(known, code) != known.end()) live.projects.emplace(code, std::move(project));
    }
    std::optional<network::Hierarchy> hierarchy;
    if (kept) {
        auto found = keptHierarchy(plan, sources->inputHash, {});
        if (!found) return tl::unexpected(found.error());
        hierarchy = std::move(*found);
    }
    const auto opened = hierarchy ? live.isochrone->open({}, std::move(*hierarchy)) : live.isochrone->open({}, progress);
    if (!opened) return tl::unexpected(opened.error());
    return live;
}

}  // namespace zonewright::analysis::transport
