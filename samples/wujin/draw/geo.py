"""Grid, projection, natural lines and GeoJSON output shared by the drawing scripts.

All coordinates are metres in EPSG:4549 (CGCS2000 / 3-degree Gauss-Kruger CM 120E),
x = easting, y = northing, on a grid of 1 mm. Waypoints are WGS84 degrees, which
equal CGCS2000 within the accuracy of a schematic drawing.
"""
import csv
import json
import math
import random
import zlib
from pathlib import Path

from pyproj import Transformer
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.ops import polygonize

SOURCES = Path(__file__).resolve().parent.parent / "sources"
_TO_GRID = Transformer.from_crs("EPSG:4490", "EPSG:4549", always_xy=True)


def rng(*keys):
    """A random generator that depends on the keys alone."""
    return random.Random(zlib.crc32("/".join(map(str, keys)).encode()))


def grid(v):
    """Nearest multiple of 1 mm."""
    return round(v * 1000) / 1000


def on_grid(p):
    return (grid(p[0]), grid(p[1]))


def xy(lon, lat):
    """Degrees to grid metres."""
    return on_grid(_TO_GRID.transform(lon, lat))


def route(*waypoints):
    """Waypoints in degrees to a list of grid points."""
    return [xy(*w) for w in waypoints]


def meander(pts, seed, rough=0.10, step=250.0):
    """Midpoint displacement between waypoints; ends and waypoints stay where they are."""
    out = [pts[0]]
    r = rng("meander", seed)

    def part(a, b):
        d = math.dist(a, b)
        if d <= step:
            return [b]
        s = r.gauss(0, rough)
        s = max(-2.2 * rough, min(2.2 * rough, s))
        m = ((a[0] + b[0]) / 2 - (b[1] - a[1]) * s, (a[1] + b[1]) / 2 + (b[0] - a[0]) * s)
        return part(a, m) + part(m, b)

    for a, b in zip(pts, pts[1:]):
        out += part(a, b)
    return [on_grid(p) for p in out]


def spline(pts, step=150.0, closed=False):
    """Centripetal Catmull-Rom curve through the points, sampled about every `step` metres."""
    if len(pts) < 3 and not closed:
        n = max(1, round(math.dist(*pts) / step))
        return [on_grid((pts[0][0] + (pts[1][0] - pts[0][0]) * i / n, pts[0][1] + (pts[1][1] - pts[0][1]) * i / n))
                for i in range(n + 1)]
    if closed:
        ctrl = [pts[-1]] + list(pts) + [pts[0], pts[1]]
    else:
        ctrl = [_mirror(pts[1], pts[0])] + list(pts) + [_mirror(pts[-2], pts[-1])]
    out = []
    for p0, p1, p2, p3 in zip(ctrl, ctrl[1:], ctrl[2:], ctrl[3:]):
        n = max(1, round(math.dist(p1, p2) / step))
        t = [0.0]
        for a, b in ((p0, p1), (p1, p2), (p2, p3)):
            t.append(t[-1] + max(1e-6, math.dist(a, b)) ** 0.5)
        for i in range(n):
            out.append(on_grid(_catmull((p0, p1, p2, p3), t, t[1] + (t[2] - t[1]) * i / n)))
    if not closed:
        out.append(on_grid(pts[-1]))
    return out


def _mirror(a, b):
    return (2 * b[0] - a[0], 2 * b[1] - a[1])


def _catmull(p, t, u):
    def mix(a, b, ta, tb):
        w = (u - ta) / (tb - ta)
        return (a[0] + (b[0] - a[0]) * w, a[1] + (b[1] - a[1]) * w)

    a1, a2, a3 = (mix(p[i], p[i + 1], t[i], t[i + 1]) for i in range(3))
    b1, b2 = mix(a1, a2, t[0], t[2]), mix(a2, a3, t[1], t[3])
    return mix(b1, b2, t[1], t[2])


def shore(waypoints, seed, rough=0.12, step=180.0):
    """Closed natural outline through waypoints in degrees."""
    pts = route(*waypoints)
    ring = spline(pts, 900.0, closed=True)
    return snapped(Polygon(meander(ring + [ring[0]], seed, rough, step)))


def snapped(geom):
    """The geometry with every vertex on the grid, made valid where rounding broke it."""
    if geom.is_empty:
        return geom
    if geom.geom_type == "Polygon":
        g = Polygon([on_grid(c) for c in geom.exterior.coords], [[on_grid(c) for c in h.coords] for h in geom.interiors])
        while not g.is_valid:
            fixed = g.buffer(0)
            parts = [p for p in getattr(fixed, "geoms", [fixed]) if p.geom_type == "Polygon"]
            g = max(parts, key=lambda p: p.area)
            g = Polygon([on_grid(c) for c in g.exterior.coords], [[on_grid(c) for c in h.coords] for h in g.interiors])
        return g
    if geom.geom_type == "MultiPolygon":
        return MultiPolygon([snapped(p) for p in geom.geoms])
    return LineString([on_grid(c) for c in geom.coords])


