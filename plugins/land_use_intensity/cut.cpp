#include "cut.h"

#include <algorithm>
#include <cmath>

#include "predicates.h"

namespace zonewright::intensity {
namespace {

double cross2(Point a, Point b, Point origin) {
    return (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
}

/// Shares below this are rounding.
constexpr double kLeastShare = 1e-6;

}  // namespace

Cutter::Outcome Cutter::cut(std::size_t parcel, double area) {
    mParts.clear();
    const Box box = boxOf(mParcels, parcel);
    const ZoneIndex::CellRange cells = mZones.cellsOf(box);
    mNear.clear();
    bool allEmpty = true;
    for (std::int32_t y = cells.y0; y <= cells.y1; ++y) {
        for (std::int32_t x = cells.x0; x <= cells.x1; ++x) {
            for (const std::uint32_t e : mZones.edgesIn(x, y)) {
                allEmpty = false;
                const ZoneEdge& edge = mZones.edges()[e];
                if (std::max(edge.a.x, edge.b.x) >= box.minX && std::min(edge.a.x, edge.b.x) <= box.maxX &&
                    std::max(edge.a.y, edge.b.y) >= box.minY && std::min(edge.a.y, edge.b.y) <= box.maxY) {
                    mNear.push_back(e);
                }
            }
        }
    }
    if (allEmpty) {
        // Cells without edges between them lie in the same zones; beyond the grid there are none.
        if (cells.x0 <= cells.x1 && mZones.contains(box)) {
            for (const std::uint32_t zone : mZones.zonesOf(cells.x0, cells.y0))
                mParts.push_back({zone, area});
        }
        return Outcome::InCells;
    }
    const Point origin = mParcels.pointsOf(parcel).front();
    if (mNear.empty()) {
        for (const std::uint32_t zone : mZones.zonesAt(origin)) mParts.push_back({zone, area});
        return Outcome::Whole;
    }
    std::sort(mNear.begin(), mNear.end());
    mNear.erase(std::unique(mNear.begin(), mNear.end()), mNear.end());
    collect(box, cells);
    binCandidates(box, mParcels.pointsOf(parcel).size());
    mAnyCrossing = false;
    walk(parcel, origin);
    addZoneEdges(parcel, origin);
    for (const Touched& t : mTouched) {
        if (t.twice / 2 > kLeastShare) mParts.push_back({t.zone, std::min(t.twice / 2, area)});
    }
    // Zones without an edge near the parcel hold all of it or nothing.
    for (const std::uint32_t zone : mZones.zonesAt(origin)) {
        const bool touched =
            std::any_of(mTouched.begin(), mTouched.end(), [&](const Touched& t) { return t.zone == zone; });
        if (!touched) mParts.push_back({zone, area});
    }
    std::sort(mParts.begin(), mParts.end(), [](const Part& a, const Part& b) { return a.zone < b.zone; });
    const bool whole = mParts.size() == 1 && mParts.front().area >= area * (1 - 1e-12);
    return whole || mParts.empty() ? Outcome::Whole : Outcome::Cut;
}

void Cutter::collect(const Box&, const ZoneIndex::CellRange&) {
    mCandidates.clear();
    mTouched.clear();
    mStamp = 0;
    for (const std::uint32_t e : mNear) {
        const std::uint32_t zone = mZones.edges()[e].zone;
        std::uint32_t slot = 0;
        // Edges come zone by zone, so the last slot is nearly always the right one.
        if (!mTouched.empty() && mTouched.back().zone == zone)
            slot = static_cast<std::uint32_t>(mTouched.size() - 1);
        else {
            slot = static_cast<std::uint32_t>(mTouched.size());
            mTouched.push_back({zone, 0, 0});
        }
        mCandidates.push_back({e, slot, 0, 0, 0});
    }
}

/// For large parcels by many edges: horizontal bins, so that a parcel edge looks only at zone edges at its
/// height.
void Cutter::binCandidates(const Box& box, std::size_t parcelEdges) {
    mBinStart.clear();
    if (mCandidates.size() * parcelEdges < 20000) return;
    const std::size_t bins = std::clamp<std::size_t>(mCandidates.size() / 4, 1, 1U << 16);
    mBinLow = box.minY;
    mBinSize = std::max((box.maxY - box.minY) / static_cast<double>(bins), 1e-9);
    const auto bin = [&](double y) {
        return static_cast<std::size_t>(
            std::clamp(std::floor((y - mBinLow) / mBinSize), 0.0, static_cast<double>(bins - 1)));
    };
    const auto forEach = [&](auto visit) {
        for (std::uint32_t c = 0; c < mCandidates.size(); ++c) {
            const ZoneEdge& e = mZones.edges()[mCandidates[c].edge];
            const std::size_t last = bin(std::max(e.a.y, e.b.y));
            for (std::size_t b = bin(std::min(e.a.y, e.b.y)); b <= last; ++b) visit(b, c);
        }
    };
    mBinStart.assign(bins + 1, 0);
    forEach([&](std::size_t b, std::uint32_t) { ++mBinStart[b + 1]; });
    for (std::size_t b = 0; b < bins; ++b) mBinStart[b + 1] += mBinStart[b];
    mBinned.resize(mBinStart.back());
    std::vector<std::uint32_t> next(mBinStart.begin(), mBinStart.end() - 1);
    forEach([&](std::size_t b, std::uint32_t c) { mBinned[next[b]++] = c; });
}

/// Along every ring: pieces of the parcel's edges inside each zone.
void Cutter::walk(std::size_t parcel, Point origin) {
    const auto [first, last] = mParcels.ringsOf(parcel);
    for (std::size_t r = first; r < last; ++r) {
        const std::span<const Point> ring = mParcels.ring(r);
        const std::vector<std::uint32_t> start = mZones.zonesAt(ring.front());
        for (Touched& t : mTouched) t.state = std::binary_search(start.begin(), start.end(), t.zone) ? 1 : 0;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point p = ring[i];
            const Point q = ring[i + 1 < ring.size() ? i + 1 : 0];
            const double weight = cross2(p, q, origin);
            for (Touched& t : mTouched) t.twice += weight * t.state;
            ++mStamp;
            if (mBinStart.empty()) {
                for (Candidate& c : mCandidates) cross(p, q, weight, c);
                continue;
            }
            const auto bins = static_cast<double>(mBinStart.size() - 2);
            const auto from = static_cast<std::size_t>(
                std::clamp(std::floor((std::min(p.y, q.y) - mBinLow) / mBinSize), 0.0, bins));
            const auto to = static_cast<std::size_t>(
                std::clamp(std::floor((std::max(p.y, q.y) - mBinLow) / mBinSize), 0.0, bins));
            for (std::uint32_t k = mBinStart[from]; k < mBinStart[to + 1]; ++k) {
                Candidate& c = mCandidates[mBinned[k]];
                if (c.stamp == mStamp) continue;
                c.stamp = mStamp;
                cross(p, q, weight, c);
            }
        }
    }
}

/// Where the parcel edge p -> q crosses the zone edge, both learn from there on whether they are inside.
void Cutter::cross(Point p, Point q, double weight, Candidate& candidate) {
    const ZoneEdge& e = mZones.edges()[candidate.edge];
    if (std::max(e.a.x, e.b.x) < std::min(p.x, q.x) || std::min(e.a.x, e.b.x) > std::max(p.x, q.x) ||
        std::max(e.a.y, e.b.y) < std::min(p.y, q.y) || std::min(e.a.y, e.b.y) > std::max(p.y, q.y)) {
        return;
    }
    const bool enters = parcelPointIsLeft(e.a, e.b, q);
    if (parcelPointIsLeft(e.a, e.b, p) == enters) return;
    const bool zoneEnters = zonePointIsLeft(p, q, e.b);
    if (zonePointIsLeft(p, q, e.a) == zoneEnters) return;
    mAnyCrossing = true;

    // Position along p -> q; between nearly parallel edges anything in their common stretch serves, as long
    // as both edges use the same place.
    const Point d{q.x - p.x, q.y - p.y};
    const Point z{e.b.x - e.a.x, e.b.y - e.a.y};
    const double length2 = d.x * d.x + d.y * d.y;
    const double s0 = turn(e.a, e.b, p);
    const double s1 = turn(e.a, e.b, q);
    const double ta = ((e.a.x - p.x) * d.x + (e.a.y - p.y) * d.y) / length2;
    const double tb = ((e.b.x - p.x) * d.x + (e.b.y - p.y) * d.y) / length2;
    double t = s0 / (s0 - s1);
    if (!(t >= 0 && t <= 1)) t = std::clamp((ta + tb) / 2, 0.0, 1.0);
    const Point place{p.x + t * d.x, p.y + t * d.y};
    const double u =
        std::clamp(((place.x - e.a.x) * z.x + (place.y - e.a.y) * z.y) / (z.x * z.x + z.y * z.y), 0.0, 1.0);

    const int sign = enters ? 1 : -1;
    Touched& touched = mTouched[candidate.slot];
    touched.twice += weight * sign * (1 - t);
    touched.state += sign;
    const int zoneSign = zoneEnters ? 1 : -1;
    candidate.inside += zoneSign * (1 - u);
    candidate.balance += zoneSign;
}

/// The pieces of the zones' edges inside the parcel.
void Cutter::addZoneEdges(std::size_t parcel, Point origin) {
    std::uint32_t expected = 0;
    bool known = false;
    int state = 0;
    for (const Candidate& c : mCandidates) {
        const ZoneEdge& e = mZones.edges()[c.edge];
        if (!known || c.edge != expected) state = parcelHolds(parcel, e.a) ? 1 : 0;
        mTouched[c.slot].twice += cross2(e.a, e.b, origin) * (state + c.inside);
        state += c.balance;
        expected = e.next;
        known = true;
    }
}

bool Cutter::parcelHolds(std::size_t parcel, Point s) const {
    bool inside = false;
    const auto [first, last] = mParcels.ringsOf(parcel);
    for (std::size_t r = first; r < last; ++r) {
        const std::span<const Point> ring = mParcels.ring(r);
        Point p = ring.back();
        for (const Point q : ring) {
            // The parcel lies moved up by an infinitely small amount: its point at the height of s counts as
            // above.
            if ((p.y >= s.y) != (q.y >= s.y) && zonePointIsLeft(p, q, s) == (q.y > p.y)) inside = !inside;
            p = q;
        }
    }
    return inside;
}

}  // namespace zonewright::intensity
