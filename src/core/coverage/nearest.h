#pragma once

#include <optional>
#include <utility>

#include "core/base/units.h"
#include "core/coverage/network.h"

/// What of a coverage's boundaries lies near a position: for picking by hand, before an edit names it.
namespace zonewright::coverage {

/// A boundary edge and the place on it that is nearest, on the 1 mm grid.
struct NearEdge {
    Point a;
    Point b;
    Point place;
};

/// The nearest vertex within `reach`; of equally near ones the one with smaller x, then y.
[[nodiscard]] std::optional<Point> nearestVertex(const Network& network, Point position, Metres reach);
/// The nearest edge within `reach`, T-junctions counted as vertices.
[[nodiscard]] std::optional<NearEdge> nearestEdge(const Network& network, Point position, Metres reach);
/// The zone that the position lies in. Half-open: on a shared boundary it is the zone above, or to the right of, the
/// boundary, so that each position lies in at most one zone.
[[nodiscard]] std::optional<Fid> zoneAt(const Coverage& coverage, Point position);

}  // namespace zonewright::coverage
