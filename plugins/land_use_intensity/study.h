#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dual_control.h"
#include "land_use.h"
#include "parcels.h"
#include "sums.h"
#include "zones.h"

namespace zonewright::intensity {

/// A coarser division of the same ground; the zones' sums must come to the same.
struct Level {
    Zones zones;
    ZoneSums sums;
};

/// Everything one run knows: what was read, then what was found. The report is made from it alone.
struct Study {
    // read
    Zones zones;
    Parcels parcels;
    std::vector<Level> levels;
    std::optional<Caps> caps;
    std::string capsLayer;  ///< of the plan, where caps of these zones may be set; empty for none
    std::optional<analysis::PolygonTable> buildings;
    std::optional<analysis::PolygonTable> population;
    std::optional<Parcels> changes;
    LandUse landUse;
    std::optional<Crs> ellipsoidal;  ///< the CRS when areas are taken on its ellipsoid
    bool buildOut = false;
    double warnAt = 0.9;
    LowThresholds low;

    // found
    ZoneSums sums;
    std::vector<Ratios> ratios;  ///< aligned with the zones
    Ratios all;
    std::vector<Control> control;  ///< aligned with the zones; empty without caps
    std::vector<LowEfficiency> lowParcels;
    std::optional<Parcels> afterParcels;
    std::optional<ZoneSums> after;
    std::vector<Ratios> afterRatios;
    Ratios afterAll;
    std::vector<Fault> faults;
};

/// Fills what is to be found. Errors: Cancelled, BadGeometry.
[[nodiscard]] Result<void> compute(Study& study, Progress& progress);

}  // namespace zonewright::intensity
