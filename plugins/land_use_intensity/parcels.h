#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/inputs.h"
#include "counted_once.h"
#include "land_use.h"

namespace zonewright::intensity {

/// Columns of a parcel layer; a name that is empty or (but for land use) not there is not measured.
struct ParcelFields {
    std::string landUse = "land_use";
    std::string floorArea = "floor_area_m2";
    std::string footprint = "footprint_m2";
    std::string output = "output_wan";
    std::string tax = "tax_wan";
    std::string permittedFar = "permitted_far";
    std::string statedArea;
    double squareMetres = 1;      ///< in the unit of floor area, footprint and stated area
    double areaTolerance = 0.05;  ///< relative difference of stated area and geometry that is no fault
};

/// Stated areas against those of the geometry, before any ground is taken away.
struct AreaCheck {
    /// Parcels whose relative difference is at most `upTo`, and above the bin before.
    struct Bin {
        double upTo = 0;
        std::int64_t parcels = 0;
        double stated = 0;    ///< m2
        double geometry = 0;  ///< m2
    };
    std::vector<Bin> bins;
    std::int64_t without = 0;  ///< parcels without a stated area
    double medianRatio = 0;    ///< stated / geometry; NaN without any
};

/// A quantity of every parcel; empty when the layer has no such column. Missing values are NaN.
using Amounts = std::vector<double>;

/// Parcels as they are measured: every polygon valid, ground counted once, amounts checked.
struct Parcels {
    std::string layer;
    analysis::PolygonSet geometry;
    std::vector<std::int64_t> fids;
    std::vector<std::uint32_t> classOf;  ///< index into `classes`
    std::vector<LandUse::Class> classes;
    Amounts floorArea;         // m2
    Amounts footprint;         // m2
    Amounts output;            // 10,000 CNY a year
    Amounts tax;               // 10,000 CNY a year
    Amounts permittedFar;      // 1
    Amounts statedArea;        // m2
    std::optional<AreaCheck> areaCheck;
    std::size_t read = 0;      ///< rows of the layer
    std::size_t rejected = 0;  ///< rows left out, each with its fault
    std::vector<Fault> faults;
    std::vector<Localized> missing;  ///< columns that are not there, and what is not measured therefore

    [[nodiscard]] std::size_t size() const { return geometry.size(); }
};

struct ParcelRequest {
    std::string parameter;
    analysis::LayerReference layer;
    ParcelFields fields;
    OverlapRule overlaps = OverlapRule::Once;
};

/// Errors: those of Inputs; UnknownField when the land-use column is named and not there.
[[nodiscard]] Result<Parcels> readParcels(analysis::Inputs& inputs, const ParcelRequest& request,
                                          const LandUse& landUse, Progress& progress);

/// The state after a change: the changed parcels as they are, the old ones around them. An old parcel that
/// loses ground to a changed one loses floor area and output in proportion.
[[nodiscard]] Result<Parcels> withChanges(const Parcels& before, const Parcels& changes, Progress& progress);

/// Every parcel built out to its permitted floor area ratio where that is more than what stands there.
[[nodiscard]] Parcels builtOut(Parcels parcels);

}  // namespace zonewright::intensity
