#include "core/coverage/move_session.h"

#include <algorithm>

#include "core/coverage/balance.h"
#include "core/coverage/settle.h"

namespace zonewright::coverage {
namespace {

using Verdict = BoundaryChange::Verdict;

std::string reasonOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::WouldCross:
            return "the moved boundary would cross another";
        case ErrorCode::WouldOverlap:
            return "a zone would come to lie in another";
        case ErrorCode::WouldCollapse:
            return "a part of a zone would turn inside out";
        case ErrorCode::WouldLeaveGap:
            return "the outer boundary would move";
        default:
            return {};
    }
}

/// The point t of steps along the way from a to b, on the grid.
GridPoint onTheWay(GridPoint a, GridPoint b, std::int64_t t, std::int64_t steps) {
    const auto part = [&](std::int64_t d) {
        const Wide scaled = static_cast<Wide>(d) * t;
        const Wide half = steps / 2;
        return static_cast<std::int64_t>(scaled >= 0 ? (scaled + half) / steps : -((-scaled + half) / steps));
    };
    return {a.x + part(b.x - a.x), a.y + part(b.y - a.y)};
}

}  // namespace

MoveSession::MoveSession(const Coverage& coverage, std::vector<GridPoint> moved)
    : mCoverage(&coverage), mMoved(std::move(moved)) {}

Outcome<MoveSession> MoveSession::ofVertex(const Coverage& coverage, Point vertex) {
    if (!isPosition(vertex)) return refusal(ErrorCode::BadArgument, "this is no position", vertex);
    return of(coverage, {toGrid(vertex)});
}

Outcome<MoveSession> MoveSession::ofEdge(const Coverage& coverage, Point a, Point b) {
    if (!isPosition(a) || !isPosition(b)) return refusal(ErrorCode::BadArgument, "this is no position", a);
    Outcome<MoveSession> session = of(coverage, {toGrid(a), toGrid(b)});
    if (!session) return session;
    if (!session->mNetwork->edgeBetween(toGrid(a), toGrid(b)))
        return refusal(ErrorCode::BadArgument, "no boundary edge joins these vertices", a);
    return session;
}

Outcome<MoveSession> MoveSession::of(const Coverage& coverage, std::vector<GridPoint> moved) {
    MoveSession session(coverage, std::move(moved));
    GridBox box;
    for (const GridPoint& p : session.mMoved) box.add(p);
    session.gather(box);
    if (session.mChange->removed().empty())
        return refusal(ErrorCode::BadArgument, "no boundary vertex is here", session.mMoved.front());
    if (session.mOpen) {
        for (const Label zone : session.mZones) box.add(coverage.gridAt(zone).box);
        session.gather(box.grownBy(std::max(box.maxX - box.minX, box.maxY - box.minY) / 2));
    }
    return session;
}

/// Takes the zones that meet `box` for the whole surroundings.
void MoveSession::gather(const GridBox& box) {
    mKnown = box;
    mNetwork = std::make_unique<Network>(*mCoverage, mCoverage->slotsNear(box));
    std::vector<std::uint32_t> star;
    for (const GridPoint& p : mMoved) {
        const std::vector<std::uint32_t> at = mNetwork->edgesAt(p);
        star.insert(star.end(), at.begin(), at.end());
    }
    std::sort(star.begin(), star.end());
    star.erase(std::unique(star.begin(), star.end()), star.end());
    mZones.clear();
    mOpen = false;
    for (const std::uint32_t i : star) {
        const NetworkEdge& edge = mNetwork->edges()[i];
        mOpen = mOpen || edge.isOpen();
        for (const Label zone : {edge.left, edge.right}) {
            if (zone != kUnzoned) mZones.push_back(zone);
        }
    }
    std::sort(mZones.begin(), mZones.end());
    mZones.erase(std::unique(mZones.begin(), mZones.end()), mZones.end());
    mChange = std::make_unique<BoundaryChange>(*mNetwork, std::move(star));
    mRings.clear();
    mAreas.clear();
    for (const Label zone : mZones) {
        mAreas.push_back({mCoverage->fidAt(zone), areaOf(mCoverage->geometryAt(zone))});
        const std::vector<GridRing>& rings = mNetwork->rings(zone);
        for (std::uint32_t r = 0; r < rings.size(); ++r) {
            const std::vector<GridPoint>& points = rings[r].points;
            TouchedRing touched{zone, rings[r].interiorLeft, 0, {}};
            for (std::size_t i = 0; i < points.size(); ++i) {
                if (!isMoved(points[i])) continue;
                touched.turnings.push_back({points[i == 0 ? points.size() - 1 : i - 1], points[i],
                                            points[i + 1 == points.size() ? 0 : i + 1]});
            }
            if (touched.turnings.empty()) continue;
            touched.twiceArea = twiceAreaOnGrid(points);
            mRings.push_back(std::move(touched));
        }
    }
    std::sort(mAreas.begin(), mAreas.end(),
              [](const ZoneArea& a, const ZoneArea& b) { return a.zone < b.zone; });
}

