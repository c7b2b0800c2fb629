#include "core/coverage/repair.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/coverage/cleaning.h"
#include "core/coverage/ring_check.h"
#include "core/coverage/ring_repair.h"
#include "core/geometry/measure.h"

namespace zonewright::coverage {
namespace {

constexpr int kMostRounds = 4;

bool isLand(const Fault& fault) {
    return fault.kind == FaultKind::Gap || fault.kind == FaultKind::Overlap ||
           fault.kind == FaultKind::OutsideParent;
}

double meanWidth(const Fault& fault) {
    double perimeter = 0;
    for (const Polygon& polygon : std::get<MultiPolygon>(fault.geometry).polygons) {
        for (const Ring& ring : polygon.rings) perimeter += planarLength(ring).value;
    }
    return perimeter > 0 ? 2 * fault.area.value / perimeter : 0;
}

std::string whyLeft(const Fault& fault, Metres maxGap) {
    switch (fault.kind) {
        case FaultKind::InvalidRing:
            return "which land the ring is meant to go around is not certain";
        case FaultKind::Sliver:
            return "it may be meant";
        case FaultKind::DuplicateVertex:
            return "its zone has an invalid ring";
        case FaultKind::Gap:
        case FaultKind::Overlap:
        case FaultKind::OutsideParent:
            break;
    }
    const double width = meanWidth(fault);
    return width > maxGap.value
               ? fmt::format("its mean width of {:.3f} m is more than {:.3f} m", width, maxGap.value)
               : "a zone beside it has an invalid ring or would vanish";
}

GridBox gridBoxOf(const Geometry& geometry) {
    GridBox box;
    forEachPoint(geometry, [&](const Point& p) { box.add(toGrid(p)); });
    return box;
}

class Repairer {
public:
    Repairer(std::span<const Zone> zones, const Repairing& options)
        : mOriginal(zones), mZones(zones.begin(), zones.end()), mOptions(options) {}

    Repair run() {
        std::vector<Fault> first = validate(mZones, mOptions.checks);
        repairRings(first);
        std::vector<Fault> now = validate(mZones, mOptions.checks);
        for (int round = 0; round < kMostRounds && repairLand(now); ++round)
            now = validate(mZones, mOptions.checks);

        Repair out;
        std::set<std::string> remaining;
        for (Fault& fault : now) {
            remaining.insert(fault.key);
            std::string reason = whyLeft(fault, mOptions.maxGap);
            out.left.push_back({std::move(fault), std::move(reason)});
        }
        for (Fault& fault : first) {
            if (!remaining.contains(fault.key)) out.repaired.push_back(std::move(fault));
        }
        for (std::size_t i = 0; i < mZones.size(); ++i) {
            if (mZones[i].geometry != mOriginal[i].geometry)
                out.changes.push_back({mZones[i].fid, mOriginal[i].geometry, mZones[i].geometry});
        }
        std::sort(out.changes.begin(), out.changes.end(),
                  [](const ZoneChange& a, const ZoneChange& b) { return a.zone < b.zone; });
        return out;
    }

private:
    /// Drops what carries no land; a ring that is invalid otherwise stays as it is.
    void repairRings(const std::vector<Fault>& faults) {
        std::set<Fid> touched;
        for (const Fault& fault : faults) {
            if (fault.kind == FaultKind::InvalidRing || fault.kind == FaultKind::DuplicateVertex)
                touched.insert(fault.features.front());
        }
        for (Zone& zone : mZones) {
            if (!touched.contains(zone.fid)) continue;
            bool positions = true;
            forEachPoint(zone.geometry, [&](const Point& p) { positions = positions && isPosition(p); });
            if (!positions) continue;
            MultiPolygon repaired = withoutIdleVertices(zone.geometry);
            if (!repaired.polygons.empty()) zone.geometry = std::move(repaired);
        }
    }

    /// True if it changed anything.
    bool repairLand(const std::vector<Fault>& faults) {
        std::vector<GridBox> places;
        for (const Fault& fault : faults) {
            if (isLand(fault) && meanWidth(fault) <= mOptions.maxGap.value)
                places.push_back(gridBoxOf(fault.geometry));
        }
        if (places.empty()) return false;
        std::set<Fid> invalid;
        for (const Fault& fault : faults) {
            if (fault.kind == FaultKind::InvalidRing) invalid.insert(fault.features.front());
        }
        std::vector<GridZone> grid;
        std::vector<Fid> fids;
        for (const Zone& zone : mZones) {
            fids.push_back(zone.fid);
            grid.push_back(invalid.contains(zone.fid) ? GridZone{} : gridZone(zone.geometry));
        }
        std::erase_if(places, [&](const GridBox& place) { return meetsInvalid(place, invalid); });
        if (places.empty()) return false;
        const GridZone parent = mOptions.checks.parent ? gridZone(*mOptions.checks.parent) : GridZone{};
        const CleaningInput input{grid, fids, mOptions.checks.parent ? &parent : nullptr,
                                  mOptions.checks.kind == Kind::Partition};
        bool changed = false;
        for (auto& [label, geometry] : cleaned(input, places, mOptions.maxGap.value * kGridPerMetre)) {
            MultiPolygon& held = mZones[static_cast<std::size_t>(label)].geometry;
            if (!geometry || *geometry == held) continue;
            held = std::move(*geometry);
            changed = true;
        }
        return changed;
    }

    bool meetsInvalid(const GridBox& place, const std::set<Fid>& invalid) const {
        if (invalid.empty()) return false;
        return std::any_of(mZones.begin(), mZones.end(), [&](const Zone& zone) {
            return invalid.contains(zone.fid) &&
                   gridBoxOf(Geometry(zone.geometry)).grownBy(2).intersects(place);
        });
    }

    std::span<const Zone> mOriginal;
    std::vector<Zone> mZones;
    const Repairing& mOptions;
};

}  // namespace

Repair repair(std::span<const Zone> zones, const Repairing& options) {
    return Repairer(zones, options).run();
}

}  // namespace zonewright::coverage
