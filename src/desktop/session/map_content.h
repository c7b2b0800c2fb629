#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "cartographer/protocol/messages.h"

namespace zonewright::desktop {

/// One drawing of a layer on the map: "layer" or "layer:variant" as in themes.toml.
struct Drawing {
    std::string id;
    bool visible = true;
    double opacity = 1;
    bool operator==(const Drawing&) const = default;

    [[nodiscard]] std::string layer() const { return id.substr(0, id.find(':')); }
};

/// What the map shows: a theme, as the user has changed it, and layers on top of it that belong to no theme (results,
/// conflicts).
class MapContent : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// `layers`: those that the plan has; drawings of others are left out.
    void setThemes(cartographer::ThemesReply themes, std::vector<std::string> layers);
    /// The same themes as another map, none shown yet.
    void takeThemes(const MapContent& other);
    [[nodiscard]] const std::vector<std::string>& layers() const { return mLayers; }
    /// The plan has these layers now: an import or an analysis has made new ones.
    void setLayers(std::vector<std::string> layers);
    [[nodiscard]] const std::vector<cartographer::ThemeInfo>& themes() const { return mThemes; }
    [[nodiscard]] const std::vector<cartographer::LayoutInfo>& layouts() const { return mLayouts; }
    [[nodiscard]] const cartographer::ThemeInfo* theme() const;  ///< the one that is shown, or nothing
    [[nodiscard]] const cartographer::ThemeInfo* find(const std::string& theme) const;
    /// Whether the plan has the result that the theme shows, if it shows one.
    [[nodiscard]] bool canShow(const cartographer::ThemeInfo& theme) const;

    /// Shows the theme as the user left it in this session.
    void showTheme(const std::string& id);
    /// The theme's drawings as delivered.
    void resetTheme();

    [[nodiscard]] const std::vector<Drawing>& drawings() const { return mDrawings; }  ///< top to bottom
    void setDrawings(std::vector<Drawing> drawings);
    void setVisible(const std::string& drawing, bool visible);
    void setOpacity(const std::string& drawing, double opacity);

    /// Layers of an analysis, over the theme; `owner` names who put them there and may replace them.
    void setExtras(const std::string& owner, std::vector<cartographer::ExtraLayer> extras);

    /// Draws no extras but those of this owner, until called with nothing: results would hide what two maps differ in.
    void showOnlyExtrasOf(std::optional<std::string> owner);

    /// The same for the cartographer, in the user's language.
    [[nodiscard]] cartographer::View view() const;
    /// Nothing is to be drawn.
    [[nodiscard]] bool isEmpty() const;
    /// Whether a layer is drawn at all; edits of others do not change the map.
    [[nodiscard]] bool shows(const std::string& layer) const;

signals:
    void themesChanged();
    void layersChanged();
    void themeChanged();
    void changed();

private:
    [[nodiscard]] std::vector<Drawing> asDelivered(const cartographer::ThemeInfo& theme) const;

    std::vector<cartographer::ThemeInfo> mThemes;
    std::vector<cartographer::LayoutInfo> mLayouts;
    std::vector<std::string> mLayers;
    std::string mTheme;
    std::vector<Drawing> mDrawings;
    std::map<std::string, std::vector<Drawing>> mLeft;  ///< themes as the user left them
    std::map<std::string, std::vector<cartographer::ExtraLayer>> mExtras;
    std::optional<std::string> mOnlyExtrasOf;
};

}  // namespace zonewright::desktop
