"""Land parcels: an exact cover of the district by blocks between roads, cut into lots, with land-use codes."""
import math

from arrangement import arrange, cuts
from boundaries import TOWNS
from geo import dissolve, ints, lines, polygons, rng, snapped, spline, write, xy
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union
from shapely.prepared import prep
from shapely.strtree import STRtree

HALF_WIDTH = {"expressway": 17, "urban_expressway": 19, "trunk": 17, "primary": 17, "secondary": 11, "town": 6}
TARGET = {"core": 48000, "res": 76000, "ind": 150000, "centre": 36000, "edu": 130000, "tour": 110000, "park": 200000, "relic": 400000, "rural": 490000, "village": 150000, "hill": 420000}
MU = 10000 / 15
# Business centres besides the town centres: along metro line 1, the station, the lake.
BUSINESS = [(119.9443, 31.7145), (119.9436, 31.7020), (119.9560, 31.7250), (119.9430, 31.6620), (119.8370, 31.7120)]
# A block has a leading use, drawn from BLOCKS; most lots follow it, the rest are drawn from LOTS.
# use of the area: [(leading land use, weight)]
BLOCKS = {
    "core": [("070102", 60), ("0901", 9), ("0902", 6), ("080403", 7), ("1401", 7), ("0801", 5), ("080601", 2), ("0803", 2), ("100101", 2)],
    "centre": [("0902", 30), ("0901", 32), ("070102", 22), ("1401", 6), ("0801", 6), ("0803", 4)],
    "res": [("070102", 72), ("080403", 7), ("1401", 8), ("0901", 4), ("100101", 5), ("0801", 1), ("0805", 1), ("080601", 1), ("16", 1)],
    "ind": [("100102", 48), ("100101", 38), ("110101", 5), ("070102", 4), ("0802", 2), ("16", 1), ("1402", 2)],
    "edu": [("080401", 55), ("0802", 20), ("070102", 12), ("1401", 7), ("0805", 3), ("100101", 3)],
    "tour": [("0903", 18), ("090104", 12), ("1401", 30), ("0301", 22), ("070101", 12), ("0803", 6)],
    "relic": [("1504", 100)],
    "park": [("1401", 100)],
    "rural": [("0101", 82), ("0205", 5), ("0201", 4), ("0103", 5), ("0301", 4)],
    "nursery": [("0205", 58), ("0101", 34), ("0201", 8)],
    "shore": [("1704", 42), ("0101", 44), ("0205", 8), ("0506", 6)],
    "village": [("070302", 100)],
    "hill": [("0301", 80), ("0302", 12), ("0202", 8)],
}
LOTS = {
    "core": [("070102", 40), ("0901", 25), ("0702", 10), ("080404", 6), ("1401", 8), ("1403", 4), ("120803", 3), ("0803", 4)],
    "centre": [("0901", 40), ("0902", 25), ("1403", 8), ("070102", 17), ("120803", 4), ("0803", 6)],
    "res": [("070102", 40), ("0901", 22), ("0702", 14), ("080404", 8), ("1401", 10), ("080701", 3), ("1301", 2), ("0801", 1)],
    "ind": [("100101", 40), ("100102", 28), ("110101", 10), ("1402", 8), ("1303", 4), ("1302", 3), ("0901", 5), ("120803", 2)],
    "edu": [("080401", 40), ("0802", 20), ("0901", 12), ("1401", 16), ("0805", 12)],
    "tour": [("1401", 40), ("0904", 25), ("090104", 15), ("120803", 10), ("0301", 10)],
    "relic": [("1504", 100)],
    "park": [("1401", 78), ("1403", 8), ("0803", 6), ("0903", 4), ("120803", 4)],
    "rural": [("0101", 44), ("1704", 18), ("0301", 16), ("100102", 10), ("060201", 6), ("0201", 6)],
    "nursery": [("0205", 50), ("1704", 20), ("060201", 10), ("0301", 20)],
    "shore": [("1704", 50), ("0301", 25), ("0101", 25)],
    "village": [("070302", 60), ("0704", 25), ("100102", 15)],
    "hill": [("0301", 90), ("0202", 10)],
}
FOLLOW = {"core": 0.84, "centre": 0.8, "res": 0.86, "ind": 0.9, "edu": 0.9, "tour": 0.8, "park": 0.92, "relic": 1, "rural": 0.8, "nursery": 0.85, "shore": 0.8,
          "village": 0.86, "hill": 0.95}
