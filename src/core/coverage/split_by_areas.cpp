#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include <fmt/format.h>

#include "core/coverage/balance.h"
#include "core/coverage/operations.h"
#include "core/coverage/overlay.h"
#include "core/coverage/zone_lookup.h"

namespace zonewright::coverage {
namespace {

constexpr double kStraightEnough = 0.5;  // m2: a straight cut this close to its area stays straight
constexpr double kTolerance = 1.0;       // m2

/// The zone seen along the bearing: `along` grows with it, `across` to its right; millimetres from the zone's
/// box centre.
struct View {
    GridPoint centre;
    double east = 0;  ///< of the unit vector along the bearing
    double north = 1;

    [[nodiscard]] double along(GridPoint p) const {
        return static_cast<double>(p.x - centre.x) * east + static_cast<double>(p.y - centre.y) * north;
    }
    [[nodiscard]] double across(GridPoint p) const {
        return static_cast<double>(p.x - centre.x) * north - static_cast<double>(p.y - centre.y) * east;
    }
    [[nodiscard]] GridPoint at(double a, double c) const {
        return {centre.x + std::llround(a * east + c * north), centre.y + std::llround(a * north - c * east)};
    }
};

View viewOf(const GridBox& box, Degrees bearing) {
    const double angle = bearing.value * std::numbers::pi / 180;
    View view{{box.minX + (box.maxX - box.minX) / 2, box.minY + (box.maxY - box.minY) / 2},
              std::sin(angle),
              std::cos(angle)};
    if (std::abs(view.east) < 1e-12) view.east = 0;
    if (std::abs(view.north) < 1e-12) view.north = 0;
    return view;
}

struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    void add(double v) {
        low = std::min(low, v);
        high = std::max(high, v);
    }
};

/// The area in mm2 of the zone behind `limit`, by Green's theorem: the cut itself runs at constant `along`.
double areaBehind(const GridZone& zone, const View& view, double limit) {
    double area = 0;
    for (const GridRing& ring : zone.rings) {
        double sum = 0;
        GridPoint last = ring.points.back();
        for (const GridPoint& p : ring.points) {
            double a0 = view.along(last);
            double c0 = view.across(last);
            double a1 = view.along(p);
            double c1 = view.across(p);
            last = p;
            if (a0 >= limit && a1 >= limit) continue;
            const double slope = a1 != a0 ? (c1 - c0) / (a1 - a0) : 0;
            if (a0 > limit) {
                c0 += slope * (limit - a0);
                a0 = limit;
            }
            if (a1 > limit) {
                c1 += slope * (limit - a1);
                a1 = limit;
            }
            sum += (c0 + c1) / 2 * (a1 - a0);
        }
        area += ring.interiorLeft ? sum : -sum;
    }
    return std::abs(area);
}

double offsetFor(const GridZone& zone, const View& view, Span span, double area) {
    for (int i = 0; i < 100; ++i) {
        const double middle = (span.low + span.high) / 2;
        (areaBehind(zone, view, middle) < area ? span.low : span.high) = middle;
    }
    return (span.low + span.high) / 2;
}

/// x and y with a x + b y = gcd(a, b).
struct Bezout {
    std::int64_t gcd, x, y;
};
Bezout bezout(std::int64_t a, std::int64_t b) {
    if (b == 0) return {std::abs(a), a < 0 ? -1 : 1, 0};
    const Bezout inner = bezout(b, a % b);
    return {inner.gcd, inner.y, inner.x - (a / b) * inner.y};
}

/// A grid point beside the middle part of the chord a -> b for which twice the area of a, b, point comes
/// nearest to `twiceArea`: the points with a given area form a lattice line parallel to the chord (Bezout's
/// identity).
std::optional<GridPoint> bendFor(GridPoint a, GridPoint b, Wide twiceArea) {
    const std::int64_t dx = b.x - a.x;
    const std::int64_t dy = b.y - a.y;
    const Bezout solved = bezout(dx, dy);
    if (static_cast<double>(solved.gcd) > 2e6 * kStraightEnough / 4) return std::nullopt;
    std::optional<GridPoint> best;
    double leastOff = 0.4;
    for (int nudge = 0; nudge < 200; ++nudge) {
        const Wide units = twiceArea / solved.gcd + (nudge % 2 == 0 ? nudge / 2 : -(nudge + 1) / 2);
        const long double x = -static_cast<long double>(solved.y) * static_cast<long double>(units);
        const long double y = static_cast<long double>(solved.x) * static_cast<long double>(units);
        const long double length2 = static_cast<long double>(dx) * dx + static_cast<long double>(dy) * dy;
        const long double share = (x * dx + y * dy) / length2;
        const auto steps = static_cast<Wide>(std::floor((0.5L - share) * solved.gcd + 0.5L));
        const Wide mx = -static_cast<Wide>(solved.y) * units + steps * (dx / solved.gcd);
        const Wide my = static_cast<Wide>(solved.x) * units + steps * (dy / solved.gcd);
        const double off =
            std::abs(static_cast<double>(
                         (static_cast<long double>(mx) * dx + static_cast<long double>(my) * dy) / length2) -
                     0.5);
        if (off >= leastOff) continue;
        leastOff = off;
        best = GridPoint{a.x + static_cast<std::int64_t>(mx), a.y + static_cast<std::int64_t>(my)};
        if (off < 0.25) break;
    }
    return best;
}

class AreaSplit {
public:
    AreaSplit(const Coverage& coverage, Label zone, const SplitByAreas& edit)
        : mCoverage(coverage),
          mZone(zone),
          mGrid(coverage.gridAt(zone)),
          mView(viewOf(mGrid.box, edit.bearing)) {
        for (const GridRing& ring : mGrid.rings) {
            for (const GridPoint& p : ring.points) {
                mAlong.add(mView.along(p));
                mAcross.add(mView.across(p));
            }
        }
        const double total = areaOf(coverage.geometryAt(zone)).value;
        double sum = 0;
        for (const SquareMetres area : edit.areas) {
            sum += area.value;
            if (sum < total - kTolerance) mTargets.push_back(sum);
        }
    }

