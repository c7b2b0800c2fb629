#pragma once

#include <cmath>

#include "core/geometry/types.h"

/// Exact decisions on double coordinates, with ties broken as if every polygon that is measured lay moved by
/// (e, e*e), e infinitely small, against the zones. So no vertex ever lies on an edge, and a point on a
/// shared zone boundary belongs to exactly one zone: zones are half-open.
///
/// Source: Edelsbrunner and Muecke 1990, Simulation of Simplicity; the error bound is Shewchuk 1997, Adaptive
/// Precision Floating-Point Arithmetic, section 4.2.
namespace zonewright::intensity {

/// Exact as long as the coordinates' binary exponents lie within 50 of each other; farther apart the sign of
/// the larger terms decides.
__extension__ typedef __float128 Quad;

/// Twice the signed area of a, b, c as a double; positive when c lies left of a -> b.
[[nodiscard]] inline double turn(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// Sign of `turn`, exact: +1 left, -1 right, 0 straight.
[[nodiscard]] inline int exactTurn(Point a, Point b, Point c) {
    const double left = (b.x - a.x) * (c.y - a.y);
    const double right = (b.y - a.y) * (c.x - a.x);
    const double det = left - right;
    const double bound = 3.3306690738754716e-16 * (std::abs(left) + std::abs(right));
    if (det > bound) return 1;
    if (det < -bound) return -1;
    const Quad exact = (Quad(b.x) - a.x) * (Quad(c.y) - a.y) - (Quad(b.y) - a.y) * (Quad(c.x) - a.x);
    return exact > 0 ? 1 : exact < 0 ? -1 : 0;
}

/// Whether the moved parcel point `p` lies left of the zone edge a -> b.
[[nodiscard]] inline bool parcelPointIsLeft(Point a, Point b, Point p) {
    if (const int sign = exactTurn(a, b, p); sign != 0) return sign > 0;
    return b.y != a.y ? b.y < a.y : b.x > a.x;
}

/// Whether the zone point `s` lies left of the moved parcel edge p -> q.
[[nodiscard]] inline bool zonePointIsLeft(Point p, Point q, Point s) {
    if (const int sign = exactTurn(p, q, s); sign != 0) return sign > 0;
    return q.y != p.y ? q.y > p.y : q.x < p.x;
}

}  // namespace zonewright::intensity
