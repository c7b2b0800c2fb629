#pragma once

#include <optional>
#include <string>

#include <QString>

#include "core/base/units.h"

namespace zonewright::desktop {

/// "12,345.68": the same in both languages, as it stands in the plan's documents.
[[nodiscard]] QString number(double value, int decimals);

/// "123.4 m²" or, from 1,000 m² on, "12.34 ha".
[[nodiscard]] QString shortAreaText(SquareMetres area);

/// A unit of the catalogue as it is written: "m²", "人" or "persons".
[[nodiscard]] QString unitText(const std::string& unit);

/// "1:25,000"; three significant digits, more would say more than the screen's dots do.
[[nodiscard]] QString scaleText(double denominator);
/// The denominator in "1:25000", "25 000" or "2.5万".
[[nodiscard]] std::optional<double> readScale(QString text);

}  // namespace zonewright::desktop