    Outcome<Applied> run() {
        for (const double target : mTargets)
            mOffsets.push_back(offsetFor(mGrid, mView, mAlong, target * 1e6));
        std::vector<GridLine> lines;
        for (const double offset : mOffsets) lines.push_back(straight(offset, 0));
        Outcome<Overlay> overlay = overlayOf(lines);
        if (!overlay) return tl::unexpected(overlay.error());
        std::vector<double> errors = errorsOf(*overlay);
        for (const std::int64_t tilt : {0, 1, 2, 3, 5, 7}) {
            if (goodEnough(errors)) break;
            if (tilt > 0) {
                for (std::size_t k = 0; k < lines.size(); ++k) {
                    if (std::abs(errors[k]) > kStraightEnough) lines[k] = straight(mOffsets[k], tilt);
                }
                overlay = overlayOf(lines);
                if (!overlay) return tl::unexpected(overlay.error());
                errors = errorsOf(*overlay);
            }
            std::vector<GridLine> bent = lines;
            for (std::size_t k = 0; k < lines.size(); ++k) {
                if (std::abs(errors[k]) > kStraightEnough) bent[k] = bentLine(*overlay, k, errors[k]);
            }
            Outcome<Overlay> tried = overlayOf(bent);
            if (!tried) return tl::unexpected(tried.error());
            overlay = std::move(tried);
            errors = errorsOf(*overlay);
        }
        if (!goodEnough(errors))
            return refusal(ErrorCode::BadArgument, "the zone cannot be cut within 1 m2 of these areas",
                           mView.centre);
        Overlay::Relabelling wanted{overlay->labels(), {}, false};
        for (Overlay::Face f = 1; f < wanted.labels.size(); ++f) {
            if (wanted.labels[f] != mZone) continue;
            const std::size_t band = bandOf(*overlay, f);
            if (band > 0) wanted.labels[f] = mCoverage.slotCount() + static_cast<Label>(band) - 1;
        }
        return overlay->relabelled(wanted);
    }

    [[nodiscard]] bool cuts() const { return !mTargets.empty(); }

private:
    [[nodiscard]] GridLine straight(double offset, std::int64_t tilt) const {
        constexpr double beyond = 10;  // mm
        return {mView.at(offset, mAcross.low - beyond),
                mView.at(offset + static_cast<double>(tilt), mAcross.high + beyond)};
    }

    [[nodiscard]] Outcome<Overlay> overlayOf(const std::vector<GridLine>& lines) const {
        GridBox box = mGrid.box;
        box.add(boxOfLines(lines));
        return Overlay::of(mCoverage, mCoverage.slotsNear(box), lines);
    }

