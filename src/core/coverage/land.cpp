#include "core/coverage/land.h"

#include <algorithm>
#include <cmath>

#include "core/coverage/noding.h"
#include "core/coverage/settle.h"

namespace zonewright::coverage {
namespace {

constexpr std::int64_t kFine = 1024;                            // finer units in 1 mm
constexpr std::int64_t kLargestExtent = std::int64_t{1} << 31;  // mm: differences stay below 2^41 finer units
constexpr Label kParent = -2;

struct DirectedUse {
    GridPoint a;
    GridPoint b;
    Label zone;
    bool forward;
};

bool samePlace(const DirectedUse& u, const DirectedUse& v) {
    return u.a == v.a && u.b == v.b;
}

void sortByPlace(std::vector<DirectedUse>& uses) {
    std::sort(uses.begin(), uses.end(), [](const DirectedUse& u, const DirectedUse& v) {
        return std::tie(u.a, u.b, u.zone, u.forward) < std::tie(v.a, v.b, v.zone, v.forward);
    });
}

DirectedUse useOf(GridPoint from, GridPoint to, Label zone) {
    return from < to ? DirectedUse{from, to, zone, true} : DirectedUse{to, from, zone, false};
}

/// Leaves out the edges around which zones and parent lie as on shared boundary. Requires: sorted by place.
std::vector<DirectedUse> unshared(const std::vector<DirectedUse>& uses) {
    std::vector<DirectedUse> out;
    for (std::size_t i = 0; i < uses.size();) {
        int zones = 0;
        int parents = 0;
        std::size_t j = i;
        for (; j < uses.size() && samePlace(uses[i], uses[j]); ++j) {
            (uses[j].zone == kParent ? parents : zones) += uses[j].forward ? 1 : -1;
        }
        if (zones != 0 || parents != 0)
            out.insert(out.end(), uses.begin() + static_cast<std::ptrdiff_t>(i),
                       uses.begin() + static_cast<std::ptrdiff_t>(j));
        i = j;
    }
    return out;
}

}  // namespace

FineGrid FineGrid::over(const GridBox& extent) {
    if (extent.empty()) return {};
    const bool fits = std::max(extent.maxX - extent.minX, extent.maxY - extent.minY) < kLargestExtent;
    return {{extent.minX, extent.minY}, fits ? kFine : 1};
}

Point FineGrid::toPoint(GridPoint p) const {
    if (p.x % scale == 0 && p.y % scale == 0)
        return zonewright::toPoint({origin.x + p.x / scale, origin.y + p.y / scale});
    const auto metres = [&](std::int64_t o, std::int64_t v) {
        return (static_cast<double>(o) + static_cast<double>(v) / static_cast<double>(scale)) / kGridPerMetre;
    };
    return {metres(origin.x, p.x), metres(origin.y, p.y)};
}

double FineGrid::squareMetres(Wide twiceArea) const {
    return static_cast<double>(twiceArea) / (2e6 * static_cast<double>(scale) * static_cast<double>(scale));
}

Land::Land(std::vector<ZoneEdge> zones, std::vector<ZoneEdge> parent) {
    collect(std::move(zones), std::move(parent));
    std::vector<Subdivision::Segment> segments;
    segments.reserve(mPieces.size());
    for (const Piece& piece : mPieces) segments.push_back({piece.a, piece.b});
    mFaces.emplace(segments);
    countCover();
}

void Land::collect(std::vector<ZoneEdge> zones, std::vector<ZoneEdge> parent) {
    std::vector<DirectedUse> uses;
    uses.reserve(zones.size() + parent.size());
    for (const ZoneEdge& e : zones) uses.push_back(useOf(e.from, e.to, e.zone));
    for (const ZoneEdge& e : parent) uses.push_back(useOf(e.from, e.to, kParent));
    zones = {};
    sortByPlace(uses);
    uses = unshared(uses);

    GridBox extent;
    for (const DirectedUse& u : uses) extent.add(GridBox::of(u.a, u.b));
    mGrid = FineGrid::over(extent);
    std::vector<NodingInput> inputs;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        if (i == 0 || !samePlace(uses[i], uses[i - 1]))
            inputs.push_back({mGrid(uses[i].a), mGrid(uses[i].b), {}});
    }
    const auto chains = noded(inputs);
    std::vector<DirectedUse> fine;
    for (std::size_t i = 0, place = 0; i < uses.size(); ++i) {
        if (i > 0 && !samePlace(uses[i], uses[i - 1])) ++place;
        std::vector<GridPoint> whole{inputs[place].a, inputs[place].b};
        const std::vector<GridPoint>& chain = chains ? (*chains)[place] : whole;
        for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
            fine.push_back(uses[i].forward ? useOf(chain[k], chain[k + 1], uses[i].zone)
                                           : useOf(chain[k + 1], chain[k], uses[i].zone));
        }
    }
    sortByPlace(fine);
    fine = unshared(fine);
    for (std::size_t i = 0; i < fine.size(); ++i) {
        if (i == 0 || !samePlace(fine[i], fine[i - 1]))
            mPieces.push_back({fine[i].a, fine[i].b, 0, 0, static_cast<std::uint32_t>(mUses.size()), 0});
        (fine[i].zone == kParent ? mPieces.back().parents : mPieces.back().zones) += fine[i].forward ? 1 : -1;
        if (fine[i].zone == kParent) continue;
        mUses.push_back({fine[i].zone, fine[i].forward});
        ++mPieces.back().useCount;
    }
}

