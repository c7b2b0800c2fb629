#include "desktop/session/map_content.h"

#include <algorithm>

#include <fmt/format.h>

#include "desktop/session/language.h"

namespace zonewright::desktop {
std::vector<Drawing> MapContent::asDelivered(const cartographer::ThemeInfo& theme) const {
    std::vector<Drawing> out;
    for (const std::string& id : theme.layers) {
        Drawing drawing{id, true, 1};
        if (std::ranges::find(mLayers, drawing.layer()) != mLayers.end()) out.push_back(std::move(drawing));
    }
    return out;
}

void MapContent::setThemes(cartographer::ThemesReply themes, std::vector<std::string> layers) {
    mThemes = std::move(themes.themes);
    mLayouts = std::move(themes.layouts);
    mLayers = std::move(layers);
    mLeft.clear();
    mExtras.clear();
    const std::string wanted = theme() != nullptr ? mTheme : (mThemes.empty() ? std::string() : mThemes.front().id);
    mTheme.clear();
    mDrawings.clear();
    emit themesChanged();
    if (!wanted.empty()) showTheme(wanted);
}

void MapContent::takeThemes(const MapContent& other) {
    mThemes = other.mThemes;
    mLayouts = other.mLayouts;
    mLayers = other.mLayers;
}

void MapContent::setLayers(std::vector<std::string> layers) {
    if (layers == mLayers) return;
    const auto* shown = theme();
    const bool asIs = shown != nullptr && mDrawings == asDelivered(*shown);
    std::erase_if(mLeft, [this](const auto& left) {
        const auto* known = find(left.first);
        return known != nullptr && left.second == asDelivered(*known);
    });
    mLayers = std::move(layers);
    emit layersChanged();
    if (!asIs) return;
    mDrawings = asDelivered(*shown);
    emit themeChanged();
    emit changed();
}

const cartographer::ThemeInfo* MapContent::theme() const { return find(mTheme); }

const cartographer::ThemeInfo* MapContent::find(const std::string& id) const {
    const auto found = std::ranges::find(mThemes, id, &cartographer::ThemeInfo::id);
    return found == mThemes.end() ? nullptr : &*found;
}

bool MapContent::canShow(const cartographer::ThemeInfo& one) const { return one.needs.empty() || std::ranges::find(mLayers, one.needs) != mLayers.end(); }

void MapContent::showTheme(const std::string& id) {
    const auto found = std::ranges::find(mThemes, id, &cartographer::ThemeInfo::id);
    if (found == mThemes.end() || id == mTheme) return;
    if (!mTheme.empty()) mLeft[mTheme] = mDrawings;
    mTheme = id;
    const auto left = mLeft.find(id);
    mDrawings = left == mLeft.end() ? asDelivered(*found) : left->second;
    emit themeChanged();
    emit changed();
}

void MapContent::resetTheme() {
    if (const auto* shown = theme()) setDrawings(asDelivered(*shown));
}

void MapContent::setDrawings(std::vector<Drawing> drawings) {
    if (drawings == mDrawings) return;
    mDrawings = std::move(drawings);
    emit changed();
}

void MapContent::setVisible(const std::string& drawing, bool visible) {
    std::vector<Drawing> now = mDrawings;
    for (Drawing& one : now) {
        if (one.id == drawing) one.visible = visible;
    }
    setDrawings(std::move(now));
}

void MapContent::setOpacity(const std::string& drawing, double opacity) {
    std::vector<Drawing> now = mDrawings;
    for (Drawing& one : now) {
        if (one.id == drawing) one.opacity = opacity;
    }
    setDrawings(std::move(now));
}

void MapContent::setExtras(const std::string& owner, std::vector<cartographer::ExtraLayer> extras) {
    auto& mine = mExtras[owner];
    if (mine == extras) return;
    mine = std::move(extras);
    emit changed();
}

void MapContent::showOnlyExtrasOf(std::optional<std::string> owner) {
    if (owner == mOnlyExtrasOf) return;
    mOnlyExtrasOf = std::move(owner);
    emit changed();
}

cartographer::View MapContent::view() const {
    cartographer::View view;
    view.theme = mTheme;
    view.language = language();
    const auto* shown = theme();
    if (shown == nullptr || mDrawings != asDelivered(*shown)) {
        for (const Drawing& drawing : mDrawings) {
            if (!drawing.visible) continue;
            view.layers.push_back(drawing.opacity < 1 ? fmt::format("{}@{:.2f}", drawing.id, drawing.opacity) : drawing.id);
        }
    }
    for (const auto& [owner, extras] : mExtras) {
        if (mOnlyExtrasOf && owner != *mOnlyExtrasOf) continue;
        view.extras.insert(view.extras.end(), extras.begin(), extras.end());
    }
    return view;
}

bool MapContent::isEmpty() const {
    return std::ranges::none_of(mDrawings, &Drawing::visible) && std::ranges::all_of(mExtras, [](const auto& mine) { return mine.second.empty(); });
}

bool MapContent::shows(const std::string& layer) const {
    return std::ranges::any_of(mDrawings, [&](const Drawing& drawing) { return drawing.visible && drawing.layer() == layer; });
}

}  // namespace zonewright::desktop
