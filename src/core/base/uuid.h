#pragma once

#include <string_view>

#include "core/base/units.h"

namespace zonewright {

/// A new random feature id (RFC 4122 version 4).
[[nodiscard]] FeatureId randomFeatureId();

/// The same id for the same text, always (RFC 4122 version 5), so that imports are reproducible.
[[nodiscard]] FeatureId namedFeatureId(std::string_view name);

}  // namespace zonewright
