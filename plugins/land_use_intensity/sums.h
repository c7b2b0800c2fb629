#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "apportion.h"
#include "parcels.h"
#include "zones.h"

namespace zonewright::intensity {

/// A sum of many doubles that keeps its rounding error. Source: Neumaier 1974.
class ExactSum {
public:
    void add(double value) {
        const double sum = mSum + value;
        mRest += std::abs(mSum) >= std::abs(value) ? (mSum - sum) + value : (value - sum) + mSum;
        mSum = sum;
    }
    [[nodiscard]] double value() const { return mSum + mRest; }

private:
    double mSum = 0;
    double mRest = 0;
};

/// Of an area taken as a sum of pieces, relative; far below what coordinates of 1 mm can tell.
inline constexpr double kRounding = 1e-11;

/// What a zone, or all zones together, holds. Areas in m2.
struct Sums {
    double total = 0;  ///< area of the zone itself
    ExactSum land;     ///< parcels in it
    ExactSum construction;
    ExactSum industrial;
    ExactSum green;
    ExactSum farmland;
    ExactSum floorArea;
    ExactSum industrialFloorArea;
    ExactSum footprint;
    ExactSum output;      ///< 10,000 CNY a year
    ExactSum outputLand;  ///< land of the parcels whose output is known
    ExactSum tax;
    ExactSum taxLand;
    ExactSum population;
    std::vector<ExactSum> byClass;  ///< aligned with Parcels::classes
    std::int64_t parcels = 0;
    std::int64_t parcelsCut = 0;

    /// What no parcel covers; a difference within rounding is none.
    [[nodiscard]] double uncovered() const {
        const double rest = total - land.value();
        return std::abs(rest) > kRounding * total ? rest : 0;
    }
};

/// The sums of every zone, of all zones, and what lies outside.
struct ZoneSums {
    std::vector<Sums> zones;
    Sums all;               ///< sums over the zones
    double parcelLand = 0;  ///< m2 of all parcels
    double outside = 0;     ///< m2 of parcels outside every zone
    double residual = 0;    ///< parcelLand - outside - sum over zones: rounding, if zones do not overlap
    bool zonesOverlap = false;
    Apportioning parts;
};

/// Planar areas, or areas on the ellipsoid of the CRS when one is given. Requires: both in that CRS, in
/// metres. Errors: Cancelled.
[[nodiscard]] Result<ZoneSums> sumUp(const Parcels& parcels, const Zones& zones,
                                     const std::optional<Crs>& ellipsoidal, Progress& progress);

/// Replaces footprint and, when `floors` is not empty, floor area by what buildings stand in each zone.
[[nodiscard]] Result<void> addBuildings(ZoneSums& sums, const Zones& zones,
                                        const analysis::PolygonTable& buildings, Progress& progress);

/// Spreads the population of cells over the zones by area.
[[nodiscard]] Result<void> addPopulation(ZoneSums& sums, const Zones& zones,
                                         const analysis::PolygonTable& cells, Progress& progress);

/// Ratios; NaN where the denominator is zero or nothing was measured.
struct Ratios {
    double intensity = 0;        ///< construction / total
    double far = 0;              ///< floor area / construction land
    double grossFar = 0;         ///< floor area / total
    double density = 0;          ///< footprint / construction land
    double outputPerMu = 0;      ///< 10,000 CNY / mu of land with known output
    double taxPerMu = 0;         ///< 10,000 CNY / mu of land with known tax
    double industrialShare = 0;  ///< industrial / construction
    double industrialFar = 0;    ///< floor area on industrial land / industrial land
    double mix = 0;              ///< entropy over first-level classes of construction land, 0 to 1
    double greenShare = 0;       ///< green / total
    double farmlandShare = 0;    ///< farmland / total
    double populationPerKm2 = 0;
};

/// Land-use mix: -sum p ln p / ln N over N first-level classes of construction land.
/// Source: Cervero and Kockelman 1997, Travel demand and the 3Ds, Transportation Research D 2(3).
[[nodiscard]] Ratios ratiosOf(const Sums& sums, const Parcels& parcels, const LandUse& landUse);

}  // namespace zonewright::intensity
