#pragma once

#include <string>
#include <vector>

#include "core/analysis/inputs.h"
#include "core/base/localized.h"
#include "sums.h"

namespace zonewright::intensity {

/// A zone's caps as the plan sets them; NaN where one is not set.
struct Cap {
    double constructionHa = 0;
    double intensity = 0;  ///< construction land / total land, 0 to 1
};

enum class Light { None, Green, Amber, Red };  ///< no cap, below the warning share, above it, above the cap
[[nodiscard]] std::string_view nameOf(Light light);
[[nodiscard]] Localized titleOf(Light light);

/// A zone against its caps.
struct Control {
    bool capped = false;
    Cap cap;
    double headroomHa = 0;         ///< NaN without that cap; negative when exceeded
    double intensityHeadroom = 0;  ///< likewise
    double used = 0;               ///< the larger share of the two caps
    Light light = Light::None;
};

/// Caps of the zones from a table (zone_layer, zone, construction_cap_ha, intensity_cap), aligned with the
/// zones; rows of other zone layers are passed over, rows that name no zone are reported in `unmatched`.
struct Caps {
    std::vector<std::optional<Cap>> ofZone;
    std::vector<std::string> unmatched;
    std::string layer{};  ///< of the plan that they stand in; empty for a file
};
[[nodiscard]] Result<Caps> readCaps(analysis::Inputs& inputs, const analysis::LayerReference& table,
                                    const Zones& zones, Progress& progress);

/// `warnAt`: share of a cap from which the light is amber.
[[nodiscard]] std::vector<Control> compare(const ZoneSums& sums, const Caps& caps, double warnAt);

/// Parcels of built industrial land below both thresholds.
struct LowEfficiency {
    std::uint32_t parcel = 0;
    double area = 0;  ///< m2
    double far = 0;
    double outputPerMu = 0;  ///< 10,000 CNY; NaN when unknown
};
struct LowThresholds {
    double far = 0;
    double outputPerMu = 0;  ///< 10,000 CNY a year; 0 leaves output out of the test
};
[[nodiscard]] std::vector<LowEfficiency> lowEfficiency(const Parcels& parcels,
                                                       const LowThresholds& thresholds);

}  // namespace zonewright::intensity
