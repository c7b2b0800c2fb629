#include "desktop/session/selection.h"

#include <algorithm>

namespace zonewright::desktop {

bool Selection::contains(const FeatureRef& feature) const { return std::ranges::find(mFeatures, feature) != mFeatures.end(); }

void Selection::set(std::vector<FeatureRef> features) {
    if (features == mFeatures) return;
    mFeatures = std::move(features);
    emit changed();
}

void Selection::toggle(const FeatureRef& feature) {
    std::vector<FeatureRef> now = mFeatures;
    if (std::erase(now, feature) == 0) now.push_back(feature);
    set(std::move(now));
}

}  // namespace zonewright::desktop
