#include "core/coverage/balance.h"

#include <map>

#include "core/coverage/network.h"
#include "core/coverage/noding.h"
#include "core/coverage/subdivision.h"

namespace zonewright::coverage {
namespace {

/// Finer grid units in 1 mm.
constexpr std::int64_t kFine = 1024;
/// Differences up to 2^31 mm (2147 km) stay exact on the finer grid.
constexpr std::int64_t kLargestFineExtent = std::int64_t{1} << 31;

Wide twiceAreaOf(const GridZone& zone) {
    Wide area = 0;
    for (const GridRing& ring : zone.rings) {
        const Wide signedArea = twiceAreaOnGrid(ring.points);
        const Wide size = signedArea < 0 ? -signedArea : signedArea;
        area += ring.hole ? -size : size;
    }
    return area;
}

/// A moment of the changed zones: before or after. Labels are indices into the changes.
struct Moment {
    std::vector<GridZone> zones;
    std::vector<NetworkEdge> edges;
};

Moment momentOf(const std::vector<ZoneChange>& changes, bool after) {
    Moment out;
    std::vector<ZoneEdge> sides;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const auto& geometry = after ? changes[i].after : changes[i].before;
        out.zones.push_back(geometry ? gridZone(*geometry) : GridZone{});
        addZoneEdges(out.zones.back().rings, static_cast<Label>(i), sides);
    }
    out.edges = matched(std::move(sides)).edges;
    return out;
}

/// A finer grid with its origin near the change.
struct Frame {
    GridPoint origin;
    std::int64_t scale = 1;

    [[nodiscard]] GridPoint operator()(GridPoint p) const {
        return {(p.x - origin.x) * scale, (p.y - origin.y) * scale};
    }
};

/// The zone around a place, given in halves of the frame's unit, which lies on no boundary.
Label zoneAround(const Moment& moment, const Frame& frame, GridPoint halves) {
    const auto doubled = [&](GridPoint p) {
        const GridPoint q = frame(p);
        return GridPoint{2 * q.x, 2 * q.y};
    };
    for (std::size_t i = 0; i < moment.zones.size(); ++i) {
        const GridZone& zone = moment.zones[i];
        if (zone.box.empty()) continue;
        if (!GridBox::of(doubled({zone.box.minX, zone.box.minY}), doubled({zone.box.maxX, zone.box.maxY}))
                 .contains(halves))
            continue;
        int winding = 0;
        for (const GridRing& ring : zone.rings) {
            GridPoint last = doubled(ring.points.back());
            for (const GridPoint& p : ring.points) {
                const GridPoint here = doubled(p);
                const int c = rayCrossing(halves, last, here);
                winding += ring.interiorLeft ? c : -c;
                last = here;
            }
        }
        if (winding > 0) return static_cast<Label>(i);
    }
    return kUnzoned;
}

/// An edge that is not in both moments with the same sides.
struct ChangedEdge {
    GridPoint a;
    GridPoint b;
    const NetworkEdge* before = nullptr;
    const NetworkEdge* after = nullptr;
};

std::vector<ChangedEdge> changedEdges(const Moment& before, const Moment& after) {
    std::vector<ChangedEdge> out;
    const auto place = [](const NetworkEdge& e) { return std::pair(e.a, e.b); };
    auto o = before.edges.begin();
    auto n = after.edges.begin();
    while (o != before.edges.end() || n != after.edges.end()) {
        if (n == after.edges.end() || (o != before.edges.end() && place(*o) < place(*n))) {
            out.push_back({o->a, o->b, &*o, nullptr});
            ++o;
        } else if (o == before.edges.end() || place(*n) < place(*o)) {
            out.push_back({n->a, n->b, nullptr, &*n});
            ++n;
        } else {
            if (*o != *n) out.push_back({o->a, o->b, &*o, &*n});
            ++o;
            ++n;
        }
    }
    return out;
}

using Flows = std::map<std::pair<Label, Label>, double>;  // m2 by (from, to)

class FlowFinder {
public:
    FlowFinder(const Moment& before, const Moment& after)
        : mBefore(before), mAfter(after), mChanged(changedEdges(before, after)) {}

    Flows find() {
        GridBox box;
        for (const ChangedEdge& e : mChanged) box.add(GridBox::of(e.a, e.b));
        if (box.empty()) return {};
        const bool fine = std::max(box.maxX - box.minX, box.maxY - box.minY) < kLargestFineExtent;
        mFrame = {{box.minX, box.minY}, fine ? kFine : 1};
        std::vector<NodingInput> inputs;
        for (const ChangedEdge& e : mChanged) inputs.push_back({mFrame(e.a), mFrame(e.b), {}});
        const auto chains = noded(inputs);
        if (!chains) return {};
        collectPieces(*chains);
        return overFaces();
    }

private:
    /// What lay or lies left and right of a -> b, a < b.
    struct Sides {
        Label left = kUnzoned;
        Label right = kUnzoned;
    };
    struct Piece {
        GridPoint a;
        GridPoint b;
        std::optional<Sides> before;  ///< nothing where it was no boundary
        std::optional<Sides> after;
    };

