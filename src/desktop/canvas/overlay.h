#pragma once

#include <QPointer>

class QPainter;

namespace zonewright::desktop {

class MapView;
struct ViewTransform;

/// Something drawn over the map at display rate: marks of a tool, the selection, a live result. Painted in pixels. It
/// leaves the map when it goes; the map may go first.
class Overlay {
public:
    Overlay() = default;
    virtual ~Overlay();
    Overlay(const Overlay&) = delete;
    Overlay& operator=(const Overlay&) = delete;

    virtual void paint(QPainter& painter, const ViewTransform& view) = 0;

private:
    friend class MapView;
    QPointer<MapView> mMap;
};

}  // namespace zonewright::desktop