# land use: (FAR low, high, coverage low, high, permitted FAR, output 10^4 yuan a mu a year low, high)
BUILD = {
    "070101": (0.5, 0.9, 0.22, 0.32, 1.0, 0, 0), "070102": (1.2, 2.3, 0.18, 0.30, 2.2, 0, 0), "070302": (0.35, 0.6, 0.18, 0.30, 0.8, 0, 0),
    "0702": (0.7, 1.2, 0.3, 0.4, 1.5, 0, 0), "0704": (0.4, 0.8, 0.25, 0.35, 1.0, 0, 0), "0801": (0.8, 1.6, 0.22, 0.35, 2.0, 0, 0),
    "0802": (0.9, 1.8, 0.25, 0.4, 2.0, 120, 420), "0803": (0.6, 1.2, 0.25, 0.4, 1.5, 0, 0), "080401": (0.45, 0.8, 0.14, 0.24, 1.0, 0, 0),
    "080403": (0.5, 0.8, 0.18, 0.28, 0.9, 0, 0), "080404": (0.5, 0.8, 0.22, 0.3, 0.8, 0, 0), "0805": (0.2, 0.5, 0.12, 0.25, 0.8, 0, 0),
    "080601": (1.0, 1.9, 0.25, 0.35, 2.2, 0, 0), "080701": (0.6, 1.1, 0.22, 0.32, 1.4, 0, 0), "0901": (1.2, 2.6, 0.35, 0.5, 3.0, 250, 700),
    "0902": (2.0, 3.8, 0.30, 0.45, 4.0, 400, 1500), "0903": (0.2, 0.6, 0.12, 0.25, 0.8, 60, 200), "090104": (0.8, 1.6, 0.22, 0.35, 1.8, 120, 360),
    "0904": (0.4, 0.9, 0.2, 0.35, 1.2, 80, 240), "100101": (0.9, 1.7, 0.40, 0.58, 2.0, 420, 1150), "100102": (0.7, 1.3, 0.40, 0.60, 1.8, 300, 850),
    "110101": (0.6, 1.2, 0.4, 0.58, 1.8, 120, 320), "120803": (0.1, 0.5, 0.05, 0.2, 1.0, 0, 0), "1301": (0.3, 0.6, 0.2, 0.3, 0.8, 0, 0),
    "1302": (0.15, 0.4, 0.12, 0.25, 0.8, 0, 0), "1303": (0.2, 0.5, 0.15, 0.3, 0.8, 0, 0), "060201": (0.05, 0.2, 0.05, 0.15, 0.2, 8, 20),
}


def _pick(r, mix):
    x = r.uniform(0, sum(w for _, w in mix))
    for code, w in mix:
        x -= w
        if x <= 0:
            return code
    return mix[-1][0]


def _hamlets(ground, areas):
    """Midpoints of longer country roads, where the larger villages have their outlying groups."""
    town = prep(unary_union([a[2].buffer(200) for a in areas]))
    out = []
    for i, (c, f) in enumerate(ground):
        line = LineString(c)
        p = line.interpolate(0.5, normalized=True)
        if f["cls"] == "town" and line.length > 620 and rng("hamlet", i).random() < 0.55 and not town.contains(p):
            out.append((p.x, p.y))
    return out


