"""Land parcels: an exact cover of the district by blocks between roads, cut into lots, with land-use codes."""
import math

from arrangement import arrange, cuts
from geo import area2_mm2, grid, ints, lines, polygons, rng, snapped, spline, write
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.ops import unary_union
from shapely.prepared import prep
from shapely.strtree import STRtree

HALF_WIDTH = {"expressway": 17, "urban_expressway": 19, "trunk": 17, "primary": 17, "secondary": 11, "town": 6}
TARGET = {"core": 42000, "res": 60000, "ind": 98000, "edu": 130000, "tour": 110000, "rural": 300000, "village": 70000, "hill": 420000}
MU = 10000 / 15
# use of the area: [(land-use code, weight)]
MIX = {
    "core": [("070102", 46), ("0901", 15), ("0902", 9), ("0801", 5), ("0803", 3), ("080403", 7), ("080601", 3), ("1401", 8), ("1403", 2), ("0702", 2), ("120803", 1)],
    "res": [("070102", 61), ("0901", 7), ("080403", 8), ("080404", 2), ("1401", 8), ("0702", 3), ("100101", 7), ("0805", 1), ("080701", 1), ("1301", 1), ("0801", 1)],
    "ind": [("100101", 36), ("100102", 45), ("110101", 6), ("070102", 4), ("1402", 3), ("1303", 1), ("1302", 1), ("0802", 2), ("0901", 1), ("16", 1)],
    "edu": [("080401", 42), ("0802", 24), ("070102", 13), ("1401", 10), ("0901", 4), ("0805", 4), ("100101", 3)],
    "tour": [("0903", 16), ("090104", 10), ("1401", 30), ("0301", 22), ("070101", 12), ("0904", 6), ("0803", 4)],
    "rural": [("0101", 66), ("0103", 7), ("0201", 4), ("1704", 9), ("0301", 6), ("100102", 3), ("060201", 2), ("0205", 3)],
    "nursery": [("0205", 52), ("0201", 8), ("0101", 27), ("1704", 6), ("0301", 5), ("060201", 2)],
    "shore": [("1704", 38), ("0101", 38), ("0506", 8), ("0301", 8), ("0205", 8)],
    "village": [("070302", 90), ("0704", 5), ("100102", 5)],
    "hill": [("0301", 74), ("0302", 14), ("0202", 12)],
}
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


def _village_blobs(villages, room):
    """Small built patches around the village points."""
    out = []
    for i, p in enumerate(villages):
        r = rng("blob", i)
        base = r.uniform(110, 210)
        pts = []
        for k in range(9):
            u, d = 2 * math.pi * k / 9, base * r.uniform(0.75, 1.25)
            pts.append((p[0] + d * math.cos(u), p[1] + 0.8 * d * math.sin(u)))
        q = snapped(Polygon(spline(pts, 55, closed=True)).buffer(0)).intersection(room)
        out += [x for x in polygons(q) if x.area > 15000]
    return out


def _use_finder(areas, hills, blobs, bodies):
    kinds = [(prep(p), p, use) for _, use, p, *_ in areas]
    tree = STRtree([p for _, p, _ in kinds])
    by = {id(p): (q, use) for q, p, use in kinds}
    village = STRtree(blobs)
    hill = prep(hills)
    from geo import xy
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
    roadland = unary_union([LineString(c).buffer(HALF_WIDTH[f["cls"]], 2, cap_style=2, join_style=2, mitre_limit=2)
                            for c, f in ground if f.get("state", "open") == "open"]).simplify(0.5).buffer(0)
    rail = unary_union([geoms[c].buffer(13, 2, cap_style=2, join_style=2) for c, p in props.items()
                        if p["mode"] == "rail" and p["state"] == "open"]).buffer(0)
    lake = unary_union(list(bodies.values())).buffer(0)
    river = unary_union([l.simplify(3).buffer(w / 2, 2, cap_style=2, join_style=2, mitre_limit=2) for c, (l, w) in ways.items() if c != "taihudike"]).buffer(0)
    firm = unary_union([roadland, rail, lake, river]).buffer(0)
    land = district.difference(firm).buffer(0)
    blobs = _village_blobs(villages, land.buffer(-0.5))
    use_of = _use_finder(areas, hills, blobs, bodies)

    work = [district.boundary, *[g.boundary.intersection(district) for g in (roadland, rail, lake, river)]]
    work += [b.boundary for b in blobs]
    area_lines = unary_union([a[2].boundary for a in areas]).intersection(land)
    work.append(area_lines)
    seams = unary_union([t.boundary for t in towns.values()]).intersection(firm)
    work.append(seams)
    rough = arrange([l for g in work for l in lines(g)])
    solid = prep(firm.buffer(-0.05))
    more = []
    for i, f in enumerate(sorted(rough, key=lambda f: f.bounds)):
        p = f.representative_point()
        if solid.contains(p):
            continue
        use = use_of(p)
        more += cuts(f, TARGET.get(use, TARGET["rural"]), i)
    faces = arrange([l for g in work for l in lines(g)] + more)
    faces = _merge_specks([f for f in faces if district.contains(f.representative_point())], 2500)
    rows = _attributes(faces, towns, use_of, roadland, rail, lake, river)
    write("parcels", rows)
    return rows


def _merge_specks(faces, least):
    """Joins faces below `least` m2 to the neighbour with the longest common boundary; edges stay as they are."""
    from geo import dissolve
    edges, todo = {}, []
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
    return [g[0] if len(g) == 1 else dissolve(g) for _, g in sorted(groups.items())]


def _attributes(faces, towns, use_of, roadland, rail, lake, river):
    fixed = [(prep(lake), "1702"), (prep(roadland), "1207"), (prep(rail), "1201"), (prep(river), "1701")]
    town_of = [(prep(t), c) for c, t in towns.items()]
    rows = []
    for f in sorted(faces, key=lambda f: (round(f.bounds[1] / 1000), f.bounds)):
        p = f.representative_point()
        use = use_of(p)
        code = next((c for g, c in fixed if g.contains(p)), None)
        if code == "1207" and use in ("rural", "shore", "nursery", "hill", "village"):
            code = "1202"
        r = rng("lot", *ints(f.exterior if f.geom_type == "Polygon" else f.geoms[0].exterior)[0])
        town = next((c for g, c in town_of if g.contains(p)), "")
        rows.append((f, _lot(r, f.area, code or _pick(r, MIX[use]), code is not None, use, town, len(rows) + 1)))
    return rows


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
