#include "study.h"

#include <cmath>

#include <fmt/format.h>

#include "overlaps.h"

namespace zonewright::intensity {
namespace {

class Part final : public Progress {
public:
    Part(Progress& whole, double from, double to) : mWhole(whole), mFrom(from), mTo(to) {}
    bool report(double done, std::string_view what) override {
        return mWhole.report(mFrom + done * (mTo - mFrom), what);
    }

private:
    Progress& mWhole;
    double mFrom;
    double mTo;
};

Result<ZoneSums> measured(const Study& study, const Parcels& parcels, Progress& progress) {
    Result<ZoneSums> sums = sumUp(parcels, study.zones, study.ellipsoidal, progress);
    if (!sums) return sums;
    if (study.population) {
        if (auto done = addPopulation(*sums, study.zones, *study.population, progress); !done)
            return tl::unexpected(done.error());
    }
    return sums;
}

std::vector<Ratios> allRatios(const ZoneSums& sums, const Parcels& parcels, const LandUse& landUse) {
    std::vector<Ratios> out;
    for (const Sums& s : sums.zones) out.push_back(ratiosOf(s, parcels, landUse));
    return out;
}

/// Names the pairs of zones that share ground.
Result<void> nameZoneOverlaps(Study& study, Progress& progress) {
    const Result<std::vector<Overlap>> pairs = overlaps(study.zones.geometry, kOverlapTolerance, progress);
    if (!pairs) return tl::unexpected(pairs.error());
    for (const Overlap& pair : *pairs) {
        study.faults.push_back({FaultKind::ZoneOverlap,
                                study.zones.layer,
                                -1,
                                -1,
                                pair.area,
                                study.zones.codes[pair.first] + " / " + study.zones.codes[pair.second],
                                {}});
    }
    return {};
}

Result<void> computeAfter(Study& study, Progress& progress) {
    if (!study.changes && !study.buildOut) return {};
    Parcels after = study.parcels;
    if (study.changes) {
        Result<Parcels> changed = withChanges(study.parcels, *study.changes, progress);
        if (!changed) return tl::unexpected(changed.error());
        after = std::move(*changed);
    }
    if (study.buildOut) after = builtOut(std::move(after));
    Result<ZoneSums> sums = measured(study, after, progress);
    if (!sums) return tl::unexpected(sums.error());
    study.afterRatios = allRatios(*sums, after, study.landUse);
    study.afterAll = ratiosOf(sums->all, after, study.landUse);
    study.after = std::move(*sums);
    study.afterParcels = std::move(after);
    return {};
}

}  // namespace

Result<void> compute(Study& study, Progress& progress) {
    Part main(progress, 0, 0.6);
    Result<ZoneSums> sums = measured(study, study.parcels, main);
    if (!sums) return tl::unexpected(sums.error());
    study.sums = std::move(*sums);
    if (study.buildings) {
        if (auto done = addBuildings(study.sums, study.zones, *study.buildings, main); !done) return done;
    }
    study.ratios = allRatios(study.sums, study.parcels, study.landUse);
    study.all = ratiosOf(study.sums.all, study.parcels, study.landUse);
    for (const auto* faults : {&study.zones.faults, &study.parcels.faults}) {
        study.faults.insert(study.faults.end(), faults->begin(), faults->end());
    }
    if (study.changes)
        study.faults.insert(study.faults.end(), study.changes->faults.begin(), study.changes->faults.end());
    if (study.sums.zonesOverlap) {
        if (auto done = nameZoneOverlaps(study, progress); !done) return done;
    }
    Part levels(progress, 0.6, 0.8);
    for (Level& level : study.levels) {
        Result<ZoneSums> of = sumUp(study.parcels, level.zones, study.ellipsoidal, levels);
        if (!of) return tl::unexpected(of.error());
        level.sums = std::move(*of);
    }
    if (study.caps) study.control = compare(study.sums, *study.caps, study.warnAt);
    study.lowParcels = lowEfficiency(study.parcels, study.low);
    Part after(progress, 0.8, 1);
    return computeAfter(study, after);
}

}  // namespace zonewright::intensity