def polygons(geom):
    """The polygons of any geometry."""
    if geom.is_empty:
        return []
    if geom.geom_type == "Polygon":
        return [geom]
    return [q for p in getattr(geom, "geoms", []) for q in polygons(p)]


def lines(geom):
    """The line strings of any geometry."""
    if geom.is_empty:
        return []
    if geom.geom_type in ("LineString", "LinearRing"):
        return [geom]
    return [q for p in getattr(geom, "geoms", []) for q in lines(p)]


def ints(ring):
    """Ring coordinates as whole millimetres, without the closing point."""
    return [(round(c[0] * 1000), round(c[1] * 1000)) for c in list(ring.coords)[:-1]]


def area2_mm2(geom):
    """Twice the exact area in square millimetres."""
    total = 0
    for p in polygons(geom):
        for k, ring in enumerate([p.exterior, *p.interiors]):
            c = ints(ring)
            a = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(c, c[1:] + c[:1])))
            total += -a if k else a
    return total


def dissolve(polys):
    """Union of polygons that share edges exactly: edges used twice cancel, all other vertices stay."""
    edges = {}
    for p in polys:
        for q in polygons(p):
            ccw = Polygon(q.exterior, q.interiors)
            for k, ring in enumerate([ccw.exterior, *ccw.interiors]):
                c = ints(ring)
                if ring.is_ccw == bool(k):
                    c.reverse()
                for a, b in zip(c, c[1:] + c[:1]):
                    if (b, a) in edges:
                        del edges[b, a]
                    else:
                        edges[a, b] = True
    segments = [LineString([(a[0] / 1000, a[1] / 1000), (b[0] / 1000, b[1] / 1000)]) for a, b in edges]
    left = {e for e in edges}
    rings = []
    for face in polygonize(segments):
        c = ints(face.exterior)
        if not face.exterior.is_ccw:
            c.reverse()
        if (c[0], c[1]) in left:
            rings.append(face)
    return rings[0] if len(rings) == 1 else MultiPolygon(rings)


def _num(v):
    s = f"{v:.3f}".rstrip("0").rstrip(".")
    return s if s != "-0" else "0"


def _coords(c):
    return "[" + ",".join(f"[{_num(p[0])},{_num(p[1])}]" for p in c) + "]"


def _rings(p):
    def turned(ring, ccw):
        c = list(ring.coords)
        return c if ring.is_ccw == ccw else c[::-1]

    return "[" + ",".join([_coords(turned(p.exterior, True))] + [_coords(turned(h, False)) for h in p.interiors]) + "]"


def _geometry(g):
    t = g.geom_type
    if t == "Point":
        return '{"type":"Point","coordinates":[%s,%s]}' % (_num(g.x), _num(g.y))
    if t == "LineString":
        return '{"type":"LineString","coordinates":%s}' % _coords(g.coords)
    if t == "MultiLineString":
        return '{"type":"MultiLineString","coordinates":[%s]}' % ",".join(_coords(p.coords) for p in g.geoms)
    return '{"type":"MultiPolygon","coordinates":[%s]}' % ",".join(_rings(p) for p in polygons(g))


def write(layer, rows):
    """Writes [(geometry, {field: value})] as one feature a line; multi types where the layer says so."""
    out = ['{"type":"FeatureCollection","name":"%s",' % layer,
           '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}},"features":[']
    body = []
    for geom, fields in rows:
        props = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        body.append('{"type":"Feature","properties":%s,"geometry":%s}' % (props, _geometry(geom)))
    SOURCES.mkdir(exist_ok=True)
    (SOURCES / f"{layer}.geojson").write_text("\n".join(out) + "\n" + ",\n".join(body) + "\n]}\n", encoding="utf-8")
    print(f"{layer}: {len(rows)} features")


def write_table(layer, rows):
    """Writes rows of equal keys as CSV."""
    SOURCES.mkdir(exist_ok=True)
    with open(SOURCES / f"{layer}.csv", "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, rows[0].keys(), lineterminator="\n")
        w.writeheader()
        w.writerows(rows)
    print(f"{layer}: {len(rows)} rows")


def read(layer):
    """Reads a layer back as [(geometry, fields)]."""
    from shapely.geometry import shape
    data = json.loads((SOURCES / f"{layer}.geojson").read_text(encoding="utf-8"))
    return [(shape(f["geometry"]), f["properties"]) for f in data["features"]]


def multi(g):
    """Line strings as one MultiLineString."""
    return MultiLineString([p.coords for p in lines(g)])