def _village_blobs(villages, room):
    """Small built patches around the village points."""
    out = []
    for i, p in enumerate(villages):
        r = rng("blob", i)
        base = r.uniform(125, 250)
        pts = []
        for k in range(9):
            u, d = 2 * math.pi * k / 9, base * r.uniform(0.75, 1.25)
            pts.append((p[0] + d * math.cos(u), p[1] + 0.8 * d * math.sin(u)))
        q = snapped(Polygon(spline(pts, 80, closed=True)).buffer(0)).intersection(room)
        out += [x for x in polygons(q) if x.area > 15000]
    return out


def _use_finder(areas, hills, blobs, bodies):
    kinds = [(prep(p), p, use) for _, use, p, *_ in areas]
    tree = STRtree([p for _, p, _ in kinds])
    by = {id(p): (q, use) for q, p, use in kinds}
    village = STRtree(blobs)
    hill = prep(hills)
    garden = Point(xy(119.768, 31.690)).buffer(6500)
    shore = unary_union([bodies["gehu"], bodies["taihu"]]).buffer(1300)
    near = prep(shore)

    def use_of(point):
        for p in tree.query(point):
            q, use = by[id(p)]
            if q.contains(point):
                return use
        if any(b.contains(point) for b in village.query(point)):
            return "village"
        if hill.contains(point):
            return "hill"
        return "nursery" if garden.contains(point) else "shore" if near.contains(point) else "rural"

    return use_of


def parcels(district, towns, bodies, ways, geoms, props, ground, areas, villages, hills):
    """Draws the parcels; returns [(polygon, fields)]."""
    hubs = [(Point(xy(*t[7])), 850 if t[0] == "hutang" else 360) for t in TOWNS] + [(Point(xy(*h)), 520) for h in BUSINESS]
    roadland = unary_union([LineString(c).buffer(HALF_WIDTH[f["cls"]], 2, cap_style=2, join_style=2, mitre_limit=2)
                            for c, f in ground if f.get("state", "open") == "open"]).simplify(0.5).buffer(0)
    rail = unary_union([geoms[c].buffer(13, 2, cap_style=2, join_style=2) for c, p in props.items()
                        if p["mode"] == "rail" and p["state"] == "open"]).buffer(0)
    lake = unary_union(list(bodies.values())).buffer(0)
    river = unary_union([l.simplify(3).buffer(w / 2, 2, cap_style=2, join_style=2, mitre_limit=2) for c, (l, w) in ways.items() if c != "taihudike"]).buffer(0)
    firm = unary_union([roadland, rail, lake, river]).buffer(0)
    land = district.difference(firm).buffer(0)
    blobs = _village_blobs(villages + _hamlets(ground, areas), land.buffer(-0.5))
    use_of = _use_finder(areas, hills, blobs, bodies)

    work = [district.boundary, *[g.boundary.intersection(district) for g in (roadland, rail, lake, river)]]
    work += [b.boundary for b in blobs]
    limits = unary_union([t.boundary for t in towns.values()])
    work.append(unary_union([a[2].boundary for a in areas]).intersection(land).difference(limits.buffer(70, 3)))
    work.append(hills.boundary.intersection(land).difference(limits.buffer(30, 3)))
    work.append(limits.intersection(firm))
    rough = arrange([l for g in work for l in lines(g)])
    solid = prep(firm.buffer(-0.05))
    more, blocks = [], []
    for i, f in enumerate(sorted(rough, key=lambda f: f.bounds)):
        p = f.representative_point()
        if solid.contains(p):
            continue
        use = use_of(p)
        if use == "core" and any(p.distance(h) < d for h, d in hubs):
            use = "centre"
        blocks.append((f, use, _pick(rng("block", i), BLOCKS[use])))
        more += cuts(f, TARGET.get(use, TARGET["rural"]), i)
    faces = arrange([l for g in work for l in lines(g)] + more)
    faces = _merge_specks([f for f in faces if district.contains(f.representative_point())], 4500)
    rows = _attributes(faces, towns, blocks, (lake, roadland, rail, river))
    write("parcels", rows)
    return rows


