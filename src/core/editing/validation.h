#pragma once

#include <string>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/coverage/repair.h"
#include "core/coverage/validate.h"
#include "core/plan/plan.h"

namespace zonewright::editing {

/// A fault of one layer of a plan.
struct LayerFault {
    std::string layer;
    std::vector<FeatureId> features;  ///< aligned with fault.features
    coverage::Fault fault;
};

struct LayerValidation {
    std::int64_t checked = 0;  ///< features looked at
    std::vector<LayerFault> faults;
};

/// Geometry validity of the layer and, as far as the catalogue asks for it, its partition or disjoint topology.
/// A layer without polygons has no faults: its geometry was checked when it was read. Errors: UnknownLayer; BadGeometry
/// for bytes that are no geometry.
[[nodiscard]] Result<LayerValidation> validateLayer(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const std::string& layer);

struct RepairReport {
    std::int64_t changeSet = 0;  ///< 0 when nothing was written
    std::int64_t changed = 0;    ///< features
    std::vector<LayerFault> repaired;
    struct Left {
        LayerFault fault;
        std::string reason;
    };
    std::vector<Left> left;
};

struct RepairOptions {
    Metres maxGap{0.1};
    bool dryRun = false;
};

/// Repairs what has one right answer (coverage::repair) as one change-set.
[[nodiscard]] Result<RepairReport> repairLayer(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const std::string& layer,
                                               RepairOptions options);

}  // namespace zonewright::editing
