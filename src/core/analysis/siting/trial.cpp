#include "core/analysis/siting/trial.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/siting/prepared.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"

namespace zonewright::analysis::siting {

using detail::Prepared;
using detail::Subject;

struct Trial::State {
    Snapshot snapshot;
    std::vector<Rule> rules;
    detail::ReadiedLayers readied;
    std::vector<Prepared> prepared;

    /// Calls `take(rule, severity, feature, measure)` for each relation that holds; it returns false to stop. Without
    /// `shapes` the part inside a control zone, which takes longest, is not made.
    template <typename Take>
    Result<void> visit(const Site& site, Severity least, bool shapes, Take&& take) const {
        const Subject subject{site, Linework(site.geometry), {}};
        for (const Prepared& rule : prepared) {
            const auto weight = detail::weightFor(snapshot, *rule.definition, site);
            if (!weight || weight->severity < least) continue;
            const Result<bool> goOn = rule.definition->relation == Relation::NotCovered ? visitCover(rule, subject, weight->severity, take)
                                                                                        : visitPairs(rule, {subject, weight->severity, shapes}, take);
            if (!goOn) return tl::unexpected(goOn.error());
            if (!*goOn) return {};
        }
        return {};
    }

    struct Visit {
        const Subject& subject;
        Severity severity;
        bool shapes;
    };

    Result<Measure> measured(const Prepared& rule, const Visit& visit, std::size_t i) const {
        const Pair pair = detail::pairOf(rule, visit.subject, i);
        const Position position = positionOf(pair, rule.reach);
        if (visit.shapes || rule.definition->relation != Relation::Within) return detail::measure(rule, pair, i, position);
        Measure out = detail::missed(position);
        out.hit = out.distance < rule.definition->distance + rule.halfWidths[i];
        return out;
    }

    template <typename Take>
    Result<bool> visitPairs(const Prepared& rule, const Visit& visit, Take& take) const {
        const Subject& subject = visit.subject;
        for (const std::uint32_t i : rule.index.meeting(subject.lines.box().grownBy(rule.reach.value))) {
            const Constraint& constraint = *rule.features[i];
            if (rule.definition->relation == Relation::Mismatch && detail::isAllowed(*rule.definition, snapshot, subject.site, rule, constraint)) continue;
            Result<Measure> found = measured(rule, visit, i);
            if (!found) return tl::unexpected(found.error());
            if (found->hit && !take(*rule.definition, visit.severity, constraint.key, std::move(*found))) return false;
        }
        return true;
    }

    template <typename Take>
    Result<bool> visitCover(const Prepared& rule, const Subject& subject, Severity severity, Take& take) const {
        Result<Measure> measured = measureNotCovered(subject.site.geometry, detail::coversNear(rule, subject.lines.box()), rule.accuracy);
        if (!measured) return tl::unexpected(measured.error());
        return !measured->hit || take(*rule.definition, severity, std::string(), std::move(*measured));
    }
};

Trial::Trial(Snapshot snapshot, const std::vector<Rule>& rules, std::string_view day) : mState(std::make_unique<State>()) {
    mState->snapshot = std::move(snapshot);
    for (const Rule& rule : rules) {
        if (rule.isInForce(day) && !detail::obstacle(mState->snapshot, rule)) mState->rules.push_back(rule);
    }
    mState->readied = detail::readied(mState->snapshot);
    for (std::size_t i = 0; i < mState->rules.size(); ++i) {
        mState->prepared.push_back(detail::prepare(mState->snapshot, mState->readied, mState->rules, i));
    }
}
Trial::~Trial() = default;
Trial::Trial(Trial&&) noexcept = default;
Trial& Trial::operator=(Trial&&) noexcept = default;

const Snapshot& Trial::snapshot() const { return mState->snapshot; }

Result<std::vector<Hit>> Trial::hits(const Site& site, Severity least) const {
    std::vector<Hit> out;
    const Result<void> done = mState->visit(site, least, true, [&](const Rule& rule, Severity severity, const std::string& feature, Measure measured) {
        const auto* area = std::get_if<MultiPolygon>(&measured.geometry);
        const SquareMetres overlap = area != nullptr ? planarArea(*area) : SquareMetres();
        out.push_back({&rule, severity, feature, overlap, measured.distance, std::move(measured.geometry)});
        return true;
    });
    if (!done) return tl::unexpected(done.error());
    return out;
}

Result<bool> Trial::isFree(const Site& site, Severity least) const {
    bool free = true;
    const Result<void> done = mState->visit(site, least, false, [&](const Rule&, Severity, const std::string&, const Measure&) { return free = false; });
    if (!done) return tl::unexpected(done.error());
    return free;
}

Geometry moved(const Geometry& geometry, const Shift& shift) {
    Geometry out = geometry;
    forEachPoint(out, [&](Point& p) { p = {p.x + shift.east.value, p.y + shift.north.value}; });
    return out;
}

namespace {

/// Looks along rays from where the site is.
class ShiftSearch {
public:
    ShiftSearch(const Trial& trial, const Site& site, Metres farthest)
        : mTrial(trial), mSite(site), mBest(farthest.value), mStep(std::max(0.25, farthest.value / 400)) {}

