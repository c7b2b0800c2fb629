#pragma once

#include <vector>

#include "core/base/error.h"
#include "core/catalogue/catalogue.h"
#include "core/coverage/coverage.h"
#include "core/coverage/edit.h"
#include "core/plan/features.h"

namespace zonewright::editing {

/// The part of a layer that an edit can touch: every zone at the edit's positions, and every zone that meets the box of
/// those. Reading costs what lies there, however large the layer is.
struct Neighbourhood {
    plan::Table table;
    std::vector<plan::Feature> features;  ///< aligned with the zones of `coverage`, ascending fid
    coverage::Coverage coverage;

    [[nodiscard]] const plan::Feature* find(Fid fid) const;
};

struct NeighbourhoodOptions {
    bool outerMayMove = false;
};

/// Errors: UnknownLayer, UnknownFeature, BadArgument for a layer that is no polygon layer, those of Coverage::of.
[[nodiscard]] Result<Neighbourhood> neighbourhoodOf(const plan::Plan& plan, const catalogue::Layer& layer, const coverage::Edit& edit,
                                                    NeighbourhoodOptions options = {});

/// The same around a box and named zones.
[[nodiscard]] Result<Neighbourhood> neighbourhoodAround(const plan::Plan& plan, const catalogue::Layer& layer, Box box,
                                                        NeighbourhoodOptions options = {});

}  // namespace zonewright::editing
