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

const cartographer::ThemeInfo* MapContent::theme() const {
    const auto found = std::ranges::find(mThemes, mTheme, &cartographer::ThemeInfo::id);
    return found == mThemes.end() ? nullptr : &*found;
}

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
    for (const auto& [owner, extras] : mExtras) view.extras.insert(view.extras.end(), extras.begin(), extras.end());
    return view;
}

bool MapContent::isEmpty() const {
    return std::ranges::none_of(mDrawings, &Drawing::visible) && std::ranges::all_of(mExtras, [](const auto& mine) { return mine.second.empty(); });
}

bool MapContent::shows(const std::string& layer) const {
    return std::ranges::any_of(mDrawings, [&](const Drawing& drawing) { return drawing.visible && drawing.layer() == layer; });
}

}  // namespace zonewright::desktop
