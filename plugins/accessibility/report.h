#pragma once

#include <optional>
#include <vector>

#include "plugins/accessibility/study.h"

namespace zonewright::accessibility {

/// All that a run found, before it is put into words.
struct Findings {
    std::string scenario;  ///< "today", or the codes of the projects that are open
    std::vector<OriginResult> origins;
    std::vector<CommitmentResult> commitments;
    std::vector<FacilityResult> facilities;
    std::vector<std::vector<std::optional<double>>> placeTimes;
    std::optional<Comparison> comparison;
};

/// People within so many minutes of the nearest origin, by whole minutes up to the last cut-off. `after` is with the
/// projects that are compared, or this run's scenario when nothing is; `before` is today.
struct CurvePoint {
    double minutes = 0;
    double before = 0;
    double after = 0;
};
using Curve = std::vector<CurvePoint>;
/// Empty when there are no cells.
[[nodiscard]] Curve curveOf(const Sources& sources, const Findings& findings);

/// Document, tables, layers, charts and notices. Errors: those of cutting bands.
[[nodiscard]] Result<analysis::Outcome> report(const Sources& sources, const World& world, const Findings& findings, const Request& request);

}  // namespace zonewright::accessibility
