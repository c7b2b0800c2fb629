#include <algorithm>

#include "core/coverage/balance.h"
#include "core/coverage/edit.h"
#include "core/coverage/network.h"
#include "core/coverage/overlay.h"
#include "core/coverage/settle.h"

namespace zonewright::coverage {
namespace {

bool liesOn(GridPoint p, GridPoint a, GridPoint b) { return p == a || p == b || liesInside(p, a, b); }

/// The boundary with the straight run from a to b taken out, and what lay beside the run.
struct Opened {
    std::vector<NetworkEdge> edges;
    Label left = kUnzoned;
    Label right = kUnzoned;
};

/// Nothing unless boundary runs all the way and the same two zones lie beside it.
std::optional<Opened> opened(const std::vector<NetworkEdge>& edges, GridPoint a, GridPoint b) {
    Opened out;
    std::vector<std::pair<GridPoint, GridPoint>> run;  // pieces from the lower to the upper end
    const auto [low, high] = std::minmax(a, b);
    for (const NetworkEdge& e : edges) {
        const bool parallel = turn(a, b, e.a) == 0 && turn(a, b, e.b) == 0;
        const GridPoint from = std::max(e.a, low);
        const GridPoint to = std::min(e.b, high);
        if (!parallel || !(from < to) || !liesOn(from, a, b) || !liesOn(to, a, b)) {
            out.edges.push_back(e);
            continue;
        }
        if (!run.empty() && (e.left != out.left || e.right != out.right)) return std::nullopt;
        out.left = e.left;
        out.right = e.right;
        run.emplace_back(from, to);
        if (e.a < from) out.edges.push_back({e.a, from, e.left, e.right});
        if (to < e.b) out.edges.push_back({to, e.b, e.left, e.right});
    }
    std::sort(run.begin(), run.end());
    GridPoint reached = low;
    for (const auto& [from, to] : run) {
        if (from != reached) return std::nullopt;
        reached = to;
    }
    if (reached != high) return std::nullopt;
    if (b < a) std::swap(out.left, out.right);
    return out;
}

bool runsAlong(const Network& network, const GridLine& course) {
    for (std::size_t i = 0; i + 1 < course.size(); ++i) {
        if (!network.edgeBetween(course[i], course[i + 1])) return false;
    }
    return true;
}

}  // namespace

Outcome<Applied> followCourse(Coverage& coverage, const LineString& course) {
    const Outcome<GridLine> line = gridLine(course);
    if (!line) return tl::unexpected(line.error());
    const Network network(coverage, coverage.slotsNear(boxOfLines({*line}).grownBy(1)));
    if (runsAlong(network, *line)) return Applied{};
    std::optional<Opened> boundary = opened(network.edges(), line->front(), line->back());
    if (!boundary) return refusal(ErrorCode::BadArgument, "no boundary of the same zones runs here", line->front());
    for (std::size_t i = 0; i + 1 < line->size(); ++i) {
        boundary->edges.push_back(directed((*line)[i], (*line)[i + 1], boundary->left, boundary->right));
    }
    const auto settled = Settlement::of(boundary->edges);
    if (!settled) return tl::unexpected(settled.error());
    std::vector<ZoneChange> changes;
    for (const Label zone : {boundary->left, boundary->right}) {
        if (zone == kUnzoned) continue;
        auto geometry = settled->polygons(zone, network.rings(zone));
        if (!geometry) return refusal(ErrorCode::WouldCollapse, "a zone would vanish", line->front());
        changes.push_back({coverage.fidAt(zone), coverage.geometryAt(zone), std::move(geometry)});
    }
    Applied applied = balanced(std::move(changes));
    if (const auto done = coverage.commit(applied.changes); !done) return tl::unexpected(done.error());
    return applied;
}

}  // namespace zonewright::coverage
