#pragma once

#include <optional>

#include "cartographer/protocol/messages.h"
#include "core/analysis/module.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// How a measure of a result's table colours one of its layers.
struct MapMeasure {
    std::string layer;
    Localized title;  ///< for the legend
    cartographer::ValueClasses classes;
};

/// Classes of the first area layer among `layers` with a number under the column's id; nothing when there is none.
[[nodiscard]] Result<std::optional<MapMeasure>> mapMeasure(const plan::Plan& plan, const std::vector<catalogue::Layer>& layers, const analysis::Column& column);

}  // namespace zonewright::desktop
