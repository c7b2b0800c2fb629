#include "desktop/canvas/view_transform.h"

#include <algorithm>

namespace zonewright::desktop {

ViewTransform ViewTransform::scaledBy(double factor, QPointF fixed) const {
    const Point kept = toMap(fixed);
    ViewTransform out = *this;
    out.metresPerPixel = std::clamp(metresPerPixel * factor, kFinest, kCoarsest);
    const double done = out.metresPerPixel / metresPerPixel;
    out.centre = {kept.x + (centre.x - kept.x) * done, kept.y + (centre.y - kept.y) * done};
    return out;
}

ViewTransform ViewTransform::fittedTo(const Box& box, double margin) const {
    if (box.empty()) return *this;
    ViewTransform out = *this;
    out.centre = {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
    const double grown = 1 + 2 * margin;
    const double needed = std::max((box.maxX - box.minX) * grown / std::max(1, size.width()), (box.maxY - box.minY) * grown / std::max(1, size.height()));
    if (needed > 0) out.metresPerPixel = std::clamp(needed, kFinest, kCoarsest);
    return out;
}

}  // namespace zonewright::desktop