    Result<std::optional<Shift>> run() {
        constexpr int kDirections = 72;
        for (int i = 0; i < kDirections; ++i) look(2 * M_PI * i / kDirections);
        if (mFound) {
            const double middle = mAngle;
            for (int i = -9; i <= 9; ++i) look(middle + i * M_PI / 360);
        }
        if (mError) return tl::unexpected(*mError);
        return mFound;
    }

private:
    [[nodiscard]] bool freeAt(const Shift& shift) {
        Site there = mSite;
        there.geometry = moved(mSite.geometry, shift);
        const Result<bool> free = mTrial.isFree(there, Severity::Prohibited);
        if (!free && !mError) mError = free.error();
        return free && *free;
    }

    static Shift along(double angle, double distance) {
        // Upwards in angle from east; to the millimetre of the plan's grid.
        const auto grid = [](double v) { return std::round(v * 1000) / 1000; };
        const double east = grid(distance * std::cos(angle)), north = grid(distance * std::sin(angle));
        return {Metres(east), Metres(north), Metres(std::hypot(east, north))};
    }

    void look(double angle) {
        double taken = 0;
        double free = 0;
        for (double d = mStep; d < mBest + mStep && free == 0 && !mError; d += mStep) {
            if (freeAt(along(angle, std::min(d, mBest)))) free = std::min(d, mBest);
            else taken = d;
        }
        if (free == 0) return;
        while (free - taken > 0.01 && !mError) {
            const double middle = (free + taken) / 2;
            (freeAt(along(angle, middle)) ? free : taken) = middle;
        }
        const Shift shift = along(angle, free);
        if (mFound && shift.distance >= mFound->distance) return;
        mFound = shift;
        mBest = shift.distance.value;
        mAngle = angle;
    }

    const Trial& mTrial;
    const Site& mSite;
    double mBest;
    double mStep;
    double mAngle = 0;
    std::optional<Shift> mFound;
    std::optional<Error> mError;
};

}  // namespace

Result<std::optional<Shift>> Trial::smallestShift(const Site& site, Metres farthest) const {
    const Result<bool> free = isFree(site, Severity::Prohibited);
    if (!free) return tl::unexpected(free.error());
    if (*free) return Shift{};
    return ShiftSearch(*this, site, farthest).run();
}

Result<Cut> Trial::smallestCut(const Site& site) const {
    const Result<std::vector<Hit>> against = hits(site, Severity::Prohibited);
    if (!against) return tl::unexpected(against.error());
    std::vector<MultiPolygon> parts;
    for (const Hit& hit : *against) {
        if (const auto* area = std::get_if<MultiPolygon>(&hit.geometry)) parts.push_back(*area);
    }
    const auto& whole = std::get<MultiPolygon>(site.geometry);
    const Result<MultiPolygon> removed = geos::unionOf(parts);
    if (!removed) return tl::unexpected(removed.error());
    Result<MultiPolygon> left = geos::difference(whole, *removed);
    if (!left) return tl::unexpected(left.error());
    return Cut{planarArea(whole) - planarArea(*left), std::move(*left)};
}

}  // namespace zonewright::analysis::siting
