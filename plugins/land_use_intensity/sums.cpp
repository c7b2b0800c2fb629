#include "sums.h"

#include <cmath>
#include <numeric>

#include <tbb/parallel_for.h>

#include "core/geometry/measure.h"

namespace zonewright::intensity {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kSquareMetresPerMu = 10000.0 / 15.0;

double amount(const Amounts& amounts, std::size_t parcel) {
    return amounts.empty() || std::isnan(amounts[parcel]) ? 0 : amounts[parcel];
}
bool isKnown(const Amounts& amounts, std::size_t parcel) {
    return !amounts.empty() && !std::isnan(amounts[parcel]);
}

/// Ellipsoidal over planar area of every feature; the share of a cut parcel is scaled like its whole.
Result<std::vector<double>> ellipsoidalFactors(const analysis::PolygonSet& set, const Crs& crs) {
    std::vector<double> out(set.size(), 1);
    Result<Ellipsoid> probe = Ellipsoid::of(crs);
    if (!probe) return tl::unexpected(probe.error());
    constexpr std::size_t kChunk = 512;
    tbb::parallel_for(std::size_t{0}, (set.size() + kChunk - 1) / kChunk, [&](std::size_t c) {
        const Result<Ellipsoid> ellipsoid = Ellipsoid::of(crs);
        for (std::size_t f = c * kChunk; f < std::min((c + 1) * kChunk, set.size()); ++f) {
            const double planar = areaOf(set, f).value;
            if (planar > 0 && ellipsoid) out[f] = ellipsoid->area(set.polygons(f)).value / planar;
        }
    });
    return out;
}

void addShare(Sums& sums, const Parcels& parcels, std::size_t parcel, std::pair<double, double> areaAndPart) {
    const auto [area, part] = areaAndPart;
    const LandUse::Class& c = parcels.classes[parcels.classOf[parcel]];
    sums.land.add(area);
    sums.byClass[parcels.classOf[parcel]].add(area);
    if (c.construction) sums.construction.add(area);
    if (c.industrial) sums.industrial.add(area);
    if (c.green) sums.green.add(area);
    if (c.farmland) sums.farmland.add(area);
    const double floor = amount(parcels.floorArea, parcel) * part;
    sums.floorArea.add(floor);
    if (c.industrial) sums.industrialFloorArea.add(floor);
    sums.footprint.add(amount(parcels.footprint, parcel) * part);
    if (isKnown(parcels.output, parcel)) {
        sums.output.add(parcels.output[parcel] * part);
        sums.outputLand.add(area);
    }
    if (isKnown(parcels.tax, parcel)) {
        sums.tax.add(parcels.tax[parcel] * part);
        sums.taxLand.add(area);
    }
    ++sums.parcels;
    if (part < 1 - 1e-12) ++sums.parcelsCut;
}

/// What each parcel has outside every zone; deficits within rounding are none.
void findOutside(ZoneSums& out, const std::vector<double>& factors) {
    std::vector<double> given(out.parts.parcelArea.size(), 0);
    for (const Share& share : out.parts.shares) given[share.parcel] += share.area;
    ExactSum land;
    ExactSum outside;
    for (std::size_t p = 0; p < given.size(); ++p) {
        const double area = out.parts.parcelArea[p];
        const double factor = factors.empty() ? 1 : factors[p];
        const double rest = area - given[p];
        land.add(area * factor);
        if (rest > 1e-6 + kRounding * area) outside.add(rest * factor);
    }
    out.parcelLand = land.value();
    out.outside = outside.value();
}

double ratio(double numerator, double denominator) {
    return denominator > 0 ? numerator / denominator : kNone;
}

}  // namespace

