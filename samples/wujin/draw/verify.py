"""Proves what the sample plan promises, in whole millimetres: /usr/bin/python3 verify.py

No gaps and no overlaps: every edge of a partition, walked counter-clockwise, must be walked the other way by
exactly one neighbour or be an edge of the whole. Then the winding numbers of the parts sum to that of the whole
at every point, so each point off the edges lies in exactly one part.
"""
import csv
import re
import sys
from collections import Counter, defaultdict

from shapely.geometry import LineString
from shapely.ops import polygonize
from shapely.strtree import STRtree

from geo import SOURCES, area2_mm2, ints, polygons, read

FAULTS = []


def check(ok, what):
    print(("ok    " if ok else "FAULT ") + what)
    if not ok:
        FAULTS.append(what)


def chain(geom):
    """Directed edges of a polygon as (from, to) -> +1, both directions kept in one signed count."""
    out = Counter()
    for p in polygons(geom):
        for k, ring in enumerate([p.exterior, *p.interiors]):
            c = ints(ring)
            if ring.is_ccw == bool(k):
                c.reverse()
            for a, b in zip(c, c[1:] + c[:1]):
                out[(a, b) if a < b else (b, a)] += 1 if a < b else -1
    return out


def total(geoms):
    out = Counter()
    for g in geoms:
        for edge, n in chain(g).items():
            out[edge] += n
    return nonzero(out)


def nonzero(c):
    return {k: v for k, v in c.items() if v}


def grid_and_validity():
    """Every number in every source has at most three decimals; every polygon is valid; codes are unique."""
    for path in sorted(SOURCES.glob("*.geojson")):
        text = path.read_text(encoding="utf-8")
        long = re.search(r'"coordinates":[^}]*?\d\.\d{4,}', text)
        check(not long, f"{path.stem}: coordinates on the 1 mm grid")
        rows = read(path.stem)
        bad = [f.get("code") for g, f in rows if not g.is_valid or g.is_empty]
        check(not bad, f"{path.stem}: {len(rows)} valid geometries {bad[:3] or ''}")
        codes = Counter(f["code"] for _, f in rows)
        check(max(codes.values()) == 1, f"{path.stem}: codes are unique")


def partitions():
    district = read("district")[0][0]
    towns, clusters = read("towns"), read("clusters")
    for name, rows in (("towns", towns), ("clusters", clusters)):
        check(total(g for g, _ in rows) == nonzero(chain(district)), f"{name}: every edge is shared once or lies on the district; no gap, no overlap")
        check(sum(area2_mm2(g) for g, _ in rows) == area2_mm2(district), f"{name}: areas sum to the district to the square millimetre")
    for g, f in clusters:
        own = [t for t, tf in towns if tf["cluster"] == f["code"]]
        check(nonzero(chain(g)) == total(own), f"clusters: {f['name']} is exactly its {len(own)} towns")
    km2 = area2_mm2(district) / 2e12
    check(abs(km2 / 1061 - 1) < 0.01, f"district: {km2:.2f} km2 planar, within 1 % of 1061")
    for g, f in towns:
        print(f"        {f['name']}: {area2_mm2(g) / 2e12:.2f} km2")


def disjoint_layers():
    for layer in ("development_zones", "ecological_redlines", "farmland"):
        rows = read(layer)
        tree = STRtree([g for g, _ in rows])
        code = {id(g): f["code"] for g, f in rows}
        hits = [(f["code"], code[id(h)]) for g, f in rows for h in tree.query(g) if h is not g and not (g.touches(h) or g.disjoint(h))]
        check(not hits, f"{layer}: interiors are disjoint {hits[:2] or ''}")
    rows = read("parcels")
    rest = total(g for g, _ in rows)
    faces = list(polygonize([LineString([(a[0] / 1000, a[1] / 1000), (b[0] / 1000, b[1] / 1000)]) for a, b in rest]))
    check(set(rest.values()) <= {1, -1} and rest == total(faces) and len(faces) == 1,
          f"parcels: {len(rows)} parcels cover one simple outline once; no gap, no overlap")


def people():
    grid = sum(f["population"] for _, f in read("population_grid"))
    towns = sum(f["population"] for _, f in read("towns"))
    check(grid == towns == read("district")[0][1]["population"] == 1697380, f"population: grid {grid}, towns {towns}")


def network():
    rows = read("roads")
    key = lambda p: (round(p[0] * 1000), round(p[1] * 1000))
    for name, arcs in (("open roads", [g for g, f in rows if f["state"] == "open"]), ("all roads", [g for g, _ in rows])):
        parent = {}

        def find(k):
            while parent.setdefault(k, k) != k:
                parent[k] = parent[parent[k]]
                k = parent[k]
            return k

        for g in arcs:
            parent[find(key(g.coords[0]))] = find(key(g.coords[-1]))
        sizes = Counter(find(k) for k in list(parent))
        check(len(sizes) == 1, f"roads: {len(arcs)} arcs of {name} form one network of {len(parent)} nodes {list(sizes.values())[:4]}")
    lines = {f["code"]: f for _, f in read("transport_lines")}
    known = {f["project"] for f in lines.values()}
    check(all(f["project"] in known for _, f in rows), "roads: every project code is a transport line's")
    stops = defaultdict(list)
    for g, f in read("stations"):
        stops[f["line"]].append((f["seq"], g))
    geoms = {f["code"]: g for g, f in read("transport_lines")}
    off = [c for c, s in stops.items() for _, g in s if geoms[c].distance(g) > 0.002]
    check(not off, f"stations: all lie on their lines {off[:3] or ''}")


def references():
    tables = {p.stem: list(csv.DictReader(open(p, encoding="utf-8"))) for p in SOURCES.glob("*.csv")}
    places = {f["code"] for _, f in read("places")}
    bad = [r["code"] for r in tables["connectivity_targets"] if r["origin"] not in places or ":" not in r["destination"] and r["destination"] not in places]
    check(not bad, f"connectivity_targets: {len(tables['connectivity_targets'])} commitments name known places")
    check([r["code"] for r in tables["plan_indicators"]] == [str(i) for i in range(1, 38)], "plan_indicators: 1 to 37")
    check(len(read("projects")) == 12 and len(read("development_zones")) == 7, "12 projects, 7 development zones")


def main():
    grid_and_validity()
    partitions()
    disjoint_layers()
    people()
    network()
    references()
    print(f"{len(FAULTS)} faults")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
