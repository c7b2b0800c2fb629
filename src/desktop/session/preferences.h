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

[[nodiscard]] double snapPixels();
void setSnapPixels(double pixels);

}  // namespace zonewright::desktop::preferences
