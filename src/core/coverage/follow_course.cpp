#include <algorithm>

#include "core/coverage/balance.h"
#include "core/coverage/edit.h"
#include "core/coverage/network.h"
#include "core/coverage/overlay.h"

namespace zonewright::coverage {
namespace {

/// Boundary vertices strictly between a and b, exactly on the straight way.
std::vector<GridPoint> verticesBetween(const Coverage& coverage, GridPoint a, GridPoint b) {
    const Network network(coverage, coverage.slotsNear(GridBox::of(a, b)));
    std::vector<GridPoint> out;
    network.edgesNear(GridBox::of(a, b), [&](std::uint32_t i) {
        for (const GridPoint p : {network.edges()[i].a, network.edges()[i].b}) {
            if (liesInside(p, a, b)) out.push_back(p);
        }
    });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool hasVertex(const Coverage& coverage, GridPoint p) {
    return !Network(coverage, coverage.slotsNear(GridBox::of(p, p))).edgesAt(p).empty();
}

bool runsAlong(const Coverage& coverage, const GridLine& course) {
    const Network network(coverage, coverage.slotsNear(boxOfLines({course})));
    for (std::size_t i = 0; i + 1 < course.size(); ++i) {
        if (!network.edgeBetween(course[i], course[i + 1])) return false;
    }
    return true;
}

/// The steps' changes as one: first `before`, last `after`.
std::vector<ZoneChange> together(const Coverage& before, const Coverage& after) {
    std::vector<ZoneChange> out;
    for (const Fid fid : before.fids()) {
        if (*before.find(fid) != *after.find(fid)) out.push_back({fid, *before.find(fid), *after.find(fid)});
    }
    return out;
}

}  // namespace

Outcome<Applied> followCourse(Coverage& coverage, const LineString& course) {
    const Outcome<GridLine> line = gridLine(course);
    if (!line) return tl::unexpected(line.error());
    if (runsAlong(coverage, *line)) return Applied{};
    const GridBox box = boxOfLines({*line}).grownBy(1);
    std::vector<Zone> around;
    for (const Coverage::Slot slot : coverage.slotsNear(box)) {
        around.push_back({coverage.fidAt(slot), coverage.geometryAt(slot)});
    }
    Result<Coverage> start = Coverage::of(std::move(around), {Kind::Disjoint, true, Fid{0}});
    if (!start) return refusal(start.error().code, start.error().detail, line->front());
    Coverage work = *start;
    const auto run = [&](const Edit& step) { return coverage::apply(work, step); };
    for (const GridPoint end : {line->front(), line->back()}) {
        if (hasVertex(work, end)) continue;
        if (auto put = run(InsertVertex{toPoint(end)}); !put) return put;
    }
    for (const GridPoint p : verticesBetween(work, line->front(), line->back())) {
        if (std::find(line->begin(), line->end(), p) != line->end()) continue;
        if (auto gone = run(DeleteVertex{toPoint(p)}); !gone) return gone;
    }
    for (auto p = line->begin() + 1; p + 1 != line->end(); ++p) {
        if (hasVertex(work, *p)) continue;
        if (auto put = run(InsertVertex{toPoint(*p)}); !put) return put;
    }
    if (!runsAlong(work, *line))
        return refusal(ErrorCode::BadArgument, "no boundary runs here", line->front());
    Applied applied = balanced(together(*start, work));
    if (const auto done = coverage.commit(applied.changes); !done) return tl::unexpected(done.error());
    return applied;
}

}  // namespace zonewright::coverage
