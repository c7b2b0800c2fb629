#include "core/editing/report.h"

#include "core/geometry/geos.h"

namespace zonewright::editing {

Result<EllipsoidalChange> ellipsoidalChange(const coverage::ZoneChange& change, const Ellipsoid& ellipsoid) {
    if (!change.before || !change.after) {
        return EllipsoidalChange{change.after ? ellipsoid.area(*change.after) : SquareMetres{},
                                 change.before ? ellipsoid.area(*change.before) : SquareMetres{}};
    }
    const Result<MultiPolygon> gained = geos::difference(*change.after, *change.before);
    if (!gained) return tl::unexpected(gained.error());
    const Result<MultiPolygon> lost = geos::difference(*change.before, *change.after);
    if (!lost) return tl::unexpected(lost.error());
    return EllipsoidalChange{ellipsoid.area(*gained), ellipsoid.area(*lost)};
}

}  // namespace zonewright::editing
