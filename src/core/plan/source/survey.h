#pragma once

#include "core/plan/source/crs_guess.h"
#include "core/plan/source/foreign.h"
#include "core/plan/source/shift_guess.h"

namespace zonewright::plan::source {

/// What the first rows of a layer tell about where it lies.
struct Survey {
    CrsGuess crs;
    ShiftGuess shift;
    Box typical;  ///< where the bulk of the coordinates lies, as in the file
};

/// Reads up to 2,000 rows (200,000 vertices) of a layer and judges them. A broken file is judged by the rows before the
/// break; whoever reads it through meets the error.
[[nodiscard]] Result<Survey> survey(Source& source, std::size_t layer, const std::optional<Reference>& reference);

/// Exchanges x and y of every vertex.
void exchangeAxes(Geometry& geometry);

}  // namespace zonewright::plan::source
