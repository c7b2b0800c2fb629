#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/coverage/coverage.h"
#include "core/coverage/validate.h"

namespace zonewright::coverage {

struct Repairing {
    Validation checks;
    /// Gaps, overlaps and parts outside the parent with a larger mean width (2 area / perimeter) are left.
    Metres maxGap{0.1};
};

/// A fault that has no single right answer.
struct Unrepaired {
    Fault fault;
    std::string reason;  ///< English
};

struct Repair {
    std::vector<ZoneChange> changes;  ///< by ascending number
    std::vector<Fault> repaired;      ///< `validate` reports none of these any more
    std::vector<Unrepaired> left;     ///< all that `validate` still reports
};

/// Repairs what has one right answer and leaves everything else where it is.
///
/// - Repeated vertices go, and so do rings without land and spikes (a, b, a).
/// - A gap or an overlap no wider than `maxGap` goes to the zone that shares the longest boundary with it,
/// for an overlap
///   one of the zones in it (then the lowest number). Where a boundary lacks the vertex of a T-junction
///   beside it, this inserts the vertex.
/// - Land outside the parent no wider than `maxGap` is cut off.
/// Crossings between grid points go to the nearest one.
///
/// Cost: two validations and O(n log n) in the vertices of the zones around the faults.
[[nodiscard]] Repair repair(std::span<const Zone> zones, const Repairing& options = {});

}  // namespace zonewright::coverage
