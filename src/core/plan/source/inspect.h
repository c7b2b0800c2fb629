#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/plan/source/survey.h"

namespace zonewright::plan::source {

/// One kind of fault in a layer.
struct FaultCount {
    std::string kind;  ///< "self_intersection", "ring_self_intersection", "too_few_points", "no_geometry", "not_finite" ...
    std::int64_t count = 0;
    std::int64_t firstRow = 0;
    Localized firstReason;
    std::optional<Point> firstPlace;  ///< in the source's CRS
};

struct LayerReport {
    SourceLayer layer;
    std::int64_t features = 0;  ///< counted by reading all rows
    std::string geometryType;   ///< as announced, or as found when the file leaves it open
    Box extent;                 ///< in the source's CRS; empty when there is no geometry
    std::int64_t withZ = 0;
    std::int64_t withCurves = 0;
    Survey where;
    std::vector<FaultCount> faults;  ///< ordered by kind
};

struct Inspection {
    std::string format;
    EncodingGuess encoding;
    std::vector<LayerReport> layers;
};

/// Reads a source through and reports what it is and what is wrong with it; nothing is written.
/// `reference` is the district of a plan to compare with, when there is one.
/// Errors: those of `Source::open`; SourceUnreadable when the file breaks off; Cancelled.
[[nodiscard]] Result<Inspection> inspect(Source& source, const std::optional<Reference>& reference, Progress& progress);

}  // namespace zonewright::plan::source
