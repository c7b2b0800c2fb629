"""Planar arrangements on the 1 mm grid: faces of crossing lines, exact to the vertex."""
import math

from geo import lines, on_grid, polygons, rng
from shapely.geometry import LineString
from shapely.ops import polygonize, unary_union


def arrange(parts):
    """Nodes the lines, moves every vertex to the grid and nodes again until nothing moves; returns the faces."""
    work = parts
    for _ in range(20):
        noded = lines(unary_union(work))
        moved, work = 0, []
        for l in noded:
            c = []
            for p in l.coords:
                q = on_grid(p)
                moved += q != (p[0], p[1])
                if not c or q != c[-1]:
                    c.append(q)
            if len(c) > 1:
                work.append(LineString(c))
        if not moved:
            return [f for f in polygonize(work)]
    raise RuntimeError("the arrangement does not settle on the grid")


def cuts(poly, target, key):
    """Lines that cut a block into pieces of about `target` m2, across its long side, recursively."""
    out, todo, n = [], [poly], 0
    while todo:
        p = todo.pop()
        if p.area < 1.55 * target:
            continue
        n += 1
        if n > 400:
            break
        line = _across(p, rng("cut", key, n), target)
        inside = [l for l in lines(line.intersection(p)) if l.length > 1]
        if not inside:
            continue
        rest = [q for q in polygons(p.difference(line.buffer(0.02)))]
        if len(rest) < 2 or min(q.area for q in rest) < 0.12 * target:
            continue
        out += [_overshoot(l) for l in inside]
        todo += rest
    return out


def _across(p, r, target):
    box = list(p.minimum_rotated_rectangle.exterior.coords)
    (a, b, c) = box[:3]
    if math.dist(a, b) < math.dist(b, c):
        a, b, c = b, c, box[3]
    parts = max(2, round(p.area / target))
    k = (parts // 2) / parts + r.uniform(-0.06, 0.06)
    m = (a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k)
    w = (c[0] - b[0], c[1] - b[1])
    return LineString([(m[0] - w[0] * 0.1, m[1] - w[1] * 0.1), (m[0] + w[0] * 1.1, m[1] + w[1] * 1.1)])


def _overshoot(l, by=0.03):
    (x0, y0), (x1, y1) = l.coords[0], l.coords[-1]
    d = math.dist((x0, y0), (x1, y1))
    ux, uy = (x1 - x0) / d * by, (y1 - y0) / d * by
    return LineString([(x0 - ux, y0 - uy), (x1 + ux, y1 + uy)])