/// Steps from face to face; over a piece from its right to its left side the count grows by what it bounds.
void Land::countCover() {
    mZonesOn.assign(mFaces->faceCount(), 0);
    mParentsOn.assign(mFaces->faceCount(), 0);
    std::vector<std::vector<Subdivision::HalfEdge>> entering(mFaces->faceCount());
    for (Subdivision::HalfEdge h = 0; h < mFaces->halfEdgeCount(); ++h)
        entering[mFaces->faceOf(Subdivision::twin(h))].push_back(h);
    std::vector<bool> known(mFaces->faceCount(), false);
    std::vector<Face> open{0};
    known[0] = true;
    while (!open.empty()) {
        const Face from = open.back();
        open.pop_back();
        for (const Subdivision::HalfEdge h : entering[from]) {
            const Face to = mFaces->faceOf(h);
            if (known[to]) continue;
            known[to] = true;
            const int sign = (h & 1U) == 0 ? 1 : -1;
            mZonesOn[to] = mZonesOn[from] + sign * mPieces[h / 2].zones;
            mParentsOn[to] = mParentsOn[from] + sign * mPieces[h / 2].parents;
            open.push_back(to);
        }
    }
}

Land::Beside Land::beside(Face face) const {
    Beside out;
    for (const Subdivision::HalfEdge start : mFaces->boundaries(face)) {
        Subdivision::HalfEdge h = start;
        do {
            const Piece& piece = mPieces[h / 2];
            for (std::uint32_t i = piece.firstUse; i < piece.firstUse + piece.useCount; ++i) {
                const bool left = mUses[i].forward == ((h & 1U) == 0);
                (left ? out.covering : out.ending).push_back(mUses[i].zone);
            }
            h = mFaces->next(h);
        } while (h != start);
    }
    for (std::vector<Label>* labels : {&out.covering, &out.ending}) {
        std::sort(labels->begin(), labels->end());
        labels->erase(std::unique(labels->begin(), labels->end()), labels->end());
    }
    return out;
}

MultiPolygon Land::polygonOf(Face face) const {
    MultiPolygon out;
    Polygon& polygon = out.polygons.emplace_back();
    for (const std::vector<GridPoint>& points : simpleRings(*mFaces, face)) {
        Ring& ring = polygon.rings.emplace_back();
        for (const GridPoint& p : points) ring.push_back(mGrid.toPoint(p));
        ring.push_back(ring.front());
    }
    return out;
}

std::vector<GridPoint> Land::quartersInside(Face face) const {
    constexpr std::size_t most = 32;
    std::vector<std::pair<std::int64_t, Subdivision::HalfEdge>> pieces;
    const Subdivision::HalfEdge start = mFaces->boundaries(face).front();
    Subdivision::HalfEdge h = start;
    do {
        const GridPoint a = mFaces->from(h);
        const GridPoint b = mFaces->to(h);
        pieces.emplace_back(-(std::abs(b.x - a.x) + std::abs(b.y - a.y)), h);
        h = mFaces->next(h);
    } while (h != start);
    std::sort(pieces.begin(), pieces.end());
    if (pieces.size() > most) pieces.resize(most);
    const auto sign = [](std::int64_t v) {
        return static_cast<std::int64_t>(v > 0) - static_cast<std::int64_t>(v < 0);
    };
    std::vector<GridPoint> out;
    for (const auto& [length, edge] : pieces) {
        const GridPoint a = mFaces->from(edge);
        const GridPoint b = mFaces->to(edge);
        out.push_back({2 * (a.x + b.x) - sign(b.y - a.y), 2 * (a.y + b.y) + sign(b.x - a.x)});
    }
    return out;
}

}  // namespace zonewright::coverage
