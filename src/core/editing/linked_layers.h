#pragma once

#include <string>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/coverage/edit.h"
#include "core/coverage/outcome.h"
#include "core/editing/neighbourhood.h"

namespace zonewright::editing {

/// What an edit does to one layer.
struct LayerChange {
    const catalogue::Layer* layer = nullptr;
    Neighbourhood around;  ///< before the edit
    coverage::Applied applied;
};

/// The layers that follow an edit of `edited`: levels of the same partition hierarchy share boundaries, so a vertex that
/// moves in one moves in all, and land that changes hands between zones of the coarse level does so in the fine level.
///
/// - A coarse zone (cluster) is the union of the fine zones (towns) within it. After an edit of the fine level the coarse
///   zones are formed anew from their fine zones.
/// - A vertex edit of the coarse level is repeated in the fine level, where that keeps the levels nested.
/// - After other edits of the coarse level the land that changed hands goes, in the fine level, to the fine zone of the
///   gaining coarse zone with which it shares the longest boundary (where the edit makes the coarse zone, each piece of a
///   fine zone becomes a fine zone of its own), and the coarse zones take exactly the boundary of their fine zones.
/// - Where a line ends on the outer boundary and bends its edge there (Applied::outerCourses), the parent and the other
///   partitions of it bend too.
///
/// Errors: LinkedLayerRefuses with the layer and the place, for `on_edit = "refuse"`, or when a fine zone would vanish.
[[nodiscard]] coverage::Outcome<std::vector<LayerChange>> withLinkedLayers(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                                                           LayerChange edited, const coverage::Edit& edit);

}  // namespace zonewright::editing
