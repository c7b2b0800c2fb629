#pragma once

#include "cartographer/protocol/messages.h"
#include "core/plan/plan.h"

namespace zonewright::cartographer {

/// What the plan says of itself on a sheet: office, date, source and note in the language, and the code of its present
/// version. Title and CRS are left to the theme and the plan's CRS. Errors: those of reading the history.
[[nodiscard]] Result<SheetText> sheetText(const plan::Plan& plan, Language language);

/// A chart that the plan keeps, the newest of this id, drawn for a sheet. Errors: BadArgument naming those there are.
[[nodiscard]] Result<std::string> sheetChart(const plan::Plan& plan, const std::string& id, Language language);

/// `stated` where it says something, else `otherwise`.
[[nodiscard]] SheetText filledUp(SheetText stated, const SheetText& otherwise);

}  // namespace zonewright::cartographer
