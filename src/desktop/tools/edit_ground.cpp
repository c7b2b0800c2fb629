#include "desktop/tools/edit_ground.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "desktop/canvas/map_view.h"
#include "desktop/session/feature_name.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"

namespace zonewright::desktop {
namespace {

constexpr double kHalfPixels = 220;  ///< half the side of the ground around the pointer
constexpr double kInnerPixels = 60;  ///< the pointer stays so far from its edge
constexpr int kMostFeatures = 4000;

Box around(Point place, double half) { return {place.x - half, place.y - half, place.x + half, place.y + half}; }

Result<int> countIn(const plan::Plan& plan, const plan::Table& table, const Box& box) {
    auto query = plan.database().prepare(fmt::format(
        "SELECT count(*) FROM (SELECT 1 FROM {} WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= ?4 LIMIT {})",
        plan::sqlName("rtree_" + table.layer + "_" + table.geometryColumn), kMostFeatures + 1));
    if (!query) return tl::unexpected(query.error());
    query->bind(1, box.minX);
    query->bind(2, box.maxX);
    query->bind(3, box.minY);
    query->bind(4, box.maxY);
    const auto row = query->step();
    if (!row) return tl::unexpected(row.error());
    return static_cast<int>(query->integer(0));
}

Result<coverage::SnapLayer> snapLayerOf(const plan::Plan& plan, const std::string& layer, const Box& box) {
    coverage::SnapLayer out{layer, {}};
    const auto table = plan::tableOf(plan, layer);
    if (!table) return tl::unexpected(table.error());
    if (table->geometryColumn.empty()) return out;
    const auto count = countIn(plan, *table, box);
    if (!count || *count > kMostFeatures) return out;
    plan::Query query;
    query.box = box;
    const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
        out.features.emplace_back(feature.fid, std::move(feature.geometry));
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return out;
}

/// The edited zones in the box, with all zones that meet theirs: what an edit within the box can touch.
Result<void> loadZones(const plan::Plan& plan, const catalogue::Layer& layer, std::pair<Ground&, Language> into) {
    auto& [ground, words] = into;
    const auto table = plan::tableOf(plan, layer.id);
    if (!table) return tl::unexpected(table.error());
    const auto count = countIn(plan, *table, ground.box);
    if (!count) return tl::unexpected(count.error());
    if (*count > kMostFeatures) {
        ground.tooMuch = true;
        return {};
    }
    Box reach = ground.box;
    plan::Query query;
    query.box = ground.box;
    const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
        reach.add(boxOf(feature.geometry));
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    auto zones = editing::neighbourhoodAround(plan, layer, reach);
    if (!zones) return tl::unexpected(zones.error());
    for (const plan::Feature& feature : zones->features) ground.names[feature.fid] = shownName(layer, zones->table, feature.values, words);
    ground.zones = std::move(*zones);
    return {};
}

}  // namespace

std::string Ground::nameOf(Fid fid) const {
    const auto found = names.find(fid);
    if (found != names.end() && !found->second.empty()) return found->second;
    return "#" + std::to_string(static_cast<std::int64_t>(fid));
}

EditGround::EditGround(Workspace& workspace) : mWorkspace(workspace) {
    connect(&workspace.document(), &PlanDocument::closed, this, [this] { mGround.reset(); });
}

Metres EditGround::reach() const {
    const preferences::SnapReach kept = preferences::snapReach();
    return Metres(kept.inMetres ? kept.value : kept.value * mWorkspace.map().view().metresPerPixel);
}

void EditGround::setSnapping(bool on) {
    mSnapping = on;
    emit snappingChanged(on);
}

std::shared_ptr<const Ground> EditGround::at(Point place) {
    PlanDocument& document = mWorkspace.document();
    if (!document.isOpen()) return nullptr;
    const double pixel = mWorkspace.map().view().metresPerPixel;
    const double snaps = reach().value;
    const Box inner = around(place, std::max(kInnerPixels * pixel, snaps));
    const std::string layer = mWorkspace.editedLayer();
    const bool usable = mGround && mGround->layer == layer && mGround->revision == document.revision() && mGround->box.contains(inner);
    // Ground that was read from far away holds more than is needed near by; it is read anew once that shows.
    const bool tooWide = usable && mGround->tooMuch && mGround->box.maxX - mGround->box.minX > 3 * kHalfPixels * pixel;
    if (usable && !tooWide) return mGround;
    const bool coming = mLoading && mLoadingLayer == layer && mLoadingRevision == document.revision() && mLoading->contains(inner);
    if (!coming) load(around(place, std::max(kHalfPixels * pixel, 2 * snaps)));
    return usable ? mGround : nullptr;
}

void EditGround::load(const Box& box) {
    PlanDocument& document = mWorkspace.document();
    const std::string edited = mWorkspace.editedLayer();
    std::vector<std::string> others;
    for (const Drawing& drawing : mWorkspace.content().drawings()) {
        const std::string layer = drawing.layer();
        if (drawing.visible && layer != edited && !drawing.id.ends_with(":mask") && std::ranges::find(others, layer) == others.end()) others.push_back(layer);
    }
    mLoading = box;
    mLoadingLayer = edited;
    mLoadingRevision = document.revision();
    document.read(
        this,
        [&catalogue = document.catalogue(), edited, others, box, revision = document.revision(), words = language()](const plan::Plan& plan) -> Result<std::shared_ptr<Ground>> {
            auto ground = std::make_shared<Ground>();
            ground->layer = edited;
            ground->revision = revision;
            ground->box = box;
            std::vector<coverage::SnapLayer> snaps;
            if (const catalogue::Layer* layer = catalogue.find(edited); layer != nullptr && layer->geometry == catalogue::GeometryKind::MultiPolygon) {
                if (auto loaded = loadZones(plan, *layer, {*ground, words}); !loaded) return tl::unexpected(loaded.error());
                if (ground->zones) {
                    std::vector<coverage::Label> labels(static_cast<std::size_t>(ground->zones->coverage.slotCount()));
                    std::iota(labels.begin(), labels.end(), 0);
                    ground->network.emplace(ground->zones->coverage, std::move(labels));
                    coverage::SnapLayer own{edited, {}};
                    for (const plan::Feature& feature : ground->zones->features) own.features.emplace_back(feature.fid, feature.geometry);
                    snaps.push_back(std::move(own));
                }
            }
            for (const std::string& other : others) {
                if (auto snap = snapLayerOf(plan, other, box)) snaps.push_back(std::move(*snap));
            }
            ground->snapper.emplace(snaps);
            return ground;
        },
        [this, box](Result<std::shared_ptr<Ground>> ground) {
            if (mLoading == box) mLoading.reset();
            if (!ground) return mWorkspace.say(ground.error());
            mGround = std::move(*ground);
            emit arrived();
        });
}

std::optional<coverage::Snap> EditGround::snap(const Pointer& pointer) {
    const auto ground = at(pointer.map);
    if (!mSnapping || !ground || !ground->snapper) return std::nullopt;
    return ground->snapper->best(pointer.map, reach());
}

Point EditGround::placed(const Pointer& pointer) {
    const auto found = snap(pointer);
    return found ? found->place : snapped(pointer.map);
}

}  // namespace zonewright::desktop
