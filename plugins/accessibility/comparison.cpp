#include <algorithm>
#include <set>

#include "core/geometry/geos.h"
#include "plugins/accessibility/study.h"

namespace zonewright::accessibility {

using network::Arrivals;
using network::Milliseconds;
using network::Scenario;
using network::Sense;

namespace {

/// One scenario seen from the origins together.
struct View {
    std::vector<Milliseconds> cells;
    double people = 0;
    MultiPolygon area;
    std::vector<bool> placesWithin;
};

class Comparer {
public:
    Comparer(const ComparisonRequest& request, double minutes, double lastMinutes)
        : mSources(request.sources), mRequest(request.request), mLimit(toMilliseconds(minutes)), mLast(toMilliseconds(lastMinutes)) {
        for (const Place& origin : mSources.origins) mOrigins.push_back(origin.point);
        for (const Cell& cell : mSources.cells) mCentres.push_back(cell.centre);
    }

    Result<View> view(Searcher& searcher, bool withArea) const {
        const Milliseconds farthest = withArea ? mLast : mLimit;
        const Result<Arrivals> arrivals = searcher.search(mOrigins, mRequest.reverse ? Sense::To : Sense::From, farthest);
        if (!arrivals) return tl::unexpected(arrivals.error());
        View view;
        view.cells = searcher.isochrone(*arrivals, farthest).timesAt(mCentres);
        for (std::size_t i = 0; i < view.cells.size(); ++i) view.people += view.cells[i] <= mLimit ? mSources.cells[i].people : 0;
        if (!withArea) return view;
        Result<MultiPolygon> area = searcher.isochrone(*arrivals, mLimit).polygons(mRequest.tolerance);
        if (!area) return tl::unexpected(area.error());
        view.area = std::move(*area);
        for (const Place& place : mSources.places) {
            const std::optional<double> minutes = searcher.minutesTo(*arrivals, place.point);
            view.placesWithin.push_back(minutes && toMilliseconds(*minutes) <= mLimit);
        }
        return view;
    }

private:
    const Sources& mSources;
    const Request& mRequest;
    Milliseconds mLimit;  ///< people, area and places are counted within
    Milliseconds mLast;   ///< cells get their times up to
    std::vector<Point> mOrigins;
    std::vector<Point> mCentres;
};

double comparedMinutes(const std::vector<double>& minutes) {
    return std::find(minutes.begin(), minutes.end(), 30.0) != minutes.end() ? 30.0 : minutes.back();
}

std::size_t turned(const std::vector<CommitmentResult>& before, const std::vector<CommitmentResult>& after) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
        const double limit = before[i].commitment->limitMinutes;
        if (!CommitmentResult::holds(before[i].minutes, limit) && CommitmentResult::holds(after[i].minutes, limit)) ++count;
    }
    return count;
}

}  // namespace

Result<Comparison> compare(const ComparisonRequest& request, std::vector<CommitmentResult>& commitments, Progress& progress) {
    const auto minutes = minutesOf(request.request);
    if (!minutes) return tl::unexpected(minutes.error());
    const network::Network& net = request.world.network;
    Comparison result;
    result.minutes = comparedMinutes(*minutes);
    result.projects = request.projects;
    const Comparer comparer(request, result.minutes, minutes->back());
    const auto scenarioOf = [&](const std::vector<std::string>& codes) -> Result<Scenario> {
        return Scenario::of(net, analysis::transport::drawnProjects(net, codes));
    };

    Searcher before(request.world, Scenario::none(net), request.request);
    const Result<View> viewBefore = comparer.view(before, true);
    if (!viewBefore) return tl::unexpected(viewBefore.error());
    const std::vector<CommitmentResult> today = checkCommitments(request.sources, before).results;
    const Result<Scenario> open = scenarioOf(request.projects);
    if (!open) return tl::unexpected(open.error());
    Searcher after(request.world, *open, request.request);
    const Result<View> viewAfter = comparer.view(after, true);
    if (!viewAfter) return tl::unexpected(viewAfter.error());
    const std::vector<CommitmentResult> then = checkCommitments(request.sources, after).results;
    for (std::size_t i = 0; i < commitments.size(); ++i) {
        commitments[i].before = today[i].minutes;
        commitments[i].after = then[i].minutes;
        commitments[i].wayBefore = today[i].way;
        commitments[i].wayAfter = then[i].way;
    }

    result.peopleBefore = viewBefore->people;
    result.peopleAfter = viewAfter->people;
    result.cellsBefore = viewBefore->cells;
    result.cellsAfter = viewAfter->cells;
    Result<MultiPolygon> gained = geos::difference(viewAfter->area, viewBefore->area);
    if (!gained) return tl::unexpected(gained.error());
    Result<MultiPolygon> lost = geos::difference(viewBefore->area, viewAfter->area);
    if (!lost) return tl::unexpected(lost.error());
    result.gained = std::move(*gained);
    result.lost = std::move(*lost);
    for (std::size_t i = 0; i < viewAfter->placesWithin.size(); ++i) {
        if (viewAfter->placesWithin[i] && !viewBefore->placesWithin[i]) result.placesGained.push_back(i);
    }

    for (const std::string& code : request.projects) {
        if (!progress.report(static_cast<double>(result.ranking.size()) / static_cast<double>(request.projects.size()), code)) return failure(ErrorCode::Cancelled, "");
        ProjectGain gain{code, {code, code}, 0, 0, 0, std::find(net.projects().begin(), net.projects().end(), code) != net.projects().end()};
        if (const auto known = request.sources.projects.find(code); known != request.sources.projects.end()) {
            gain.name = known->second.name;
            gain.year = known->second.year;
        }
        if (gain.hasWays) {
            const Result<Scenario> alone = scenarioOf({code});
            if (!alone) return tl::unexpected(alone.error());
            Searcher searcher(request.world, *alone, request.request);
            const Result<View> view = comparer.view(searcher, false);
            if (!view) return tl::unexpected(view.error());
            gain.people = view->people - result.peopleBefore;
            gain.commitments = turned(today, checkCommitments(request.sources, searcher).results);
        }
        result.ranking.push_back(std::move(gain));
    }
    std::stable_sort(result.ranking.begin(), result.ranking.end(), [](const ProjectGain& a, const ProjectGain& b) { return std::tie(a.people, a.commitments) > std::tie(b.people, b.commitments); });
    return result;
}

}  // namespace zonewright::accessibility
