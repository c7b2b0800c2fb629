#pragma once

#include "cartographer/protocol/messages.h"
#include "core/plan/plan.h"

namespace zonewright::cartographer {

/// What the plan says of itself on a sheet: office, date, source and note in the language, and the code of its present
/// version. Title and CRS are left to the theme and the plan's CRS. Errors: those of reading the history.
[[nodiscard]] Result<SheetText> sheetText(const plan::Plan& plan, Language language);

/// `stated` where it says something, else `otherwise`.
[[nodiscard]] SheetText filledUp(SheetText stated, const SheetText& otherwise);

}  // namespace zonewright::cartographer
