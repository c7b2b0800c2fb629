#include "core/coverage/exact.h"

namespace zonewright::coverage {
namespace {

Wide dot(GridPoint o, GridPoint a, GridPoint b) {
    return static_cast<Wide>(a.x - o.x) * (b.x - o.x) + static_cast<Wide>(a.y - o.y) * (b.y - o.y);
}

/// num / den to the nearest integer, halves away from zero; den > 0.
std::int64_t rounded(Wide num, Wide den) {
    const Wide half = den / 2;
    return static_cast<std::int64_t>(num >= 0 ? (num + half) / den : -((-num + half) / den));
}

bool inUpperHalf(GridPoint centre, GridPoint p) {
    return p.y > centre.y || (p.y == centre.y && p.x > centre.x);
}

}  // namespace

bool liesInside(GridPoint p, GridPoint a, GridPoint b) {
    return p != a && p != b && GridBox::of(a, b).contains(p) && cross(a, b, p) == 0;
}

Meeting meeting(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
    if (!GridBox::of(a, b).intersects(GridBox::of(c, d))) return Meeting::Apart;
    const int abc = turn(a, b, c);
    const int abd = turn(a, b, d);
    if (abc == abd && abc != 0) return Meeting::Apart;
    const int cda = turn(c, d, a);
    const int cdb = turn(c, d, b);
    if (cda == cdb && cda != 0) return Meeting::Apart;
    if (abc != 0 && abd != 0 && cda != 0 && cdb != 0) return Meeting::Crossing;
    if ((a == c && b == d) || (a == d && b == c)) return Meeting::Same;
    if (liesInside(a, c, d) || liesInside(b, c, d) || liesInside(c, a, b) || liesInside(d, a, b))
        return Meeting::Touching;
    return a == c || a == d || b == c || b == d ? Meeting::AtEnds : Meeting::Apart;
}

GridPoint crossingPoint(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
    const Wide fromA = cross(c, d, a);
    const Wide fromB = cross(c, d, b);
    Wide num = fromA;
    Wide den = fromA - fromB;
    if (den < 0) {
        num = -num;
        den = -den;
    }
    return {a.x + rounded(num * (b.x - a.x), den), a.y + rounded(num * (b.y - a.y), den)};
}

bool within(GridPoint p, GridPoint a, GridPoint b, std::int64_t reach) {
    const Wide reach2 = static_cast<Wide>(reach) * reach;
    const Wide along = dot(a, b, p);
    const Wide length2 = dot(a, b, b);
    if (along <= 0) return dot(a, p, p) <= reach2;
    if (along >= length2) return dot(b, p, p) <= reach2;
    const Wide area = cross(a, b, p);
    // |area| / length <= reach; an area beyond the width of the strip is settled before it is squared.
    const Wide magnitude = area < 0 ? -area : area;
    const Wide bound = static_cast<Wide>(reach) * (std::max(std::abs(b.x - a.x), std::abs(b.y - a.y)) * 2);
    return magnitude <= bound && magnitude * magnitude <= reach2 * length2;
}

bool comesBefore(GridPoint centre, GridPoint a, GridPoint b) {
    const bool upperA = inUpperHalf(centre, a);
    const bool upperB = inUpperHalf(centre, b);
    if (upperA != upperB) return upperA;
    return cross(centre, a, b) > 0;
}

}  // namespace zonewright::coverage
