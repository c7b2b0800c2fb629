#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/units.h"
#include "core/coverage/edit.h"
#include "core/geometry/measure.h"
#include "core/plan/features.h"

namespace zonewright::editing {

/// What an edit did to one feature.
struct ChangedFeature {
    std::string layer;
    FeatureId id;
    Fid fid{};
    std::string name;  ///< of the layer's name field
    bool isNew = false;
    bool isRemoved = false;
    SquareMetres gained;  ///< planar, in the plan's CRS
    SquareMetres lost;
    SquareMetres gainedEllipsoidal;  ///< on the ellipsoid of the plan's CRS
    SquareMetres lostEllipsoidal;
};

/// Land that changed hands; an empty id is unzoned land.
struct LandFlow {
    std::string layer;
    FeatureId from;
    FeatureId to;
    SquareMetres area;  ///< planar
};

struct EditReport {
    std::int64_t changeSet = 0;  ///< 0 for a dry run
    std::vector<ChangedFeature> changed;
    std::vector<LandFlow> flows;
};

/// Gained and lost area of a change on the ellipsoid, from the pieces that the two geometries do not share.
struct EllipsoidalChange {
    SquareMetres gained;
    SquareMetres lost;
};
[[nodiscard]] Result<EllipsoidalChange> ellipsoidalChange(const coverage::ZoneChange& change, const Ellipsoid& ellipsoid);

}  // namespace zonewright::editing
