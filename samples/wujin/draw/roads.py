"""The road network: mains, expressways with interchanges, town streets, village roads, links outside."""
import math
from collections import defaultdict

from geo import lines, meander, on_grid, rng, route, spline, write, xy
from mains import LINKS, MAINS, PLACES, RAIL_LINKS
from shapely.geometry import LineString, MultiLineString, Point
from shapely.ops import linemerge, nearest_points, unary_union
from shapely.prepared import prep
from shapely.strtree import STRtree
from urban import built_areas

SPEED = {"secondary": 45, "town": 35, "village": 40}


class Road(dict):
    """Attributes of the line an arc comes from."""


def _key(p):
    return (round(p[0] * 1000), round(p[1] * 1000))


def _streets(areas, mains, lakes):
    """Street grids of the built areas; streets that would run along a main road are left out."""
    near = unary_union([m.buffer(110, 4) for m, _ in mains])
    tree = STRtree([m for m, _ in mains])
    out = []
    for code, use, poly, bearing, spacing in areas:
        r, t = rng("streets", code), math.radians(bearing)
        cx, cy = poly.centroid.x, poly.centroid.y
        reach = max(math.dist((cx, cy), p) for p in poly.exterior.coords)
        for axis in (0, 1):
            d, n = -reach + r.uniform(0, spacing), 0
            while d < reach:
                phase, amp = r.uniform(0, 6.28), r.uniform(0.04, 0.12) * spacing
                pts = []
                for i in range(-40, 41):
                    s = reach * i / 40
                    w = d + amp * math.sin(phase + s / 620)
                    u, v = (s, w) if axis == 0 else (w, s)
                    pts.append((cx + u * math.cos(t) - v * math.sin(t), cy + u * math.sin(t) + v * math.cos(t)))
                cls = "secondary" if n % 3 == 1 else "town"
                for part in lines(LineString(pts).intersection(poly)):
                    out += [(_longer(p, 125), Road(name="", cls=cls, speed=SPEED[cls])) for p in _off_mains(part, near, tree)
                            if p.length > 150]
                d += spacing * r.uniform(0.82, 1.2)
                n += 1
    wet = prep(lakes)
    return [(q, f) for p, f in out for q in (lines(p.difference(lakes)) if wet.intersects(p) else [p])]


def _longer(line, by):
    """The line run on straight at both ends; what then ends blind is trimmed after noding."""
    c = list(line.coords)
    for i, j in ((0, 1), (-1, -2)):
        (x, y), (u, v) = c[i], c[j]
        d = math.dist((x, y), (u, v))
        c.insert(0 if i == 0 else len(c), (x + (x - u) / d * by, y + (y - v) / d * by))
    return LineString(c)


def _off_mains(line, near, tree):
    """The line without the pieces that run along a main road; pieces that cross one stay."""
    out = lines(line.difference(near))
    for piece in lines(line.intersection(near)):
        m = tree.nearest(piece)
        a, b = piece.coords[0], piece.coords[-1]
        if math.dist(a, b) < 1:
            continue
        k = m.project(piece.centroid)
        p, q = m.interpolate(max(0, k - 30)), m.interpolate(k + 30)
        dot = abs((b[0] - a[0]) * (q.x - p.x) + (b[1] - a[1]) * (q.y - p.y)) / (math.dist(a, b) * max(1e-9, math.dist((p.x, p.y), (q.x, q.y))))
        if dot < 0.72:
            out.append(piece)
    merged = unary_union(out) if out else MultiLineString()
    return lines(linemerge(merged)) if merged.geom_type == "MultiLineString" else lines(merged)


