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
/// - Vertex edits are repeated in each linked layer where the vertex (or an edge through it) is shared.
/// - Other edits: a coarse zone (cluster) is the union of the fine zones (towns) within it. After an edit of the fine
///   level the coarse zones are formed anew from their fine zones; after an edit of the coarse level the land that
///   changed hands goes, in the fine level, to the fine zone of the gaining coarse zone with which it shares the longest
///   boundary, and the coarse zones take exactly the boundary of their fine zones.
///
/// Errors: LinkedLayerRefuses with the layer and the place, for `on_edit = "refuse"`, or when a fine zone would vanish.
[[nodiscard]] coverage::Outcome<std::vector<LayerChange>> withLinkedLayers(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                                                           LayerChange edited, const coverage::Edit& edit);

}  // namespace zonewright::editing
