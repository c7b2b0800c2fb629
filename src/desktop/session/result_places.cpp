#include "desktop/session/result_places.h"

#include <algorithm>

#include "core/geometry/geos.h"

namespace zonewright::desktop {
namespace {

constexpr std::int64_t kMost = 20000;

bool isAmong(const plan::Value& value, const std::vector<std::string>& texts) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && std::ranges::find(texts, *text) != texts.end();
}

double sizeOf(const Box& box) { return (box.maxX - box.minX) * (box.maxY - box.minY); }

std::vector<ResultPlaces::Place> read(const plan::Plan& plan, const std::vector<std::string>& layers) {
    std::vector<ResultPlaces::Place> out;
    for (const std::string& layer : layers) {
        const auto table = plan::tableOf(plan, layer);
        if (!table || table->geometryColumn.empty()) continue;
        const std::size_t before = out.size();
        // A layer that cannot be read is one that nothing is linked with.
        const auto done = plan::forEachFeature(plan, *table, {}, [&](plan::Feature&& feature) {
            ResultPlaces::Place place{{layer, feature.fid}, std::move(feature.geometry), {}, {}};
            place.box = boxOf(place.geometry);
            for (const plan::Value& value : feature.values) {
                if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !text->empty()) place.texts.push_back(*text);
            }
            out.push_back(std::move(place));
            return static_cast<std::int64_t>(out.size() - before) <= kMost;
        });
        if (!done || static_cast<std::int64_t>(out.size() - before) > kMost) out.resize(before);
    }
    return out;
}

}  // namespace

void ResultPlaces::load(std::vector<std::string> layers) {
    mLayers = layers;
    if (layers.empty()) {
        mPlaces.clear();
        emit loaded();
        return;
    }
    mDocument.read(
        this, [layers](const plan::Plan& plan) -> Result<std::vector<Place>> { return read(plan, layers); },
        [this, layers](Result<std::vector<Place>> places) {
            if (!places || layers != mLayers) return;
            mPlaces = std::move(*places);
            emit loaded();
        });
}

const ResultPlaces::Place* ResultPlaces::about(const std::vector<std::string>& texts) const {
    // A row's label before its other words, which several rows may share.
    for (const std::string& text : texts) {
        const auto found = std::ranges::find_if(mPlaces, [&](const Place& place) { return std::ranges::find(place.texts, text) != place.texts.end(); });
        if (found != mPlaces.end()) return &*found;
    }
    return nullptr;
}

const ResultPlaces::Place* ResultPlaces::at(Point point) const {
    const Place* smallest = nullptr;
    Box there;
    there.add(point);
    for (const Place& place : mPlaces) {
        if (!std::holds_alternative<MultiPolygon>(place.geometry) || !place.box.contains(there)) continue;
        if (smallest != nullptr && sizeOf(smallest->box) <= sizeOf(place.box)) continue;
        const auto distance = geos::distance(place.geometry, Geometry(point));
        if (distance && distance->value <= 0) smallest = &place;
    }
    return smallest;
}

Result<std::optional<std::pair<FeatureRef, Geometry>>> findByText(const plan::Plan& plan, const std::vector<std::string>& layers, const std::vector<std::string>& texts) {
    std::optional<std::pair<FeatureRef, Geometry>> found;
    for (const std::string& layer : layers) {
        const auto table = plan::tableOf(plan, layer);
        if (!table || table->geometryColumn.empty()) continue;
        const auto done = plan::forEachFeature(plan, *table, {}, [&](plan::Feature&& feature) {
            if (std::ranges::none_of(feature.values, [&](const plan::Value& value) { return isAmong(value, texts); })) return true;
            found = {FeatureRef{layer, feature.fid}, std::move(feature.geometry)};
            return false;
        });
        if (!done) return tl::unexpected(done.error());
        if (found) break;
    }
    return found;
}

}  // namespace zonewright::desktop
