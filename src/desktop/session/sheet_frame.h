#pragma once

#include <array>

#include "core/geometry/types.h"

namespace zonewright::desktop {

/// The part of the map that a sheet shows.
struct SheetFrame {
    Box box;               ///< as it lies before it is turned about its middle
    double scale = 0;      ///< denominator on paper
    double rotation = 0;   ///< degrees by which the map is turned clockwise on the sheet: the frame turns the other way on the map
    bool operator==(const SheetFrame&) const = default;
};

[[nodiscard]] Point middleOf(const SheetFrame& frame);
/// A place as the frame sees it, about its middle: x along its lower side, y along its left one.
[[nodiscard]] Point inFrame(const SheetFrame& frame, Point place);
/// The other way.
[[nodiscard]] Point onMap(const SheetFrame& frame, Point inside);
/// On the map; on the sheet these are lower left, lower right, upper right, upper left.
[[nodiscard]] std::array<Point, 4> cornersOf(const SheetFrame& frame);
/// Everything that the turned frame touches.
[[nodiscard]] Box boundsOf(const SheetFrame& frame);
/// The same shape at another scale, about its middle.
[[nodiscard]] SheetFrame atScale(const SheetFrame& frame, double scale);

}  // namespace zonewright::desktop
