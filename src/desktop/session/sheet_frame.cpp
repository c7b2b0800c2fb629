#include "desktop/session/sheet_frame.h"

#include <cmath>
#include <numbers>

namespace zonewright::desktop {
namespace {

Point turned(Point p, double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    return {p.x * std::cos(angle) - p.y * std::sin(angle), p.x * std::sin(angle) + p.y * std::cos(angle)};
}

}  // namespace

Point middleOf(const SheetFrame& frame) { return {(frame.box.minX + frame.box.maxX) / 2, (frame.box.minY + frame.box.maxY) / 2}; }

Point inFrame(const SheetFrame& frame, Point place) {
    const Point middle = middleOf(frame);
    return turned({place.x - middle.x, place.y - middle.y}, -frame.rotation);
}

Point onMap(const SheetFrame& frame, Point inside) {
    const Point middle = middleOf(frame);
    const Point away = turned(inside, frame.rotation);
    return {middle.x + away.x, middle.y + away.y};
}

std::array<Point, 4> cornersOf(const SheetFrame& frame) {
    const double w = (frame.box.maxX - frame.box.minX) / 2;
    const double h = (frame.box.maxY - frame.box.minY) / 2;
    return {onMap(frame, {-w, -h}), onMap(frame, {w, -h}), onMap(frame, {w, h}), onMap(frame, {-w, h})};
}

Box boundsOf(const SheetFrame& frame) {
    Box box;
    for (const Point& corner : cornersOf(frame)) box.add(corner);
    return box;
}

SheetFrame atScale(const SheetFrame& frame, double scale) {
    const Point middle = middleOf(frame);
    const double w = (frame.box.maxX - frame.box.minX) / 2 * scale / frame.scale;
    const double h = (frame.box.maxY - frame.box.minY) / 2 * scale / frame.scale;
    return {{middle.x - w, middle.y - h, middle.x + w, middle.y + h}, scale, frame.rotation};
}

}  // namespace zonewright::desktop
