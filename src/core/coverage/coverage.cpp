#include "core/coverage/coverage.h"

#include <cmath>

#include <fmt/format.h>

namespace zonewright::coverage {
namespace {

bool representable(const MultiPolygon& geometry) {
    bool good = true;
    forEachPoint(geometry, [&](const Point& p) { good = good && isPosition(p); });
    return good;
}

GridRing gridRing(const Ring& ring, std::uint32_t part, bool hole) {
    GridRing out{{}, part, hole, true};
    out.points.reserve(ring.size());
    for (const Point& p : ring) {
        const GridPoint g = toGrid(p);
        if (out.points.empty() || out.points.back() != g) out.points.push_back(g);
    }
    while (out.points.size() > 1 && out.points.back() == out.points.front()) out.points.pop_back();
    out.interiorLeft = (twiceAreaOnGrid(out.points) > 0) != hole;
    return out;
}

}  // namespace

GridZone gridZone(const MultiPolygon& geometry) {
    GridZone out;
    for (std::size_t part = 0; part < geometry.polygons.size(); ++part) {
        const Polygon& polygon = geometry.polygons[part];
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            GridRing ring = gridRing(polygon.rings[i], static_cast<std::uint32_t>(part), i > 0);
            if (ring.points.size() < 3) continue;
            for (const GridPoint& p : ring.points) out.box.add(p);
            out.rings.push_back(std::move(ring));
        }
    }
    return out;
}

Result<Coverage> Coverage::of(std::vector<Zone> zones, Options options) {
    Coverage out;
    out.mOptions = options;
    out.mZones = std::move(zones);
    out.mGrid.resize(out.mZones.size());
    out.mSlotOf.reserve(out.mZones.size());
    Fid largest{0};
    for (std::size_t i = 0; i < out.mZones.size(); ++i) {
        const Zone& zone = out.mZones[i];
        if (!representable(zone.geometry)) {
            return failure(ErrorCode::BadGeometry, "a coordinate is no number or too large",
                           fmt::format("feature {}", static_cast<std::int64_t>(zone.fid)));
        }
        if (!out.mSlotOf.emplace(zone.fid, static_cast<Slot>(i)).second) {
            return failure(ErrorCode::BadArgument, "a feature is given twice",
                           fmt::format("feature {}", static_cast<std::int64_t>(zone.fid)));
        }
        largest = std::max(largest, zone.fid);
        out.mGrid[i] = gridZone(zone.geometry);
    }
    const Fid following{static_cast<std::int64_t>(largest) + 1};
    out.mNextFid = options.firstNewFid == Fid{0} ? following : options.firstNewFid;
    out.mIsSinceTree.assign(out.mZones.size(), true);
    for (Slot slot = 0; slot < out.slotCount(); ++slot) out.mSinceTree.push_back(slot);
    out.reindexIfStale();
    return out;
}

std::vector<Fid> Coverage::fids() const {
    std::vector<Fid> out;
    out.reserve(mSlotOf.size());
    for (const auto& [fid, slot] : mSlotOf) out.push_back(fid);
    std::sort(out.begin(), out.end());
    return out;
}

std::optional<Coverage::Slot> Coverage::slotOf(Fid zone) const {
    const auto found = mSlotOf.find(zone);
    return found == mSlotOf.end() ? std::nullopt : std::optional(found->second);
}

const MultiPolygon* Coverage::find(Fid zone) const {
    const auto slot = slotOf(zone);
    return slot ? &geometryAt(*slot) : nullptr;
}

std::vector<Coverage::Slot> Coverage::slotsNear(const GridBox& box) const {
    std::vector<Slot> out;
    mTree.query(box, [&](std::uint32_t slot) {
        if (!mIsSinceTree[slot]) out.push_back(static_cast<Slot>(slot));
    });
    for (const Slot slot : mSinceTree) {
        if (gridAt(slot).box.intersects(box)) out.push_back(slot);
    }
    std::sort(out.begin(), out.end());
    return out;
}

Outcome<void> Coverage::commit(const std::vector<ZoneChange>& changes) {
    for (const ZoneChange& change : changes) {
        const MultiPolygon* held = find(change.zone);
        const bool asBefore = change.before ? held != nullptr && *held == *change.before : held == nullptr;
        if (!asBefore) {
            const Point place = held != nullptr && !boxOf(*held).empty()
                                    ? Point{boxOf(*held).minX, boxOf(*held).minY}
                                    : Point{};
            return refusal(ErrorCode::BadArgument,
                           fmt::format("feature {} is not as it was when the edit was made",
                                       static_cast<std::int64_t>(change.zone)),
                           place);
        }
        if (change.after && !representable(*change.after)) {
            return refusal(ErrorCode::BadGeometry, "a coordinate is no number or too large", Point{});
        }
    }
    for (const ZoneChange& change : changes) {
        auto slot = slotOf(change.zone);
        if (!slot) {
            slot = slotCount();
            mZones.push_back({change.zone, {}});
            mGrid.emplace_back();
            mIsSinceTree.push_back(false);
            mSlotOf.emplace(change.zone, *slot);
            mNextFid = std::max(mNextFid, Fid{static_cast<std::int64_t>(change.zone) + 1});
        }
        put(*slot, change.after ? &*change.after : nullptr);
    }
    reindexIfStale();
    return {};
}

void Coverage::put(Slot slot, const MultiPolygon* geometry) {
    const auto i = static_cast<std::size_t>(slot);
    if (geometry != nullptr) {
        mZones[i].geometry = *geometry;
        mGrid[i] = gridZone(*geometry);
    } else {
        mSlotOf.erase(mZones[i].fid);
        mZones[i].geometry = {};
        mGrid[i] = {};
    }
    if (!mIsSinceTree[i]) {
        mIsSinceTree[i] = true;
        mSinceTree.push_back(slot);
    }
}

void Coverage::reindexIfStale() {
    if (mSinceTree.size() < 64 + static_cast<std::size_t>(std::sqrt(static_cast<double>(mZones.size())))) {
        if (mSinceTree.size() < mZones.size()) return;
    }
    std::vector<GridBox> boxes;
    boxes.reserve(mGrid.size());
    for (const GridZone& zone : mGrid) boxes.push_back(zone.box);
    mTree = BoxTree(boxes);
    mSinceTree.clear();
    mIsSinceTree.assign(mZones.size(), false);
}

}  // namespace zonewright::coverage
