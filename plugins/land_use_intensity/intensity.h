#pragma once

#include "core/analysis/module.h"
#include "study.h"

namespace zonewright::intensity {

[[nodiscard]] analysis::Description describe();

/// One run: its parameters, then the study they ask for.
class IntensityRun final : public analysis::Run {
public:
    void declare(analysis::ParameterSet& parameters) override;
    [[nodiscard]] Result<void> prepare(analysis::Inputs& inputs, Progress& progress) override;
    [[nodiscard]] Result<analysis::Outcome> run(Progress& progress) override;

private:
    [[nodiscard]] Result<void> prepareZones(analysis::Inputs& inputs, Progress& progress);
    [[nodiscard]] Result<void> prepareExtras(analysis::Inputs& inputs, Progress& progress);
    /// Whether an input is to be read: one that is only a default belongs to the plan's own parcels and may
    /// be absent.
    [[nodiscard]] Result<bool> wanted(const analysis::Inputs& inputs, const analysis::LayerReference& layer,
                                      const char* standard) const;
    void declareMeasures(analysis::ParameterSet& parameters);
    void declareScenario(analysis::ParameterSet& parameters);

    analysis::LayerReference mZones{"clusters"};
    analysis::FieldName mZoneField;
    analysis::LayerReference mCross;
    std::string mGrid = "none";
    Metres mGridSize{500};
    analysis::LayerReference mExtent{"district"};
    std::vector<analysis::LayerReference> mLevels{{"clusters"}, {"district"}};
    analysis::LayerReference mParcels{"parcels"};
    analysis::FieldName mLandUse{"land_use"};
    analysis::FieldName mFloorArea{"floor_area_m2"};
    analysis::FieldName mFootprint{"footprint_m2"};
    analysis::FieldName mOutput{"output_wan"};
    analysis::FieldName mTax{"tax_wan"};
    analysis::FieldName mPermittedFar{"permitted_far"};
    analysis::FieldName mStatedArea;
    double mAreaTolerance = 0.05;
    std::string mAreaUnit = "m2";
    std::vector<std::string> mConstruction;
    std::string mOverlaps = "once";
    std::string mArea = "planar";
    analysis::LayerReference mBuildings;
    analysis::FieldName mFloors{"floors"};
    analysis::LayerReference mPopulation{"population_grid"};
    analysis::FieldName mPopulationField{"population"};
    analysis::LayerReference mCaps{"intensity_caps"};
    double mWarnAt = 0.9;
    double mLowFar = 0;
    double mLowOutput = 0;
    analysis::LayerReference mScenario;
    bool mBuildOut = false;

    Study mStudy;
};

}  // namespace zonewright::intensity
