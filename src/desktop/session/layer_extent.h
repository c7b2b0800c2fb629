#pragma once

#include <string>

#include "core/geometry/types.h"
#include "core/plan/plan.h"

namespace zonewright::desktop {

/// The box of all features of a layer, from its index; empty without features. Errors: UnknownLayer.
[[nodiscard]] Result<Box> extentOfLayer(const plan::Plan& plan, const std::string& layer);

}  // namespace zonewright::desktop
