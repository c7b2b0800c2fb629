#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/polygons.h"
#include "zone_index.h"

namespace zonewright::intensity {

/// Cuts one parcel after another by the zones; keeps its working memory. One instance a thread.
class Cutter {
public:
    Cutter(const analysis::PolygonSet& parcels, const ZoneIndex& zones) : mParcels(parcels), mZones(zones) {}

    enum class Outcome { InCells, Whole, Cut };
    struct Part {
        std::uint32_t zone = 0;
        double area = 0;
    };

    /// Fills `parts`, ascending by zone.
    Outcome cut(std::size_t parcel, double area);
    [[nodiscard]] const std::vector<Part>& parts() const { return mParts; }

private:
    /// A zone edge near the parcel, and how much of it lies inside.
    struct Candidate {
        std::uint32_t edge = 0;
        std::uint32_t slot = 0;   // of its zone in mTouched
        double inside = 0;        // sum over crossings of +-(1 - u)
        int balance = 0;          // sum over crossings of +-1
        std::uint32_t stamp = 0;  // the parcel edge that looked at it last
    };
    /// A zone with an edge near the parcel.
    struct Touched {
        std::uint32_t zone = 0;
        int state = 0;     // 1 while the walk along the ring is inside
        double twice = 0;  // twice the area so far
    };

    void collect(const Box& box, const ZoneIndex::CellRange& cells);
    void binCandidates(const Box& box, std::size_t parcelEdges);
    void walk(std::size_t parcel, Point origin);
    void cross(Point p, Point q, double weight, Candidate& candidate);
    void addZoneEdges(std::size_t parcel, Point origin);
    [[nodiscard]] bool parcelHolds(std::size_t parcel, Point s) const;

    const analysis::PolygonSet& mParcels;
    const ZoneIndex& mZones;
    std::vector<std::uint32_t> mNear;
    std::vector<Candidate> mCandidates;
    std::vector<Touched> mTouched;
    std::vector<std::uint32_t> mBinStart;  // empty: few enough to look at all
    std::vector<std::uint32_t> mBinned;
    double mBinLow = 0;
    double mBinSize = 1;
    std::uint32_t mStamp = 0;
    bool mAnyCrossing = false;
    std::vector<Part> mParts;
};

}  // namespace zonewright::intensity
