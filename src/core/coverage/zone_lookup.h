#pragma once

#include "core/coverage/coverage.h"
#include "core/coverage/network.h"

namespace zonewright::coverage {

/// Errors: UnknownFeature.
[[nodiscard]] Outcome<Label> labelOf(const Coverage& coverage, Fid zone);

}  // namespace zonewright::coverage
