#include "dual_control.h"

#include <cmath>
#include <limits>
#include <unordered_map>

namespace zonewright::intensity {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kSquareMetresPerMu = 10000.0 / 15.0;

}  // namespace

std::string_view nameOf(Light light) {
    switch (light) {
        case Light::None:
            return "none";
        case Light::Green:
            return "green";
        case Light::Amber:
            return "amber";
        case Light::Red:
            return "red";
    }
    return "";
}

Localized titleOf(Light light) {
    switch (light) {
        case Light::Green:
            return {"绿：有余量", "green: room left"};
        case Light::Amber:
            return {"黄：接近上限", "amber: near the cap"};
        case Light::Red:
            return {"红：超上限", "red: above the cap"};
        case Light::None:
            break;
    }
    return {"无上限", "no cap"};
}

Result<Caps> readCaps(analysis::Inputs& inputs, const analysis::LayerReference& table, const Zones& zones,
                      Progress& progress) {
    Result<analysis::LayerSnapshot> rows =
        inputs.read({.parameter = "caps",
                     .layer = table,
                     .fields = {"zone"},
                     .optionalFields = {"zone_layer", "construction_cap_ha", "intensity_cap"},
                     .textFields = {}},
                    progress);
    if (!rows) return tl::unexpected(rows.error());
    std::unordered_map<std::string, std::size_t> byCode;
    for (std::size_t z = 0; z < zones.size(); ++z) byCode.emplace(zones.codes[z], z);
    Caps out;
    out.ofZone.resize(zones.size());
    if (inputs.plan() != nullptr) {
        const Result<bool> own = inputs.plan()->hasLayer(table.text);
        if (own && *own) out.layer = table.text;
    }
    for (const plan::Feature& row : rows->features) {
        const std::string layer = plan::asText(row.values[1]);
        if (!layer.empty() && layer != zones.layer) continue;
        const auto zone = byCode.find(plan::asText(row.values[0]));
        if (zone == byCode.end()) {
            out.unmatched.push_back(plan::asText(row.values[0]));
            continue;
        }
        out.ofZone[zone->second] =
            Cap{plan::asNumber(row.values[2]).value_or(kNone), plan::asNumber(row.values[3]).value_or(kNone)};
    }
    return out;
}

std::vector<Control> compare(const ZoneSums& sums, const Caps& caps, double warnAt) {
    std::vector<Control> out(sums.zones.size());
    for (std::size_t z = 0; z < out.size(); ++z) {
        if (!caps.ofZone[z]) continue;
        Control& c = out[z];
        c.capped = true;
        c.cap = *caps.ofZone[z];
        const double construction = sums.zones[z].construction.value();
        c.headroomHa = c.cap.constructionHa - construction / 10000;
        c.intensityHeadroom = c.cap.intensity - construction / sums.zones[z].total;
        const double used = construction / 10000 / c.cap.constructionHa;
        const double usedShare = construction / sums.zones[z].total / c.cap.intensity;
        c.used = std::fmax(used, usedShare);
        if (std::isnan(c.used)) continue;
        c.light = c.used > 1 ? Light::Red : c.used >= warnAt ? Light::Amber : Light::Green;
    }
    return out;
}

std::vector<LowEfficiency> lowEfficiency(const Parcels& parcels, const LowThresholds& thresholds) {
    std::vector<LowEfficiency> out;
    if (!(thresholds.far > 0) || parcels.floorArea.empty()) return out;
    for (std::uint32_t p = 0; p < parcels.size(); ++p) {
        if (!parcels.classes[parcels.classOf[p]].industrial) continue;
        const double area = areaOf(parcels.geometry, p).value;
        if (!(area > 0)) continue;
        const double far = parcels.floorArea[p] / area;
        const double output =
            parcels.output.empty() ? kNone : parcels.output[p] / (area / kSquareMetresPerMu);
        const bool lowOutput = !(thresholds.outputPerMu > 0) || output < thresholds.outputPerMu;
        if (far < thresholds.far && lowOutput) out.push_back({p, area, far, output});
    }
    return out;
}

}  // namespace zonewright::intensity
