#include "core/editing/exchange.h"

#include <map>

#include "core/coverage/box_tree.h"
#include "core/coverage/exact.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"

namespace zonewright::editing {
namespace {

const MultiPolygon* polygons(const Geometry& geometry) { return std::get_if<MultiPolygon>(&geometry); }

coverage::GridBox gridBox(const Geometry& geometry) {
    const Box box = boxOf(geometry);
    coverage::GridBox out;
    if (box.empty()) return out;
    out.add(toGrid({box.minX, box.minY}));
    out.add(toGrid({box.maxX, box.maxY}));
    return out;
}

/// The changes of one layer and a tree over what each of them was before.
struct LayerBefore {
    std::vector<std::size_t> members;
    coverage::BoxTree tree;
};

Result<Exchange> exchangeOf(const std::vector<plan::FeatureChange>& changes, std::size_t index, const LayerBefore& layer) {
    const plan::FeatureChange& change = changes[index];
    static const MultiPolygon kNothing;
    const MultiPolygon* before = polygons(change.before);
    const MultiPolygon* after = polygons(change.after);
    Exchange out;
    if (before == nullptr && after == nullptr) return out;
    const Result<MultiPolygon> gained = geos::difference(after != nullptr ? *after : kNothing, before != nullptr ? *before : kNothing);
    const Result<MultiPolygon> lost = geos::difference(before != nullptr ? *before : kNothing, after != nullptr ? *after : kNothing);
    if (!gained) return tl::unexpected(gained.error());
    if (!lost) return tl::unexpected(lost.error());
    out.gained = planarArea(*gained);
    out.lost = planarArea(*lost);
    if (gained->polygons.empty()) return out;
    std::vector<std::uint32_t> near;
    layer.tree.query(gridBox(*gained), [&](std::uint32_t item) { near.push_back(item); });
    for (const std::uint32_t item : near) {
        const plan::FeatureChange& other = changes[layer.members[item]];
        if (layer.members[item] == index) continue;
        const Result<MultiPolygon> taken = geos::intersection(*gained, std::get<MultiPolygon>(other.before));
        if (!taken) return tl::unexpected(taken.error());
        if (const SquareMetres area = planarArea(*taken); area.value > 0) out.from.emplace_back(other.id, area);
    }
    std::sort(out.from.begin(), out.from.end(), [](const auto& a, const auto& b) { return std::tie(b.second, a.first) < std::tie(a.second, b.first); });
    return out;
}

}  // namespace

Result<std::vector<Exchange>> exchanges(const std::vector<plan::FeatureChange>& changes) {
    std::map<std::string, LayerBefore> layers;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (polygons(changes[i].before) != nullptr) layers[changes[i].layer].members.push_back(i);
    }
    for (auto& [name, layer] : layers) {
        std::vector<coverage::GridBox> boxes;
        for (const std::size_t i : layer.members) boxes.push_back(gridBox(changes[i].before));
        layer.tree = coverage::BoxTree(boxes);
    }
    std::vector<Exchange> out;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Result<Exchange> one = exchangeOf(changes, i, layers[changes[i].layer]);
        if (!one) return tl::unexpected(one.error());
        out.push_back(std::move(*one));
    }
    return out;
}

SquareMetres movedArea(const std::vector<plan::FeatureChange>& changes, const std::vector<Exchange>& exchanges) {
    std::map<std::string, std::pair<SquareMetres, SquareMetres>> layers;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto& [gained, lost] = layers[changes[i].layer];
        gained += exchanges[i].gained;
        lost += exchanges[i].lost;
    }
    SquareMetres most;
    for (const auto& [layer, sums] : layers) most = std::max({most, sums.first, sums.second});
    return most;
}

}  // namespace zonewright::editing
