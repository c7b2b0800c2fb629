#pragma once

#include <string>
#include <vector>

#include "core/base/units.h"
#include "core/plan/features.h"
#include "desktop/session/selection.h"

namespace zonewright::desktop {

/// Features at a place, of these layers in their order: those that the place lies in, or that pass within `tolerance`.
/// Within a layer the smallest comes first, so that what lies on top of something larger can be picked.
[[nodiscard]] Result<std::vector<FeatureRef>> featuresAt(const plan::Plan& plan, const std::vector<std::string>& layers, Point place, Metres tolerance);

/// Features of the first of these layers that has any which meet the box.
[[nodiscard]] Result<std::vector<FeatureRef>> featuresIn(const plan::Plan& plan, const std::vector<std::string>& layers, const Box& box);

}  // namespace zonewright::desktop
