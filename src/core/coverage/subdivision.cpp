#include "core/coverage/subdivision.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/coverage/box_tree.h"

namespace zonewright::coverage {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

using Segment = Subdivision::Segment;

/// Of two segments that end at x or pass it, which is higher just left of x. Both: lower end's x < x <= upper
/// end's x.
bool isHigherLeftOf(std::int64_t x, const Segment& s, const Segment& t) {
    const Wide sRun = s.b.x - s.a.x;
    const Wide tRun = t.b.x - t.a.x;
    const Wide sRise = s.b.y - s.a.y;
    const Wide tRise = t.b.y - t.a.y;
    // y at x, relative to s.a.y, as fractions over sRun and tRun
    const Wide sY = sRise * (x - s.a.x);
    const Wide tY = tRise * (x - t.a.x) + tRun * (t.a.y - s.a.y);
    const Wide difference = sY * tRun - tY * sRun;
    if (difference != 0) return difference > 0;
    return sRise * tRun < tRise * sRun;  // equal at x: the flatter one came from above
}

}  // namespace

Subdivision::Subdivision(std::span<const Segment> edges) : mEdges(edges.begin(), edges.end()) {
    linkHalfEdges();
    traceCycles();
    nestCycles();
}

void Subdivision::linkHalfEdges() {
    const auto count = static_cast<HalfEdge>(mEdges.size() * 2);
    std::vector<HalfEdge> order(count);
    for (HalfEdge h = 0; h < count; ++h) order[h] = h;
    std::sort(order.begin(), order.end(), [&](HalfEdge g, HalfEdge h) {
        const GridPoint a = from(g);
        const GridPoint b = from(h);
        if (a != b) return a < b;
        return g != h && comesBefore(a, to(g), to(h));
    });
    mNext.assign(count, kNone);
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && from(order[j]) == from(order[i])) ++j;
        for (std::size_t k = i; k < j; ++k) {
            // Arriving against order[k], the face on the left goes on along the next edge clockwise.
            mNext[twin(order[k])] = order[k == i ? j - 1 : k - 1];
        }
        i = j;
    }
}

void Subdivision::traceCycles() {
    mCycle.assign(mNext.size(), kNone);
    for (HalfEdge start = 0; start < mNext.size(); ++start) {
        if (mCycle[start] != kNone) continue;
        const auto cycle = static_cast<std::uint32_t>(mCycleStart.size());
        Wide area = 0;
        const GridPoint origin = from(start);
        HalfEdge h = start;
        do {
            mCycle[h] = cycle;
            area += edgeArea(from(h), to(h), origin);
            h = mNext[h];
        } while (h != start);
        mCycleStart.push_back(start);
        mCycleArea.push_back(area);
    }
}

/// A cycle with positive area bounds a face from outside; every other cycle is the outer side of a connected
/// piece and lies in the face just left of its lowest leftmost vertex, which the edge below that place names.
void Subdivision::nestCycles() {
    mFaceOfCycle.assign(mCycleStart.size(), kNone);
    mFaceArea.assign(1, 0);
    mFaceBoundaries.resize(1);
    struct Island {
        GridPoint leftmost;
        std::uint32_t cycle;
    };
    std::vector<Island> islands;
    for (std::uint32_t cycle = 0; cycle < mCycleStart.size(); ++cycle) {
        if (mCycleArea[cycle] > 0) {
            mFaceOfCycle[cycle] = static_cast<Face>(mFaceArea.size());
            mFaceArea.push_back(mCycleArea[cycle]);
            mFaceBoundaries.push_back({mCycleStart[cycle]});
            continue;
        }
        GridPoint leftmost = from(mCycleStart[cycle]);
        for (HalfEdge h = mNext[mCycleStart[cycle]]; h != mCycleStart[cycle]; h = mNext[h])
            leftmost = std::min(leftmost, from(h));
        islands.push_back({leftmost, cycle});
    }
    std::sort(islands.begin(), islands.end(),
              [](const Island& a, const Island& b) { return a.leftmost < b.leftmost; });

    std::vector<GridBox> boxes;
    boxes.reserve(mEdges.size());
    for (const Segment& e : mEdges) {
        boxes.push_back(GridBox::of(e.a, e.b));
        mExtent.add(boxes.back());
    }
    mTree = BoxTree(boxes);
    for (const Island& island : islands) {
        const std::optional<HalfEdge> below = halfEdgeBelow(island.leftmost);
        const Face face = below ? mFaceOfCycle[mCycle[*below]] : 0;
        mFaceOfCycle[island.cycle] = face;
        mFaceBoundaries[face].push_back(mCycleStart[island.cycle]);
        if (face != 0) mFaceArea[face] += mCycleArea[island.cycle];
    }
}

/// The half-edge with the place just left of p above it, the nearest below p.
std::optional<Subdivision::HalfEdge> Subdivision::halfEdgeBelow(GridPoint p) const {
    std::optional<Segment> best;
    std::optional<HalfEdge> out;
    mTree.query({p.x, mExtent.minY, p.x, p.y}, [&](std::uint32_t i) {
        const bool forward = mEdges[i].a.x < mEdges[i].b.x;
        const Segment s = forward ? mEdges[i] : Segment{mEdges[i].b, mEdges[i].a};
        if (!(s.a.x < p.x && p.x <= s.b.x) || turn(s.a, s.b, p) <= 0) return;
        if (!best || isHigherLeftOf(p.x, s, *best)) {
            best = s;
            out = forward ? 2 * i : 2 * i + 1;
        }
    });
    return out;
}

Subdivision::Face Subdivision::faceAt(GridPoint p) const {
    const std::optional<HalfEdge> below = halfEdgeBelow(p);
    return below ? faceOf(*below) : 0;
}

}  // namespace zonewright::coverage
