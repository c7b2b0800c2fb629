#include "desktop/session/row_paths.h"

#include <algorithm>

#include "core/plan/plan.h"

namespace zonewright::desktop {

Result<std::vector<RowPath>> rowPaths(const plan::Plan& plan, const std::string& layer, int row) {
    plan::Query query;
    query.fields = {"row", "state", "minutes"};
    auto features = plan::readFeatures(plan, layer, query);
    if (!features) return tl::unexpected(features.error());
    std::vector<RowPath> out;
    for (plan::Feature& feature : *features) {
        const auto* number = std::get_if<std::int64_t>(&feature.values[0]);
        if (number == nullptr || *number != row) continue;
        RowPath path{std::move(feature.geometry), {}, 0};
        if (const auto* state = std::get_if<std::string>(&feature.values[1])) path.state = *state;
        if (const auto* minutes = std::get_if<double>(&feature.values[2])) path.minutes = *minutes;
        out.push_back(std::move(path));
    }
    std::ranges::stable_sort(out, [](const RowPath& a, const RowPath& b) { return (a.state == "before") > (b.state == "before"); });
    return out;
}

}  // namespace zonewright::desktop