    /// Which piece a face of the zone belongs to: it lies between two cuts, and so does the middle of its
    /// extent.
    [[nodiscard]] std::size_t bandOf(const Overlay& overlay, Overlay::Face face) const {
        const Subdivision& faces = overlay.faces();
        Span extent;
        const Overlay::HalfEdge start = faces.boundaries(face).front();
        Overlay::HalfEdge h = start;
        do {
            extent.add(mView.along(faces.from(h)));
            h = faces.next(h);
        } while (h != start);
        const double middle = (extent.low + extent.high) / 2;
        return static_cast<std::size_t>(std::lower_bound(mOffsets.begin(), mOffsets.end(), middle) -
                                        mOffsets.begin());
    }

    /// For each cut, by how many m2 the land behind it is too large.
    [[nodiscard]] std::vector<double> errorsOf(const Overlay& overlay) const {
        std::vector<Wide> bands(mTargets.size() + 1, 0);
        for (Overlay::Face f = 1; f < overlay.labels().size(); ++f) {
            if (overlay.labels()[f] == mZone) bands[bandOf(overlay, f)] += overlay.faces().twiceArea(f);
        }
        std::vector<double> out;
        Wide sum = 0;
        for (std::size_t k = 0; k < mTargets.size(); ++k) {
            sum += bands[k];
            out.push_back(areaFromTwice(sum).value - mTargets[k]);
        }
        return out;
    }

    static bool goodEnough(const std::vector<double>& errors) {
        return std::all_of(errors.begin(), errors.end(),
                           [](double e) { return std::abs(e) <= kStraightEnough; });
    }

    /// The cut with one vertex more on its longest run through the zone, which takes up the error.
    [[nodiscard]] GridLine bentLine(const Overlay& overlay, std::size_t k, double error) const {
        const GridLine& line = overlay.lines()[k];
        const Subdivision& faces = overlay.faces();
        std::set<std::pair<GridPoint, GridPoint>> inside;
        for (Overlay::HalfEdge h = 0; h < faces.halfEdgeCount(); ++h) {
            if (overlay.isDrawn(h) && overlay.labels()[faces.faceOf(h)] == mZone)
                inside.emplace(faces.from(h), faces.to(h));
        }
        std::size_t best = line.size();
        double longest = 0;
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            if (!inside.contains({line[i], line[i + 1]})) continue;
            const double length = std::abs(mView.across(line[i + 1]) - mView.across(line[i]));
            if (length > longest) {
                longest = length;
                best = i;
            }
        }
        if (best == line.size()) return line;
        // The line runs towards growing `across`, so land behind it lies on its right: a bend to the right
        // shrinks it.
        const auto bend = bendFor(line[best], line[best + 1], static_cast<Wide>(-error * 2e6));
        GridLine out = line;
        if (bend) out.insert(out.begin() + static_cast<std::ptrdiff_t>(best) + 1, *bend);
        return out;
    }

    const Coverage& mCoverage;
    Label mZone;
    const GridZone& mGrid;
    View mView;
    Span mAlong;
    Span mAcross;
    std::vector<double> mTargets;  ///< cumulative, m2
    std::vector<double> mOffsets;  ///< of the cuts along the bearing, mm
};

}  // namespace

Outcome<Applied> tryOut(const Coverage& coverage, const SplitByAreas& edit) {
    const Outcome<Label> zone = labelOf(coverage, edit.zone);
    if (!zone) return tl::unexpected(zone.error());
    const GridZone& grid = coverage.gridAt(*zone);
    const Point place = grid.rings.empty() ? Point{} : toPoint(grid.rings.front().points.front());
    double sum = 0;
    for (const SquareMetres area : edit.areas) {
        if (!(area.value > 0)) return refusal(ErrorCode::BadArgument, "an area is not positive", place);
        sum += area.value;
    }
    if (!std::isfinite(edit.bearing.value))
        return refusal(ErrorCode::BadArgument, "the bearing is no number", place);
    const double total = areaOf(coverage.geometryAt(*zone)).value;
    if (sum > total + kTolerance) {
        return refusal(ErrorCode::BadArgument,
                       fmt::format("the areas add up to {:.0f} m2, the zone has {:.0f} m2", sum, total),
                       place);
    }
    AreaSplit split(coverage, *zone, edit);
    if (!split.cuts()) return refusal(ErrorCode::BadArgument, "the areas leave nothing to cut off", place);
    return split.run();
}

}  // namespace zonewright::coverage
