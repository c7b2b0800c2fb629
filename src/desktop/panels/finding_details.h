#pragma once

#include <QString>

#include "desktop/models/findings_model.h"

namespace zonewright::desktop {

/// A row of findings in words: what was measured, the law, waivers, what to do.
[[nodiscard]] QString findingHtml(const analysis::siting::Report& report, const FindingsModel::Row& row);

}  // namespace zonewright::desktop
