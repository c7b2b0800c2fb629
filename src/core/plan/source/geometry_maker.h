#pragma once

#include "core/base/localized.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/source/placement.h"

namespace zonewright::plan::source {

/// The one way from a source's geometry to one that a plan may hold: of the layer's kind, valid, placed in the plan's
/// CRS, on the 1 mm grid. Nothing is repaired: what is not valid before and after comes back as the reason.
class GeometryMaker {
public:
    GeometryMaker(const Placer& placer, catalogue::GeometryKind kind) : mPlacer(&placer), mKind(kind) {}

    struct Made {
        Geometry geometry;
        bool closedLine = false;  ///< a closed line was taken as a polygon
    };
    [[nodiscard]] tl::expected<Made, Localized> made(const Geometry& source) const;

private:
    const Placer* mPlacer;
    catalogue::GeometryKind mKind;
};

/// As the kind wants it: single parts promoted to many, many of one part to one, a closed line to a polygon. The reason
/// when that would lose something.
[[nodiscard]] tl::expected<GeometryMaker::Made, Localized> asKind(const Geometry& geometry, catalogue::GeometryKind kind);

/// The kind that suits a geometry best.
[[nodiscard]] catalogue::GeometryKind kindOf(const Geometry& geometry);

}  // namespace zonewright::plan::source