def _villages(district, areas, lakes, hills):
    """Village points, about one a square kilometre, off towns, lakes and hills."""
    built = prep(unary_union([a[2].buffer(250) for a in areas] + [lakes.buffer(150), hills]))
    inside = prep(district.buffer(-120))
    r = rng("villages")
    x0, y0, x1, y1 = district.bounds
    cell, got, by = 1040.0, [], defaultdict(list)
    for _ in range(26000):
        p = (r.uniform(x0, x1), r.uniform(y0, y1))
        q = Point(p)
        if not inside.contains(q) or built.intersects(q):
            continue
        i, j = int(p[0] // cell), int(p[1] // cell)
        if any(math.dist(p, o) < cell for a in range(i - 1, i + 2) for b in range(j - 1, j + 2) for o in by[a, b]):
            continue
        by[i, j].append(p)
        got.append(on_grid(p))
    return got


def _gabriel(points, longest):
    """Edges of the Gabriel graph no longer than `longest`."""
    from scipy.spatial import Delaunay, cKDTree
    tri = Delaunay(points)
    tree = cKDTree(points)
    edges = {tuple(sorted((s[i], s[j]))) for s in tri.simplices for i, j in ((0, 1), (1, 2), (0, 2))}
    out = []
    for a, b in sorted((int(a), int(b)) for a, b in edges):
        p, q = points[a], points[b]
        d = math.dist(p, q)
        if d > longest:
            continue
        near = tree.query_ball_point(((p[0] + q[0]) / 2, (p[1] + q[1]) / 2), d / 2 * 0.999)
        if not [k for k in near if k not in (a, b)]:
            out.append((a, b))
    return out


def _village_roads(villages, mains, streets, areas, lakes, hills, district):
    """Roads between villages and from villages to main roads and streets."""
    anchors = []
    for m, f in mains:
        if f["cls"] == "link":
            continue
        for i in range(1, int(m.length // 900)):
            p = m.interpolate(900 * i)
            anchors.append((p.x, p.y))
    for s, _ in streets:
        anchors += [s.coords[0], s.coords[-1]]
    keep, seen = [], set()
    inside = prep(district)
    for p in anchors:
        k = (int(p[0] // 800), int(p[1] // 800))
        if k not in seen and inside.contains(Point(p)):
            seen.add(k)
            keep.append(p)
    points = villages + keep
    n = len(villages)
    blocked = prep(unary_union([lakes.buffer(40), hills]))
    town = prep(unary_union([a[2].buffer(-60) for a in areas]))
    out = []
    for a, b in _gabriel(points, 2700):
        if a >= n and b >= n:
            continue
        line = LineString(meander([points[a], points[b]], f"v{a}-{b}", 0.09, 140))
        if blocked.intersects(line) or town.intersects(line):
            continue
        if a >= n or b >= n:
            # Anchors lie on roads only nearly: run a little past so that the two cross.
            i = 0 if a >= n else -1
            c = list(line.coords)
            e, f = (c[0], c[1]) if i == 0 else (c[-1], c[-2])
            d = math.dist(e, f)
            over = (e[0] + (e[0] - f[0]) / d * 3, e[1] + (e[1] - f[1]) / d * 3)
            c = [over] + c[1:] if i == 0 else c[:-1] + [over]
            line = LineString(c)
        out.append((line, Road(name="", cls="town", speed=SPEED["village"])))
    return out


def _node_lines(source, forced=()):
    """Splits all lines where they meet and at forced points; [(grid coords, attributes)]."""
    merged = unary_union([l for l, _ in source])
    tree = STRtree([l for l, _ in source])
    index = {id(l): f for l, f in source}
    rank = {"expressway": 0, "urban_expressway": 1, "trunk": 2, "primary": 3, "secondary": 4, "town": 5}
    forced = {_key(p) for p in forced}
    out = {}
    for piece in lines(merged):
        mid = piece.interpolate(0.5, normalized=True)
        hits = [l for l in tree.query(mid.buffer(0.5)) if l.distance(mid) < 0.05]
        f = min((index[id(l)] for l in hits), key=lambda f: (f.get("project", "") != "", rank[f["cls"]], f["name"]))
        coords = []
        for c in piece.coords:
            c = on_grid(c)
            if not coords or c != coords[-1]:
                coords.append(c)
            if len(coords) > 1 and _key(c) in forced:
                out[_ends(coords)] = (coords, f)
                coords = [c]
        if len(coords) > 1:
            out[_ends(coords)] = (coords, f)
    return list(out.values())


def _ends(coords):
    a, b = _key(coords[0]), _key(coords[-1])
    return (min(a, b), max(a, b), round(LineString(coords).length * 1000))


def _contract(arcs, fixed):
    """Merges nodes that lie within 2 m of one another along an arc, so that no arc is a speck."""
    to = {}

    def find(k):
        while to.setdefault(k, k) != k:
            k = to[k]
        return k

    point = {}
    for c, _ in arcs:
        point[_key(c[0])], point[_key(c[-1])] = c[0], c[-1]
        if LineString(c).length < 2:
            a, b = find(_key(c[0])), find(_key(c[-1]))
            if a != b:
                a, b = (a, b) if a in fixed or b not in fixed else (b, a)
                to[b] = a
    out = {}
    for c, f in arcs:
        a, b = point[find(_key(c[0]))], point[find(_key(c[-1]))]
        if LineString(c).length >= 2:
            c = [a, *c[1:-1], b]
            if LineString(c).length < 2:
                continue
            out[_ends(c)] = (c, f)
    return list(out.values())


def _trim(arcs, shortest, keep):
    """Drops dead ends shorter than `shortest` metres, as long as there are any."""
    while True:
        degree = defaultdict(int)
        for c, _ in arcs:
            degree[_key(c[0])] += 1
            degree[_key(c[-1])] += 1
        left = []
        for c, f in arcs:
            dead = [k for k in (_key(c[0]), _key(c[-1])) if degree[k] == 1 and k not in keep]
            if dead and LineString(c).length < shortest:
                continue
            left.append((c, f))
        if len(left) == len(arcs):
            return arcs
        arcs = left


def _join(arcs, keep):
    """Joins arcs of the same road at nodes that only two arcs use."""
    at = defaultdict(list)
    arcs = dict(enumerate(arcs))
    for i, (c, _) in arcs.items():
        at[_key(c[0])].append(i)
        at[_key(c[-1])].append(i)
    for node, users in list(at.items()):
        users = at[node]
        if len(users) != 2 or users[0] == users[1] or node in keep:
            continue
        (c1, f1), (c2, f2) = arcs[users[0]], arcs[users[1]]
        if any(f1[k] != f2[k] for k in ("name", "cls")) or f1.get("project") != f2.get("project"):
            continue
        if _key(c1[0]) == node:
            c1 = c1[::-1]
        if _key(c2[0]) != node:
            c2 = c2[::-1]
        if _key(c1[0]) == _key(c2[-1]):
            continue
        i, j = users
        arcs[i] = (c1 + c2[1:], f1)
        del arcs[j]
        end = _key(c2[-1])
        at[end] = [i if u == j else u for u in at[end]]
        at[node] = []
    return list(arcs.values())


def _interchanges(high, ground):
    """Ramps between the level-1 lines and the mains they cross; (ramps, split points of each level)."""
    ramps, high_split, ground_split = [], [], []
    used = []
    for line, f in high:
        spacing = 3300 if f["cls"] == "expressway" else 1250
        others = [g for g, _ in high if g is not line]
        hubs = [line.project(p) for o in others for p in _points(line.intersection(o))]
        taken = [(h, 900) for h in hubs]
        found = []
        for g, gf in ground:
            if gf["cls"] not in ("trunk", "primary") or gf.get("project", "") not in ("", f.get("project", "")):
                continue
            if line.buffer(30).intersection(g).length > 1200:
                continue
            for p in _points(line.intersection(g)):
                found.append((gf["cls"] != "trunk", line.project(p), p, g, gf))
        for _, d, p, g, gf in sorted(found, key=lambda v: v[:2]):
            if d < 420 or d > line.length - 420 or any(abs(d - t) < s for t, s in taken):
                continue
            if any(q.distance(p) < 600 for q in used):
                continue
            k = g.project(p)
            if k < 300 or k > g.length - 300:
                continue
            taken.append((d, spacing))
            used.append(p)
            arm = 380 if f["cls"] == "expressway" else 230
            e = [_vertex(line, d - arm), _vertex(line, d + arm)]
            s = [_vertex(g, k - arm * 0.7), _vertex(g, k + arm * 0.7)]
            high_split += e
            ground_split += s
            for a, b in ((e[0], s[0]), (s[0], e[1]), (e[1], s[1]), (s[1], e[0])):
                m = ((a[0] + b[0]) / 2 * 0.62 + p.x * 0.38, (a[1] + b[1]) / 2 * 0.62 + p.y * 0.38)
                rf = Road(name=f["name"] + "互通匝道", cls="ramp", speed=40, oneway=1, level=1, project=f.get("project", ""),
                          state=f["state"], year=f["year"])
                ramps.append((spline([a, on_grid(m), b], 60), rf))
    return ramps, high_split, ground_split


def _points(g):
    if g.is_empty:
        return []
    if g.geom_type == "Point":
        return [g]
    return [p for q in getattr(g, "geoms", []) for p in _points(q)]


def _vertex(line, d):
    """The vertex of the line nearest to distance d along it."""
    p = line.interpolate(d)
    return min(line.coords, key=lambda c: math.dist(c, (p.x, p.y)))


def _dense(line, step=60):
    """The line with vertices every `step` metres, all of them on the grid."""
    out = [line.coords[0]]
    for a, b in zip(line.coords, line.coords[1:]):
        n = max(1, round(math.dist(a, b) / step))
        out += [on_grid((a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n)) for i in range(1, n + 1)]
    return LineString(out)


def _components(arcs):
    parent = {}

    def find(k):
        while parent.setdefault(k, k) != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for c, _ in arcs:
        parent[find(_key(c[0]))] = find(_key(c[-1]))
    size = defaultdict(int)
    for c, _ in arcs:
        size[find(_key(c[0]))] += 1
    return find, size


def _open(f):
    return f.get("state", "open") == "open"


def roads(district, towns, bodies, geoms, props, hills, ring):
    """Draws roads and places; returns ([(coords, attributes)] of level 0 in the district, built areas)."""
    lakes = unary_union([bodies[c] for c in bodies])
    areas = built_areas(district, towns, lakes, ring)
    mains = [(_dense(LineString(spline(route(*pts), 150))), Road(name=n, cls=c, speed=v)) for n, c, v, pts in MAINS]
    high = []
    for code, p in props.items():
        if p["mode"] != "road" or code.endswith("_w"):
            continue
        cls = {"trunk_road": "trunk", "bridge": "primary"}.get(p["grp"], p["grp"])
        f = Road(name=p["name"], cls=cls, speed=p["speed_kmh"], project=p["project"], state=p["state"], year=p["opening_year"])
        (high if p["grp"] in ("expressway", "urban_expressway") else mains).append((_dense(geoms[code]), f))
    mains = _meet(mains, district)
    ramps, high_split, ground_split = _interchanges(high, mains)
    ends = [c for l, _ in high + mains for c in (l.coords[0], l.coords[-1])]
    gates = _gates([l for l, _ in high + mains])
    streets = _streets(areas, mains, lakes.buffer(10))
    villages = _villages(district, areas, lakes, hills)
    rural = _village_roads(villages, mains, streets, areas, lakes, hills, district)

    ground = _node_lines(mains + streets + rural, ground_split + ends)
    upper = _node_lines(high, high_split + ends)
    split = {_key(p) for p in ground_split + high_split}
    fixed = split | {_key(g) for g in gates}
    ground = _trim(_contract(ground, fixed), 90, fixed)
    ground = _thin(ground, fixed)
    ground = _trim(ground, 240, fixed)
    upper = _trim(_contract(upper, fixed), 900, fixed)
    shared = {_key(p) for c, _ in ground for p in (c[0], c[-1])} & {_key(p) for c, _ in upper for p in (c[0], c[-1])}
    ground, upper = _join(ground, fixed | shared), _join(upper, fixed | shared)
    for _, f in ground:
        f.setdefault("level", 0)
    arcs = ground + [(c, Road(f, level=1)) for c, f in upper] + ramps
    arcs = _largest(arcs)
    arcs += _links(arcs)
    arcs = [(c if c[0] == c[-1] else list(LineString(c).simplify(1.0).coords), f) for c, f in _largest(arcs)]
    _write(arcs)
    _write_places(towns)
    return [(c, f) for c, f in arcs if f["cls"] not in ("link", "ramp")], areas, villages


def _meet(mains, district):
    """Runs the ends of main roads inside the district on to the nearest other main road within 450 m."""
    out = []
    for line, f in mains:
        c = list(line.coords)
        for i, j in ((0, 1), (-1, -2)):
            p = Point(c[i])
            near = min((m for m, _ in mains if m is not line), key=p.distance)
            if not district.contains(p) or not 1 < p.distance(near) < 450:
                continue
            q = nearest_points(p, near)[1]
            d = p.distance(q)
            c.insert(0 if i == 0 else len(c), on_grid((q.x + (q.x - p.x) / d * 4, q.y + (q.y - p.y) / d * 4)))
        out.append((LineString(c), f))
    return out


def _largest(arcs):
    """Keeps what stays connected with only the open roads, and the projects that join it."""
    find, size = _components([a for a in arcs if _open(a[1])])
    root = max(size, key=lambda k: (size[k], k))
    arcs = [a for a in arcs if not _open(a[1]) or find(_key(a[0][0])) == root]
    find, size = _components(arcs)
    root = max(size, key=lambda k: (size[k], k))
    left = [a for a in arcs if find(_key(a[0][0])) == root]
    return left


def _thin(arcs, fixed):
    """Drops some minor arcs so that blocks differ in size, and arcs too short to be streets."""
    r = rng("thin")
    degree = defaultdict(int)
    for c, _ in arcs:
        degree[_key(c[0])] += 1
        degree[_key(c[-1])] += 1
    out = []
    for c, f in sorted(arcs, key=lambda a: a[0][0]):
        a, b = _key(c[0]), _key(c[-1])
        if f["cls"] == "town" and r.random() < 0.13 and degree[a] > 3 and degree[b] > 3 and a not in fixed and b not in fixed:
            degree[a] -= 1
            degree[b] -= 1
            continue
        out.append((c, f))
    return out


def _gates(all_lines):
    """Places where the drawn network ends outside: every gate of the links."""
    ends = [c for l in all_lines for c in (l.coords[0], l.coords[-1])]
    return [min(ends, key=lambda e: math.dist(e, xy(*g))) for _, _, g, _ in LINKS]


def _links(arcs):
    nodes = {}
    for c, f in arcs:
        for p in (c[0], c[-1]):
            nodes.setdefault(_key(p), (p, f))
    at = {p[0]: xy(*p[5]) for p in PLACES}
    out = []

    def link(place, minutes, p, project, name):
        length = math.dist(p, at[place])
        out.append(([p, at[place]], Road(name=name, cls="link", speed=round(length / 1000 / minutes * 60, 1), level=0, project=project,
                                         state="open" if not project else "advanced", year=None, time=minutes)))

    for place, minutes, gate, project in LINKS:
        p, f = min(nodes.values(), key=lambda v: math.dist(v[0], xy(*gate)))
        assert math.dist(p, xy(*gate)) < 400, (place, gate, math.dist(p, xy(*gate)))
        link(place, minutes, p, project, "外部连接（公路）")
    for place, minutes, station, project in RAIL_LINKS:
        link(place, minutes, xy(*station), project, "外部连接（铁路）")
    return out


def _write(arcs):
    from transport import RAILS, ROADS
    state = {k: (v[3], v[4]) for k, v in {**ROADS, **RAILS}.items()}
    order = {"expressway": 0, "urban_expressway": 1, "trunk": 2, "primary": 3, "secondary": 4, "town": 5, "ramp": 6, "link": 7}
    rows = []
    for c, f in sorted(arcs, key=lambda a: (order[a[1]["cls"]], a[1]["name"], a[0][0], a[0][-1])):
        project = f.get("project", "")
        st, year = state[project] if project else ("open", None)
        rows.append((LineString(c), dict(code=f"R{len(rows) + 1:05d}", name=f["name"], **{"class": f["cls"]}, speed_kmh=f["speed"],
                                         oneway=f.get("oneway", 0), level=f["level"], state=st, opening_year=year, project=project,
                                         time_min=f.get("time"))))
    write("roads", rows)


def _write_places(towns):
    from boundaries import TOWNS
    rows = [(Point(xy(*lonlat)), dict(code=c, name=zh, name_en=en, kind=kind, population=pop)) for c, zh, en, kind, pop, lonlat in PLACES]
    rows += [(Point(xy(*t[7])), dict(code=t[0], name=t[1], name_en=t[2], kind="town_centre", population=t[5])) for t in TOWNS]
    write("places", rows)
