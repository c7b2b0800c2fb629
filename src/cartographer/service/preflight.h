#pragma once

#include <string>
#include <vector>

#include "cartographer/service/sheet.h"

class QgsLabelingResults;

namespace zonewright::cartographer {

/// What a person should know of a sheet before it is printed: typefaces that are not installed, characters they lack,
/// texts longer than their place. Read off the template with the sheet's own variables.
[[nodiscard]] std::vector<std::string> checkTexts(const Sheet& sheet, Language language);

/// Labels that found no room on the map, and characters in labels that their typeface lacks.
[[nodiscard]] std::vector<std::string> checkLabels(const QMap<QString, QgsLabelingResults*>& results, Language language);

}  // namespace zonewright::cartographer