Result<ZoneSums> sumUp(const Parcels& parcels, const Zones& zones, const std::optional<Crs>& ellipsoidal,
                       Progress& progress) {
    Result<Apportioning> parts = apportion(parcels.geometry, zones.geometry, progress);
    if (!parts) return tl::unexpected(parts.error());
    ZoneSums out;
    out.parts = std::move(*parts);
    out.zonesOverlap = out.parts.zonesOverlap;
    std::vector<double> parcelFactors;
    std::vector<double> zoneFactors;
    if (ellipsoidal) {
        auto ofParcels = ellipsoidalFactors(parcels.geometry, *ellipsoidal);
        auto ofZones = ellipsoidalFactors(zones.geometry, *ellipsoidal);
        if (!ofParcels) return tl::unexpected(ofParcels.error());
        if (!ofZones) return tl::unexpected(ofZones.error());
        parcelFactors = std::move(*ofParcels);
        zoneFactors = std::move(*ofZones);
    }
    out.zones.resize(zones.size());
    out.all.byClass.resize(parcels.classes.size());
    ExactSum total;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        out.zones[z].byClass.resize(parcels.classes.size());
        out.zones[z].total = areaOf(zones.geometry, z).value * (zoneFactors.empty() ? 1 : zoneFactors[z]);
        total.add(out.zones[z].total);
    }
    out.all.total = total.value();
    std::uint32_t last = std::numeric_limits<std::uint32_t>::max();
    std::int64_t distinct = 0;
    std::int64_t cut = 0;
    for (const Share& share : out.parts.shares) {
        const double part = share.area / out.parts.parcelArea[share.parcel];
        const double area = share.area * (parcelFactors.empty() ? 1 : parcelFactors[share.parcel]);
        addShare(out.zones[share.zone], parcels, share.parcel, {area, part});
        addShare(out.all, parcels, share.parcel, {area, part});
        if (share.parcel != last) {
            ++distinct;
            if (part < 1 - 1e-12) ++cut;
        }
        last = share.parcel;
    }
    out.all.parcels = distinct;
    out.all.parcelsCut = cut;
    findOutside(out, parcelFactors);
    out.residual = out.parcelLand - out.outside - out.all.land.value();
    return out;
}

Result<void> addBuildings(ZoneSums& sums, const Zones& zones, const analysis::PolygonTable& buildings,
                          Progress& progress) {
    const Result<Apportioning> parts = apportion(buildings.geometry, zones.geometry, progress);
    if (!parts) return tl::unexpected(parts.error());
    const std::vector<double>& floors = buildings.columns.front().numbers;
    const bool counted = std::any_of(floors.begin(), floors.end(), [](double n) { return n > 0; });
    const auto clear = [&](Sums& s) {
        s.footprint = ExactSum();
        if (counted) s.floorArea = s.industrialFloorArea = ExactSum();
    };
    for (Sums& s : sums.zones) clear(s);
    clear(sums.all);
    for (const Share& share : parts->shares) {
        for (Sums* s : {&sums.zones[share.zone], &sums.all}) {
            s->footprint.add(share.area);
            if (counted && floors[share.parcel] > 0) s->floorArea.add(share.area * floors[share.parcel]);
        }
    }
    return {};
}

Result<void> addPopulation(ZoneSums& sums, const Zones& zones, const analysis::PolygonTable& cells,
                           Progress& progress) {
    const Result<Apportioning> parts = apportion(cells.geometry, zones.geometry, progress);
    if (!parts) return tl::unexpected(parts.error());
    const std::vector<double>& people = cells.columns.front().numbers;
    for (const Share& share : parts->shares) {
        const double here = people[share.parcel] * share.area / parts->parcelArea[share.parcel];
        if (!std::isfinite(here)) continue;
        sums.zones[share.zone].population.add(here);
        sums.all.population.add(here);
    }
    return {};
}

Ratios ratiosOf(const Sums& s, const Parcels& parcels, const LandUse& landUse) {
    Ratios r;
    const double construction = s.construction.value();
    r.intensity = ratio(construction, s.total);
    const bool floors = s.floorArea.value() > 0 || !parcels.floorArea.empty();
    const bool footprints = s.footprint.value() > 0 || !parcels.footprint.empty();
    r.far = floors ? ratio(s.floorArea.value(), construction) : kNone;
    r.grossFar = floors ? ratio(s.floorArea.value(), s.total) : kNone;
    r.density = footprints ? ratio(s.footprint.value(), construction) : kNone;
    r.outputPerMu = ratio(s.output.value(), s.outputLand.value() / kSquareMetresPerMu);
    r.taxPerMu = ratio(s.tax.value(), s.taxLand.value() / kSquareMetresPerMu);
    r.industrialShare = ratio(s.industrial.value(), construction);
    r.industrialFar = floors ? ratio(s.industrialFloorArea.value(), s.industrial.value()) : kNone;
    r.greenShare = ratio(s.green.value(), s.total);
    r.farmlandShare = ratio(s.farmland.value(), s.total);
    r.populationPerKm2 = s.population.value() > 0 ? ratio(s.population.value(), s.total / 1e6) : kNone;
    std::map<std::string, double> byLevel1;
    for (std::size_t c = 0; c < parcels.classes.size(); ++c) {
        if (parcels.classes[c].construction) byLevel1[parcels.classes[c].level1] += s.byClass[c].value();
    }
    double entropy = 0;
    for (const auto& [code, area] : byLevel1) {
        if (area > 0) entropy -= area / construction * std::log(area / construction);
    }
    const std::size_t most = std::max(landUse.constructionClasses(), byLevel1.size());
    r.mix = construction > 0 && most > 1 ? entropy / std::log(static_cast<double>(most)) : kNone;
    return r;
}

}  // namespace zonewright::intensity