std::vector<Fid> MoveSession::zones() const {
    std::vector<Fid> out;
    for (const ZoneArea& zone : mAreas) out.push_back(zone.zone);
    return out;
}

GridPoint MoveSession::shifted(GridPoint p, GridPoint to) const {
    return isMoved(p) ? GridPoint{p.x + to.x - mMoved.front().x, p.y + to.y - mMoved.front().y} : p;
}

std::vector<NetworkEdge> MoveSession::movedEdges(GridPoint to) const {
    std::vector<NetworkEdge> out;
    out.reserve(mChange->removed().size());
    for (const std::uint32_t i : mChange->removed()) {
        const NetworkEdge& edge = mNetwork->edges()[i];
        out.push_back(directed(shifted(edge.a, to), shifted(edge.b, to), edge.left, edge.right));
    }
    return out;
}

/// By how much twice the ring's signed area grows: the edges into each moved vertex, and those out of it to
/// one that stays.
Wide MoveSession::areaGain(const TouchedRing& ring, GridPoint to) const {
    const GridPoint origin = mMoved.front();
    Wide gain = 0;
    const auto count = [&](GridPoint a, GridPoint b) {
        gain += edgeArea(shifted(a, to), shifted(b, to), origin) - edgeArea(a, b, origin);
    };
    for (const Turning& turning : ring.turnings) {
        count(turning.previous, turning.vertex);
        if (!isMoved(turning.next)) count(turning.vertex, turning.next);
    }
    return gain;
}

/// True when no edge beside unzoned land changes its course: only a vertex on a straight outer boundary may
/// slide there.
bool MoveSession::outerStays(GridPoint to) const {
    if (mMoved.size() > 1) {
        return std::none_of(mChange->removed().begin(), mChange->removed().end(),
                            [&](std::uint32_t i) { return mNetwork->edges()[i].isOpen(); });
    }
    std::vector<GridPoint> ends;
    for (const std::uint32_t i : mChange->removed()) {
        const NetworkEdge& edge = mNetwork->edges()[i];
        if (edge.isOpen()) ends.push_back(edge.other(mMoved.front()));
    }
    if (ends.empty()) return true;
    return ends.size() == 2 && liesInside(mMoved.front(), ends[0], ends[1]) &&
           liesInside(to, ends[0], ends[1]);
}

BoundaryChange::Finding MoveSession::findingAt(GridPoint to) {
    using Finding = BoundaryChange::Finding;
    if (to == mMoved.front()) return {};
    if (mOpen && mCoverage->options().kind == Kind::Partition && !mCoverage->options().outerMayMove &&
        !outerStays(to)) {
        return Finding{Verdict::Illegal, ErrorCode::WouldLeaveGap, to};
    }
    const std::vector<NetworkEdge> added = movedEdges(to);
    if (mOpen) {
        GridBox box;
        for (const NetworkEdge& edge : added) box.add(GridBox::of(edge.a, edge.b));
        if (!mKnown.contains(box)) {
            box.add(mKnown);
            gather(box.grownBy(std::max(box.maxX - box.minX, box.maxY - box.minY) / 2));
        }
    }
    Finding finding = mChange->check(added);
    if (finding.verdict != Verdict::Legal) return finding;
    for (const TouchedRing& ring : mRings) {
        const Wide after = ring.twiceArea + areaGain(ring, to);
        if ((after > 0) != (ring.twiceArea > 0) || after == 0)
            return Finding{Verdict::Illegal, ErrorCode::WouldCollapse, to};
    }
    return finding;
}

