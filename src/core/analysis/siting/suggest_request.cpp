#include "core/analysis/siting/suggest.h"

namespace zonewright::analysis::siting {
namespace {

Result<std::vector<Geometry>> geometriesOf(Inputs& inputs, const char* parameter, const std::string& layer, Progress& progress) {
    auto read = inputs.read({.parameter = parameter, .layer = {layer}, .fields = {}, .optionalFields = {}, .textFields = {}}, progress);
    if (!read) return tl::unexpected(read.error());
    std::vector<Geometry> out;
    for (plan::Feature& feature : read->features) out.push_back(std::move(feature.geometry));
    return out;
}

/// Travel times that an accessibility run left in the plan; none without one.
Result<std::vector<SuggestRequest::TimedCell>> timesOf(Inputs& inputs, Progress& progress) {
    std::vector<SuggestRequest::TimedCell> out;
    const LayerReference cells{"access_cells"};
    const auto there = inputs.has(cells);
    if (!there) return tl::unexpected(there.error());
    if (!*there) return out;
    auto read = inputs.read({.parameter = "times", .layer = cells, .fields = {}, .optionalFields = {"minutes_before"}, .textFields = {}}, progress);
    if (!read) return tl::unexpected(read.error());
    for (plan::Feature& feature : read->features) {
        if (const auto minutes = plan::asNumber(feature.values[0])) out.push_back({std::move(feature.geometry), *minutes});
    }
    return out;
}

}  // namespace

Result<SuggestRequest> readSuggestRequest(Inputs& inputs, const SuggestLayers& layers, Progress& progress) {
    SuggestRequest request;
    auto within = geometriesOf(inputs, "within", layers.within, progress);
    if (!within) return tl::unexpected(within.error());
    request.within = std::move(*within);
    if (request.within.empty()) return failure(ErrorCode::SourceEmpty, "no area to look in", layers.within);
    if (!std::holds_alternative<MultiPolygon>(request.within.front())) return failure(ErrorCode::BadArgument, "the area to look in is a polygon layer", layers.within);
    const auto hasRoads = inputs.has({layers.roads});
    if (hasRoads && *hasRoads) {
        auto roads = geometriesOf(inputs, "roads", layers.roads, progress);
        if (!roads) return tl::unexpected(roads.error());
        request.roads = std::move(*roads);
    }
    auto times = timesOf(inputs, progress);
    if (!times) return tl::unexpected(times.error());
    request.times = std::move(*times);
    return request;
}

}  // namespace zonewright::analysis::siting
