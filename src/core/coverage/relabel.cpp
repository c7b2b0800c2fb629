#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "core/coverage/balance.h"
#include "core/coverage/overlay.h"
#include "core/coverage/settle.h"

namespace zonewright::coverage {
namespace {

using Sides = std::vector<std::tuple<Label, GridPoint, GridPoint>>;

Sides sidesOf(const std::vector<NetworkEdge>& edges) {
    Sides out;
    for (const NetworkEdge& e : edges) {
        if (e.left != kUnzoned) out.emplace_back(e.left, e.a, e.b);
        if (e.right != kUnzoned) out.emplace_back(e.right, e.b, e.a);
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Zones that do not have the same directed edges in both.
std::vector<Label> zonesThatDiffer(const std::vector<NetworkEdge>& before,
                                   const std::vector<NetworkEdge>& after) {
    const Sides old = sidesOf(before);
    const Sides now = sidesOf(after);
    Sides differing;
    std::set_symmetric_difference(old.begin(), old.end(), now.begin(), now.end(),
                                  std::back_inserter(differing));
    std::vector<Label> out;
    for (const auto& [zone, from, to] : differing) {
        if (out.empty() || out.back() != zone) out.push_back(zone);
    }
    return out;
}

std::set<GridPoint> openEnds(const std::vector<NetworkEdge>& edges) {
    std::set<GridPoint> out;
    for (const NetworkEdge& e : edges) {
        if (e.isOpen()) out.insert({e.a, e.b});
    }
    return out;
}

/// The courses of open edges that drawing put vertices into; noding's idle vertices left out.
std::vector<LineString> newOuterCourses(const std::vector<NetworkEdge>& before,
                                        const std::vector<NetworkEdge>& after,
                                        const std::vector<std::vector<GridPoint>>& courses) {
    const std::set<GridPoint> old = openEnds(before);
    const std::set<GridPoint> now = openEnds(after);
    std::vector<LineString> out;
    for (const std::vector<GridPoint>& course : courses) {
        LineString line{toPoint(course.front())};
        for (auto p = course.begin() + 1; p + 1 != course.end(); ++p) {
            if (!old.contains(*p) && now.contains(*p)) line.push_back(toPoint(*p));
        }
        line.push_back(toPoint(course.back()));
        if (line.size() > 2) out.push_back(std::move(line));
    }
    return out;
}

}  // namespace

/// Land between zones and unzoned land changes hands only where the coverage allows it.
Outcome<void> Overlay::checkOuter(const Relabelling& wanted) const {
    const Options& options = mNetwork->coverage().options();
    if (options.kind == Kind::Disjoint || options.outerMayMove) return {};
    for (Face f = 1; f < mLabels.size(); ++f) {
        const GridPoint place = mFaces->from(mFaces->boundaries(f).front());
        if (mLabels[f] != kUnzoned && wanted.labels[f] == kUnzoned) {
            return refusal(ErrorCode::WouldLeaveGap, "land would be left without a zone", place);
        }
        if (mLabels[f] == kUnzoned && wanted.labels[f] != kUnzoned && !wanted.closesGaps) {
            return refusal(ErrorCode::WouldOverlap, "a zone would reach beyond the outer boundary", place);
        }
    }
    return {};
}

std::vector<NetworkEdge> Overlay::newEdges(const std::vector<Label>& labels) const {
    std::vector<NetworkEdge> out;
    for (HalfEdge h = 0; h < mFaces->halfEdgeCount(); h += 2) {
        const Label left = labels[mFaces->faceOf(h)];
        const Label right = labels[mFaces->faceOf(h + 1)];
        if (left != right) out.push_back(directed(mFaces->from(h), mFaces->to(h), left, right));
    }
    return out;
}

/// Takes out the vertices that noding put into a boundary at which no line has come to end: the boundary goes
/// straight there as it did before.
std::vector<NetworkEdge> Overlay::straightened(std::vector<NetworkEdge> edges) const {
    std::set<GridPoint> old;
    for (const NetworkEdge& e : mNetwork->edges()) {
        old.insert(e.a);
        old.insert(e.b);
    }
    std::unordered_map<GridPoint, int> degree;
    std::map<std::pair<GridPoint, GridPoint>, NetworkEdge> at;
    for (const NetworkEdge& e : edges) {
        ++degree[e.a];
        ++degree[e.b];
        at.emplace(std::pair(e.a, e.b), e);
    }
    const auto find = [&](GridPoint p, GridPoint q) { return at.find({std::min(p, q), std::max(p, q)}); };
    for (const std::vector<GridPoint>& course : mCourses) {
        GridPoint from = course.front();
        for (std::size_t k = 1; k + 1 < course.size(); ++k) {
            const GridPoint p = course[k];
            const auto before = find(from, p);
            const auto after = find(p, course[k + 1]);
            const bool idle = !old.contains(p) && degree[p] == 2 && before != at.end() && after != at.end() &&
                              from != course[k + 1] && find(from, course[k + 1]) == at.end();
            if (!idle) {
                from = p;
                continue;
            }
            const NetworkEdge joined =
                directed(from, course[k + 1], before->second.leftFrom(from), before->second.rightFrom(from));
            at.erase(before);
            at.erase(find(p, course[k + 1]));
            at.emplace(std::pair(joined.a, joined.b), joined);
        }
    }
    edges.clear();
    for (const auto& [place, edge] : at) edges.push_back(edge);
    return edges;
}

Outcome<Applied> Overlay::relabelled(const Relabelling& wanted) const {
    if (auto outer = checkOuter(wanted); !outer) return tl::unexpected(outer.error());
    const Coverage& coverage = mNetwork->coverage();
    const auto settled = Settlement::of(straightened(newEdges(wanted.labels)));
    if (!settled) return tl::unexpected(settled.error());
    std::vector<ZoneChange> changes;
    for (const Label zone : zonesThatDiffer(mNetwork->edges(), settled->edges())) {
        const bool isNew = zone >= coverage.slotCount();
        const std::vector<GridRing> none;
        ZoneChange change;
        change.zone = isNew ? Fid{static_cast<std::int64_t>(coverage.nextFid()) + zone - coverage.slotCount()}
                            : coverage.fidAt(zone);
        if (!isNew) change.before = coverage.geometryAt(zone);
        change.after = settled->polygons(zone, isNew ? none : mNetwork->rings(zone));
        if (!change.after && !std::binary_search(wanted.mayVanish.begin(), wanted.mayVanish.end(), zone)) {
            return refusal(
                ErrorCode::WouldCollapse,
                fmt::format("feature {} would lose all its land", static_cast<std::int64_t>(change.zone)),
                mNetwork->rings(zone).front().points.front());
        }
        changes.push_back(std::move(change));
    }
    if (changes.empty())
        return refusal(ErrorCode::BadArgument, "nothing would change",
                       mNetwork->edges().empty() ? GridPoint{} : mNetwork->edges().front().a);
    Applied applied = balanced(std::move(changes));
    applied.outerCourses = newOuterCourses(mNetwork->edges(), settled->edges(), mCourses);
    return applied;
}

}  // namespace zonewright::coverage
