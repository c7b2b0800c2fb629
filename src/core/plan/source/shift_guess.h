#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/localized.h"
#include "core/base/units.h"
#include "core/plan/source/crs_guess.h"
#include "core/plan/source/foreign.h"

namespace zonewright::plan::source {

/// Systems in which longitude and latitude in China may be given.
enum class Datum { Wgs84, Gcj02, Bd09 };
[[nodiscard]] std::string_view nameOf(Datum datum);  ///< "WGS 84", "GCJ-02", "BD-09"

/// "GCJ-02", "gcj02", "BD-09", "bd09" ...; nothing for anything else.
[[nodiscard]] std::optional<Datum> shiftedDatum(std::string_view name);

/// Longitude and latitude in `datum` to WGS 84.
[[nodiscard]] Point toWgs84(Datum datum, Point lonLat);

struct ShiftGuess {
    bool likely = false;      ///< confidence is at least 0.5: such data are not mixed into a plan unasked
    double confidence = 0;    ///< that the coordinates are shifted, 0 to 1
    Datum datum = Datum::Wgs84;  ///< the likeliest system
    Metres shift;             ///< how far GCJ-02 lies from WGS 84 there
    Localized evidence;
};

/// What the judgement rests on.
struct ShiftClues {
    std::string fileName;
    std::vector<std::string> columns;
    CrsGuess crs;
    std::vector<Geometry> sample;  ///< in the source's CRS, x and y already in order
};

/// Judges whether longitude and latitude are shifted by GCJ-02 or BD-09. With a reference the boundaries of the sample
/// are laid over the district's boundary under each hypothesis and the median distances are compared; where that does
/// not decide, or without a reference, names and columns of the known web map services and the number of decimals
/// speak.
[[nodiscard]] ShiftGuess guessShift(const ShiftClues& clues, const std::optional<Reference>& reference);

}  // namespace zonewright::plan::source
