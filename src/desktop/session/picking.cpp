#include "desktop/session/picking.h"

#include <algorithm>

#include "core/geometry/geos.h"

namespace zonewright::desktop {
namespace {

double sizeOf(const Box& box) { return (box.maxX - box.minX) * (box.maxY - box.minY); }

bool isAreal(const Geometry& geometry) { return std::holds_alternative<MultiPolygon>(geometry); }

}  // namespace

Result<std::vector<FeatureRef>> featuresAt(const plan::Plan& plan, const std::vector<std::string>& layers, Point place, Metres tolerance) {
    std::vector<FeatureRef> out;
    Box box;
    box.add(place);
    for (const std::string& layer : layers) {
        const auto table = plan::tableOf(plan, layer);
        if (!table || table->geometryColumn.empty()) continue;
        std::vector<std::pair<double, FeatureRef>> found;
        plan::Query query;
        query.box = box.grownBy(tolerance.value);
        query.fields = {};
        const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
            const auto distance = geos::distance(feature.geometry, Geometry(place));
            const double reach = isAreal(feature.geometry) ? 0 : tolerance.value;
            if (distance && distance->value <= reach) found.emplace_back(sizeOf(boxOf(feature.geometry)), FeatureRef{layer, feature.fid});
            return true;
        });
        if (!read) return tl::unexpected(read.error());
        std::ranges::stable_sort(found, {}, &std::pair<double, FeatureRef>::first);
        for (auto& [size, feature] : found) out.push_back(std::move(feature));
    }
    return out;
}

Result<std::vector<FeatureRef>> featuresIn(const plan::Plan& plan, const std::vector<std::string>& layers, const Box& box) {
    const Geometry area = polygonOf(box);
    for (const std::string& layer : layers) {
        const auto table = plan::tableOf(plan, layer);
        if (!table || table->geometryColumn.empty()) continue;
        std::vector<FeatureRef> out;
        plan::Query query;
        query.box = box;
        const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
            const auto meets = box.contains(boxOf(feature.geometry)) ? Result<bool>(true) : geos::intersects(feature.geometry, area);
            if (meets && *meets) out.push_back({layer, feature.fid});
            return true;
        });
        if (!read) return tl::unexpected(read.error());
        if (!out.empty()) return out;
    }
    return std::vector<FeatureRef>();
}

}  // namespace zonewright::desktop