def _merge_specks(faces, least):
    """Joins faces below `least` m2 to the neighbour with the longest common boundary; edges stay as they are.

    Returns [(polygon, point in its largest face)].
    """
    edges = {}
    for i, f in enumerate(faces):
        for ring in [f.exterior, *f.interiors]:
            c = ints(ring)
            for a, b in zip(c, c[1:] + c[:1]):
                edges.setdefault((min(a, b), max(a, b)), []).append(i)
    owner = list(range(len(faces)))

    def find(i):
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i in sorted(range(len(faces)), key=lambda i: faces[i].area):
        if faces[i].area >= least:
            break
        shared = {}
        for ring in [faces[i].exterior, *faces[i].interiors]:
            c = ints(ring)
            for a, b in zip(c, c[1:] + c[:1]):
                for j in edges[min(a, b), max(a, b)]:
                    if find(j) != find(i):
                        shared[find(j)] = shared.get(find(j), 0) + math.dist(a, b)
        if shared:
            owner[find(i)] = max(shared, key=lambda j: (shared[j], -j))
    groups = {}
    for i in range(len(faces)):
        groups.setdefault(find(i), []).append(faces[i])
    return [(g[0] if len(g) == 1 else dissolve(g), max(g, key=lambda f: f.area).representative_point()) for _, g in sorted(groups.items())]


def _attributes(faces, towns, blocks, fixed):
    fixed = [(prep(g), c) for g, c in zip(fixed, ("1702", "1207", "1201", "1701"))]
    town_of = [(prep(t), c) for c, t in towns.items()]
    tree = STRtree([f for f, *_ in blocks])
    lead = {id(f): (use, code) for f, use, code in blocks}
    rows = []
    for f, p in sorted(faces, key=lambda v: (round(v[0].bounds[1] / 1000), v[0].bounds)):
        code = next((c for g, c in fixed if g.contains(p)), None)
        use, leading = next((lead[id(b)] for b in tree.query(p) if b.contains(p)), ("rural", "0101"))
        r = rng("lot", *ints(f.exterior if f.geom_type == "Polygon" else f.geoms[0].exterior)[0])
        town = next((c for g, c in town_of if g.contains(p)), "")
        if code == "1207" and not _in_town(p, blocks, tree, lead):
            code = "1202"
        own = leading if r.random() < FOLLOW[use] else _pick(r, LOTS[use])
        rows.append((f, _lot(r, f.area, code or own, code is not None, use, town, len(rows) + 1)))
    return rows


def _in_town(p, blocks, tree, lead):
    """Whether the nearest block to a piece of road land is a town block."""
    near = [b for b in tree.query(p.buffer(60))]
    if not near:
        return False
    return lead[id(min(near, key=p.distance))][0] not in ("rural", "nursery", "shore", "village", "hill")


def _lot(r, area, code, fixed, use, town, n):
    status = "built"
    floor = foot = out = tax = far = 0
    if code in BUILD and not fixed:
        lo, hi, dlo, dhi, far, olo, ohi = BUILD[code]
        x = r.random()
        status = "vacant" if x < 0.035 and code != "070302" else "planned" if x < 0.075 and code != "070302" else "built"
        if status == "built":
            k = r.random()
            weak = code.startswith("1001") and r.random() < (0.14 if use == "ind" else 0.6)
            if weak:  # low-efficiency industrial land
                lo, hi, dlo, dhi, olo, ohi = 0.25, 0.55, 0.22, 0.42, 30, 110
            if use == "core" and code == "070102":
                lo, hi = 1.5, 2.7
            floor = area * (lo + (hi - lo) * k)
            foot = min(floor, area * (dlo + (dhi - dlo) * r.random()))
            out = area / MU * r.uniform(olo, ohi)
            tax = out * r.uniform(0.02, 0.06)
    return dict(code=f"P{n:05d}", land_use=code, floor_area_m2=round(floor), footprint_m2=round(foot), output_wan=round(out),
                tax_wan=round(tax), permitted_far=far, town=town, status=status)
