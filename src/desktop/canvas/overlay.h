#pragma once

class QPainter;

namespace zonewright::desktop {

struct ViewTransform;

/// Something drawn over the map at display rate: marks of a tool, the selection, a live result. Painted in pixels.
class Overlay {
public:
    virtual ~Overlay() = default;
    virtual void paint(QPainter& painter, const ViewTransform& view) = 0;
};

}  // namespace zonewright::desktop
