#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

#include "core/geometry/types.h"

namespace zonewright::desktop {

/// Which part of the plan a widget shows: map coordinates in metres (y up), pixels as the widget counts them (y down).
struct ViewTransform {
    Point centre;
    double metresPerPixel = 100;
    QSize size{1, 1};

    [[nodiscard]] QPointF toPixel(Point p) const {
        return {size.width() / 2.0 + (p.x - centre.x) / metresPerPixel, size.height() / 2.0 - (p.y - centre.y) / metresPerPixel};
    }
    [[nodiscard]] Point toMap(QPointF p) const {
        return {centre.x + (p.x() - size.width() / 2.0) * metresPerPixel, centre.y - (p.y() - size.height() / 2.0) * metresPerPixel};
    }
    [[nodiscard]] Box extent() const {
        const double w = size.width() * metresPerPixel / 2;
        const double h = size.height() * metresPerPixel / 2;
        return {centre.x - w, centre.y - h, centre.x + w, centre.y + h};
    }
    [[nodiscard]] QRectF toPixel(const Box& box) const { return {toPixel(Point{box.minX, box.maxY}), toPixel(Point{box.maxX, box.minY})}; }

    /// Moved so that what was under the pointer follows it.
    [[nodiscard]] ViewTransform pannedBy(QPointF pixels) const {
        ViewTransform out = *this;
        out.centre.x -= pixels.x() * metresPerPixel;
        out.centre.y += pixels.y() * metresPerPixel;
        return out;
    }
    /// Scaled so that the place at `fixed` stays there.
    [[nodiscard]] ViewTransform scaledBy(double factor, QPointF fixed) const;
    [[nodiscard]] ViewTransform fittedTo(const Box& box, double margin = 0.05) const;

    bool operator==(const ViewTransform& o) const {
        return centre == o.centre && metresPerPixel == o.metresPerPixel && size == o.size;
    }
};

/// Smallest and largest metres a pixel; beyond them numbers and frames lose their sense.
inline constexpr double kFinest = 0.002;
inline constexpr double kCoarsest = 5000;

}  // namespace zonewright::desktop