MovePreview MoveSession::preview(Point target) {
    MovePreview out;
    if (!isPosition(target)) {
        out.refused = refusal(ErrorCode::BadArgument, "this is no position", target).value();
        return out;
    }
    const GridPoint to = toGrid(target);
    const BoundaryChange::Finding finding = findingAt(to);
    if (finding.verdict == Verdict::Illegal) {
        out.refused = refusal(finding.code, reasonOf(finding.code), finding.place).value();
    } else if (finding.verdict == Verdict::Touches) {
        if (const auto rebuilt = rebuiltAt(to); !rebuilt) out.refused = rebuilt.error();
    }
    out.areas = mAreas;
    for (const TouchedRing& ring : mRings) {
        const SquareMetres gain = areaFromTwice(areaGain(ring, to));
        const Fid fid = mCoverage->fidAt(ring.zone);
        const auto area = std::lower_bound(out.areas.begin(), out.areas.end(), fid,
                                           [](const ZoneArea& a, Fid f) { return a.zone < f; });
        area->area += ring.interiorLeft ? gain : -gain;
    }
    return out;
}

std::vector<LineString> MoveSession::edges(Point to) const {
    std::vector<LineString> out;
    for (const NetworkEdge& edge : movedEdges(toGrid(to))) out.push_back({toPoint(edge.a), toPoint(edge.b)});
    return out;
}

Outcome<std::vector<ZoneChange>> MoveSession::rebuiltAt(GridPoint to) const {
    const auto settled = Settlement::of(mChange->exchanged(movedEdges(to)));
    if (!settled) return tl::unexpected(settled.error());
    std::vector<ZoneChange> changes;
    for (const Label zone : mZones) {
        std::vector<GridRing> old = mNetwork->rings(zone);
        for (GridRing& ring : old) {
            for (GridPoint& p : ring.points) p = shifted(p, to);
        }
        auto geometry = settled->polygons(zone, old);
        if (!geometry) return refusal(ErrorCode::WouldCollapse, "a zone would vanish", to);
        changes.push_back({mCoverage->fidAt(zone), mCoverage->geometryAt(zone), std::move(geometry)});
    }
    return changes;
}

Outcome<std::vector<ZoneChange>> MoveSession::changesAt(GridPoint to) {
    const BoundaryChange::Finding finding = findingAt(to);
    if (finding.verdict == Verdict::Illegal)
        return refusal(finding.code, reasonOf(finding.code), finding.place);
    if (finding.verdict == Verdict::Touches) return rebuiltAt(to);
    std::vector<ZoneChange> changes;
    if (to == mMoved.front()) return changes;
    for (const Label zone : mZones) {
        std::vector<GridRing> rings = mNetwork->rings(zone);
        for (GridRing& ring : rings) {
            for (GridPoint& p : ring.points) p = shifted(p, to);
        }
        changes.push_back({mCoverage->fidAt(zone), mCoverage->geometryAt(zone), toMultiPolygon(rings)});
    }
    return changes;
}

/// Halves the way between a legal and an illegal position until they are neighbours.
GridPoint MoveSession::farthestLegal(GridPoint to) {
    const GridPoint from = mMoved.front();
    const std::int64_t steps = std::max(std::abs(to.x - from.x), std::abs(to.y - from.y));
    std::int64_t legal = 0;
    std::int64_t illegal = steps;
    while (illegal - legal > 1) {
        const std::int64_t middle = legal + (illegal - legal) / 2;
        (findingAt(onTheWay(from, to, middle, steps)).verdict == Verdict::Legal ? legal : illegal) = middle;
    }
    return onTheWay(from, to, legal, steps);
}

Outcome<Applied> MoveSession::result(Point target) {
    if (!isPosition(target)) return refusal(ErrorCode::BadArgument, "this is no position", target);
    const GridPoint to = toGrid(target);
    Outcome<std::vector<ZoneChange>> changes = changesAt(to);
    if (changes) return balanced(std::move(*changes));
    Refusal refused = changes.error();
    refused.legal = toPoint(farthestLegal(to));
    return tl::unexpected<Refusal>(std::move(refused));
}

}  // namespace zonewright::coverage
