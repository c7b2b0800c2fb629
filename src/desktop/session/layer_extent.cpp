#include "desktop/session/layer_extent.h"

#include "core/plan/features.h"

namespace zonewright::desktop {

Result<Box> extentOfLayer(const plan::Plan& plan, const std::string& layer) {
    const auto table = plan::tableOf(plan, layer);
    if (!table) return tl::unexpected(table.error());
    if (table->geometryColumn.empty()) return Box{};
    auto query = plan.database().prepare("SELECT min(minx), min(miny), max(maxx), max(maxy), count(*) FROM " + plan::sqlName("rtree_" + layer + "_" + table->geometryColumn));
    if (!query) return tl::unexpected(query.error());
    const auto row = query->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || query->integer(4) == 0) return Box{};
    return Box{query->real(0), query->real(1), query->real(2), query->real(3)};
}

}  // namespace zonewright::desktop