    void collectPieces(const std::vector<std::vector<GridPoint>>& chains) {
        const auto sidesOf = [](const NetworkEdge* edge, bool forward) -> std::optional<Sides> {
            if (edge == nullptr) return std::nullopt;
            return forward ? Sides{edge->left, edge->right} : Sides{edge->right, edge->left};
        };
        for (std::size_t i = 0; i < chains.size(); ++i) {
            for (std::size_t k = 0; k + 1 < chains[i].size(); ++k) {
                const GridPoint p = chains[i][k];
                const GridPoint q = chains[i][k + 1];
                mPieces.push_back({std::min(p, q), std::max(p, q), sidesOf(mChanged[i].before, p < q),
                                   sidesOf(mChanged[i].after, p < q)});
            }
        }
        const auto place = [](const Piece& p) { return std::pair(p.a, p.b); };
        std::stable_sort(mPieces.begin(), mPieces.end(),
                         [&](const Piece& p, const Piece& q) { return place(p) < place(q); });
        std::vector<Piece> joined;
        for (const Piece& piece : mPieces) {
            if (joined.empty() || place(joined.back()) != place(piece)) joined.push_back(piece);
            if (piece.before) joined.back().before = piece.before;
            if (piece.after) joined.back().after = piece.after;
        }
        mPieces = std::move(joined);
    }

    Flows overFaces() const {
        std::vector<Subdivision::Segment> segments;
        for (const Piece& p : mPieces) segments.push_back({p.a, p.b});
        const Subdivision faces(segments);
        const double unitsInTwiceSquareMetre =
            2e6 * static_cast<double>(mFrame.scale) * static_cast<double>(mFrame.scale);
        Flows flows;
        for (Subdivision::Face face = 1; face < faces.faceCount(); ++face) {
            const auto [from, to] = sides(faces, face);
            if (from != to)
                flows[{from, to}] += static_cast<double>(faces.twiceArea(face)) / unitsInTwiceSquareMetre;
        }
        return flows;
    }

    /// The zones that had and have the face, read beside its longest piece: rounding matters least there.
    std::pair<Label, Label> sides(const Subdivision& faces, Subdivision::Face face) const {
        const Subdivision::HalfEdge start = faces.boundaries(face).front();
        Subdivision::HalfEdge best = start;
        std::int64_t longest = 0;
        Subdivision::HalfEdge h = start;
        do {
            const GridPoint a = faces.from(h);
            const GridPoint b = faces.to(h);
            const std::int64_t length = std::abs(a.x - b.x) + std::abs(a.y - b.y);
            if (length > longest) {
                longest = length;
                best = h;
            }
            h = faces.next(h);
        } while (h != start);
        const Piece& piece = mPieces[best / 2];
        const GridPoint middle{piece.a.x + piece.b.x, piece.a.y + piece.b.y};
        const auto side = [&](const std::optional<Sides>& there, const Moment& moment) {
            if (there) return (best & 1U) == 0 ? there->left : there->right;
            return zoneAround(moment, mFrame, middle);
        };
        return {side(piece.before, mBefore), side(piece.after, mAfter)};
    }

    const Moment& mBefore;
    const Moment& mAfter;
    std::vector<ChangedEdge> mChanged;
    Frame mFrame;
    std::vector<Piece> mPieces;
};

}  // namespace

SquareMetres areaFromTwice(Wide twiceArea) {
    return SquareMetres(static_cast<double>(twiceArea) / 2e6);
}

SquareMetres areaOf(const MultiPolygon& geometry) {
    return areaFromTwice(twiceAreaOf(gridZone(geometry)));
}

Edit Applied::inverse() const {
    Replace out;
    for (const ZoneChange& change : changes) out.zones.push_back({change.zone, change.after, change.before});
    return out;
}

Applied balanced(std::vector<ZoneChange> changes) {
    Applied out;
    std::sort(changes.begin(), changes.end(),
              [](const ZoneChange& a, const ZoneChange& b) { return a.zone < b.zone; });
    const Moment before = momentOf(changes, false);
    const Moment after = momentOf(changes, true);
    const Flows flows = FlowFinder(before, after).find();
    std::vector<double> gained(changes.size(), 0);
    const auto fid = [&](Label label) {
        return label == kUnzoned ? std::nullopt
                                 : std::optional(changes[static_cast<std::size_t>(label)].zone);
    };
    for (const auto& [between, area] : flows) {
        out.flows.push_back({fid(between.first), fid(between.second), SquareMetres(area)});
        if (between.second != kUnzoned) gained[static_cast<std::size_t>(between.second)] += area;
    }
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const double net = areaFromTwice(twiceAreaOf(after.zones[i]) - twiceAreaOf(before.zones[i])).value;
        const double won = std::max(gained[i], std::max(net, 0.0));
        out.areas.push_back({changes[i].zone, SquareMetres(won), SquareMetres(won - net)});
    }
    out.changes = std::move(changes);
    return out;
}

}  // namespace zonewright::coverage
