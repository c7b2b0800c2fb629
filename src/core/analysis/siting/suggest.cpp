#include "core/analysis/siting/suggest.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <tuple>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "core/analysis/siting/box_index.h"
#include "core/analysis/siting/measures.h"
#include "core/geometry/measure.h"

namespace zonewright::analysis::siting {
namespace {

constexpr double kMostPlaces = 200'000;

MultiPolygon squareAt(Point lowerLeft, double side) { return polygonOf(Box{lowerLeft.x, lowerLeft.y, lowerLeft.x + side, lowerLeft.y + side}); }

Point centreOf(const MultiPolygon& square) {
    const Box b = boxOf(square);
    return {(b.minX + b.maxX) / 2, (b.minY + b.maxY) / 2};
}

/// Geometries with their linework and an index over it.
struct Field {
    explicit Field(const std::vector<Geometry>& geometries) {
        std::vector<Box> boxes;
        for (const Geometry& geometry : geometries) {
            lines.emplace_back(geometry);
            boxes.push_back(lines.back().box());
        }
        index = BoxIndex(boxes);
    }
    std::vector<Linework> lines;
    BoxIndex index{{}};
};

bool liesInside(const MultiPolygon& square, const Field& field, const std::vector<Geometry>& areas) {
    const Geometry shape = square;
    const Linework lines(shape);
    for (const std::uint32_t i : field.index.meeting(lines.box())) {
        const Pair pair{&shape, &areas[i], &lines, &field.lines[i], Metres(0)};
        if (positionOf(pair, Metres(0)).standing == Standing::Inside) return true;
    }
    return false;
}

std::optional<Metres> distanceTo(const Field& roads, const MultiPolygon& square) {
    const Linework lines{Geometry(square)};
    std::optional<Metres> best;
    for (const double reach : {500.0, 5000.0, 50000.0}) {
        for (const std::uint32_t i : roads.index.meeting(lines.box().grownBy(reach))) {
            const auto near = lines.nearest(roads.lines[i], best.value_or(Metres(reach)));
            if (near && (!best || near->distance < *best)) best = near->distance;
            if (roads.lines[i].representatives().empty()) continue;
            const Point p = roads.lines[i].representatives().front();  // a road wholly inside the square
            if (lines.surrounds(p)) best = Metres(0);
        }
        if (best) return best;
    }
    return best;
}

class Search {
public:
    Search(const Trial& trial, const SuggestRequest& request) : mTrial(trial), mRequest(request), mWithin(request.within), mRoads(request.roads) {
        std::vector<Geometry> cells;
        for (const auto& timed : request.times) cells.push_back(timed.cell);
        mCells.emplace(cells);
    }

    Result<Suggestions> run(Progress& progress) {
        const double side = std::sqrt(mRequest.area.value);
        Box all;
        for (const Linework& lines : mWithin.lines) all.add(lines.box());
        if (all.empty()) return Suggestions{};
        Suggestions out;
        // A centimetre, so that the lattice is one a person can repeat.
        const double apart = std::max(side / 4, std::sqrt((all.maxX - all.minX) * (all.maxY - all.minY) / kMostPlaces));
        out.spacing = Metres(std::ceil(apart * 100) / 100);
        const double step = out.spacing.value;
        const double left = std::floor(all.minX / step) * step, bottom = std::floor(all.minY / step) * step;
        const auto columns = static_cast<std::size_t>((all.maxX - left) / step) + 1;
        const auto rows = static_cast<std::size_t>((all.maxY - bottom) / step) + 1;
        std::vector<std::vector<Candidate>> found(rows);
        std::vector<std::size_t> tried(rows, 0);
        std::atomic<std::size_t> done{0};
        std::atomic<bool> stop{false};
        std::mutex mutex;
        std::optional<Error> error;
        tbb::parallel_for(std::size_t{0}, rows, [&](std::size_t row) {
            for (std::size_t column = 0; column < columns && !stop; ++column) {
                const MultiPolygon square = squareAt({left + static_cast<double>(column) * step, bottom + static_cast<double>(row) * step}, side);
                if (!liesInside(square, mWithin, mRequest.within)) continue;
                ++tried[row];
                Result<std::optional<Candidate>> candidate = at(square);
                if (!candidate) {
                    const std::lock_guard lock(mutex);
                    if (!error) error = candidate.error();
                    stop = true;
                } else if (*candidate) {
                    found[row].push_back(std::move(**candidate));
                }
            }
            const std::lock_guard lock(mutex);
            if (!progress.report(static_cast<double>(++done) / static_cast<double>(rows), "suggest")) stop = true;
        });
        if (error) return tl::unexpected(*error);
        if (stop) return failure(ErrorCode::Cancelled, "");
        std::vector<Candidate> ranked;
        for (std::size_t row = 0; row < rows; ++row) {
            out.tried += tried[row];
            std::move(found[row].begin(), found[row].end(), std::back_inserter(ranked));
        }
        out.free = ranked.size();
        choose(std::move(ranked), out);
        return out;
    }

private:
    Result<std::optional<Candidate>> at(const MultiPolygon& square) const {
        Site site = mRequest.project;
        site.geometry = square;
        const Result<bool> free = mTrial.isFree(site, Severity::Prohibited);
        if (!free) return tl::unexpected(free.error());
        if (!*free) return std::optional<Candidate>();
        const Result<std::vector<Hit>> hits = mTrial.hits(site, Severity::Advice);
        if (!hits) return tl::unexpected(hits.error());
        Candidate candidate{.shape = square, .restricted = {}, .advice = 0, .toRoad = distanceTo(mRoads, square), .minutes = {}};
        for (const Hit& hit : *hits) {
            if (hit.severity == Severity::Restricted) candidate.restricted += hit.overlap;
            else ++candidate.advice;
        }
        const Point centre = centreOf(square);
        for (const std::uint32_t i : mCells->index.meeting({centre.x, centre.y, centre.x, centre.y})) {
            if (mCells->lines[i].surrounds(centre)) candidate.minutes = mRequest.times[i].minutes;
        }
        return std::optional(std::move(candidate));
    }

