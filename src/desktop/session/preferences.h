#pragma once

#include <filesystem>

#include <QStringList>

#include "core/base/error.h"

/// What is kept from one start to the next, but for key bindings (commands.h) and the window's layout (main window).
namespace zonewright::desktop::preferences {

enum class Look { System, Light, Dark };

[[nodiscard]] Language keptLanguage();  ///< as chosen, else by the locale; Chinese when neither says
void keepLanguage(Language language);

[[nodiscard]] Look keptLook();
void keepLook(Look look);
/// Dresses the running application.
void wear(Look look);

[[nodiscard]] QStringList recentPlans();  ///< newest first; files that have gone are left out
void addRecentPlan(const std::filesystem::path& file);

/// How far from the pointer something is snapped to: on the screen, or on the ground whatever the scale.
struct SnapReach {
    double value = 10;
    bool inMetres = false;
};
[[nodiscard]] SnapReach snapReach();
void keepSnapReach(const SnapReach& reach);

}  // namespace zonewright::desktop::preferences
