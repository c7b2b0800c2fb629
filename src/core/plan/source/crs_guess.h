#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/geometry/crs.h"
#include "core/geometry/types.h"
#include "core/plan/plan.h"

namespace zonewright::plan::source {

/// The area a plan is about: the yardstick for where foreign coordinates belong.
struct Reference {
    MultiPolygon district;  ///< in `crs`
    Crs crs;
};

/// The union of the plan's `district` layer; nothing when that layer is absent or empty.
[[nodiscard]] Result<std::optional<Reference>> referenceOf(const Plan& plan);

struct CrsGuess {
    std::string value;  ///< "EPSG:4549" or WKT; empty when it cannot be told
    bool declared = false;       ///< the file says so itself
    bool latitudeFirst = false;  ///< the first coordinate is latitude or northing: x and y must be exchanged
    Localized evidence;
    std::vector<std::string> candidates;  ///< when several fit
};

/// Where the bulk of the coordinates lies: the 2nd to the 98th hundredth of each axis, so that a stray (0, 0) does not
/// hide what the rest is. Coordinates that are not finite are left out.
[[nodiscard]] Box typicalBox(const std::vector<Geometry>& sample);

/// "x 119.67..120.20, y 31.33..31.81", for evidence.
[[nodiscard]] std::string shown(const Box& box);

/// Decides the CRS from what the file declares and what the numbers allow: degrees (and their order), zone-prefixed
/// and plain Gauss-Krueger eastings, Web Mercator. Candidates of equal right are decided by the reference when only one
/// of them lies on it. A declaration that the numbers contradict is set aside, and the evidence says so.
[[nodiscard]] CrsGuess guessCrs(const std::string& declared, const Box& typical, const std::optional<Reference>& reference);

}  // namespace zonewright::plan::source