    void choose(std::vector<Candidate> ranked, Suggestions& out) const {
        const auto rank = [](const Candidate& c) {
            const Box b = boxOf(c.shape);
            constexpr double kNone = std::numeric_limits<double>::max();
            return std::tuple(std::round(c.restricted.value), c.advice, c.minutes.value_or(kNone), c.toRoad ? c.toRoad->value : kNone, b.minY, b.minX);
        };
        std::sort(ranked.begin(), ranked.end(), [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
        for (Candidate& candidate : ranked) {
            if (out.candidates.size() == mRequest.most) return;
            const Box box = boxOf(candidate.shape);
            const bool overlaps = std::any_of(out.candidates.begin(), out.candidates.end(), [&](const Candidate& taken) {
                const Box other = boxOf(taken.shape);
                return box.minX < other.maxX && other.minX < box.maxX && box.minY < other.maxY && other.minY < box.maxY;
            });
            if (!overlaps) out.candidates.push_back(std::move(candidate));
        }
    }

    const Trial& mTrial;
    const SuggestRequest& mRequest;
    Field mWithin;
    Field mRoads;
    std::optional<Field> mCells;
};

}  // namespace

Result<Suggestions> suggest(const Trial& trial, const SuggestRequest& request, Progress& progress) {
    if (!(request.area.value >= 1 && request.area.value <= 1e9)) return failure(ErrorCode::BadArgument, "area: give 1 to 1e9 m2");
    return Search(trial, request).run(progress);
}

Table suggestionsTable(const Suggestions& suggestions) {
    Table table{"siting_candidates", {"可选位置", "Candidate places"}, {}, {}, {}};
    table.columns = {{"rank", {"序号", "Rank"}, "", 0, {}},
                     {"x", {"中心东坐标", "Centre, easting"}, "m", 1, {}},
                     {"y", {"中心北坐标", "Centre, northing"}, "m", 1, {}},
                     {"area_m2", {"面积（平面）", "Area (planar)"}, "m2", 1, {}},
                     {"area_mu", {"面积（平面）", "Area (planar)"}, "亩", 2, {}},
                     {"restricted_m2", {"涉及限制性规则的面积（平面）", "Area under restricting rules (planar)"}, "m2", 1, {}},
                     {"advice", {"提示性规则数", "Rules of advice"}, "", 0, {}},
                     {"minutes", {"出行时间", "Travel time"}, "min", 1, {}},
                     {"road_m", {"距道路", "Distance to a road"}, "m", 1, {}}};
    std::int64_t rank = 0;
    for (const Candidate& c : suggestions.candidates) {
        const Point centre = centreOf(c.shape);
        const SquareMetres area = planarArea(c.shape);
        table.rows.push_back({++rank, centre.x, centre.y, area.value, toMu(area), c.restricted.value, static_cast<std::int64_t>(c.advice),
                              c.minutes ? Cell(*c.minutes) : Cell(), c.toRoad ? Cell(c.toRoad->value) : Cell()});
    }
    table.notes = {{fmt::format("试探 {} 处（间距 {:.2f} m），其中 {} 处不触及禁止性规则；依次按限制性面积、提示性规则数、出行时间、距道路排序，互不重叠", suggestions.tried, suggestions.spacing.value, suggestions.free),
                    fmt::format("{} places tried, {:.2f} m apart, {} of them free of prohibited rules; ranked by restricted area, rules of advice, travel time, distance to a road; they do not overlap", suggestions.tried, suggestions.spacing.value, suggestions.free)}};
    return table;
}

}  // namespace zonewright::analysis::siting
