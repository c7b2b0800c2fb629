#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/siting/findings.h"
#include "core/analysis/siting/snapshot.h"

namespace zonewright::analysis::siting {

/// One rule that speaks against a site as it is tried out.
struct Hit {
    const Rule* rule = nullptr;
    Severity severity = Severity::Advice;  ///< after exceptions
    std::string feature;                   ///< key of the constraint; empty for "not covered"
    SquareMetres overlap;                  ///< planar
    Metres distance;
    Geometry geometry;  ///< of the conflict
};

/// How far and where to a site may be moved to be free.
struct Shift {
    Metres east;
    Metres north;
    Metres distance;
};

/// What is left of an area site without the parts in conflict.
struct Cut {
    SquareMetres removed;  ///< planar
    MultiPolygon left;     ///< may be empty
};

/// Rules and constraints made ready once, for sites that come one after another: dragged, moved, tried out. Asked from
/// any thread at once; nothing is kept of a site.
class Trial {
public:
    /// `day`: ISO 8601; rules in force on it count. Rules that cannot be checked (their layer is missing or empty) are
    /// left out; `siting::check` names them.
    Trial(Snapshot snapshot, const std::vector<Rule>& rules, std::string_view day);
    ~Trial();
    Trial(Trial&&) noexcept;
    Trial& operator=(Trial&&) noexcept;

    /// All that speaks against the site with `least` or more. Errors: BadGeometry.
    [[nodiscard]] Result<std::vector<Hit>> hits(const Site& site, Severity least) const;
    /// True when nothing of that severity does; stops at the first that does.
    [[nodiscard]] Result<bool> isFree(const Site& site, Severity least) const;

    /// The smallest move after which nothing prohibited speaks against the site; nothing when there is none within
    /// `farthest`. Looked for in 72 directions and then half a degree apart, in steps of 1/400 of `farthest` (at least
    /// 0.25 m), and narrowed to 0.01 m; a gap narrower than a step may be missed. What is returned was checked.
    /// Errors: BadGeometry.
    [[nodiscard]] Result<std::optional<Shift>> smallestShift(const Site& site, Metres farthest) const;

    /// The site without its prohibited parts. Requires: an area site. Errors: BadGeometry.
    [[nodiscard]] Result<Cut> smallestCut(const Site& site) const;

    [[nodiscard]] const Snapshot& snapshot() const;

private:
    struct State;
    std::unique_ptr<State> mState;
};

/// The geometry moved by a shift.
[[nodiscard]] Geometry moved(const Geometry& geometry, const Shift& shift);

}  // namespace zonewright::analysis::siting
