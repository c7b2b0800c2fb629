"""Buildings of the blocks round the centre of Hutang, set out in rows inside their parcels."""
import math

from geo import on_grid, polygons, rng, write, xy
from shapely.geometry import Point, Polygon
from shapely.prepared import prep

CENTRE, REACH = (119.9440, 31.7170), 1900
# land use: (length, depth, gap along, gap between rows) in metres
SHAPES = {"0701": (46, 13, 12, 26), "0901": (58, 36, 18, 20), "0902": (34, 34, 26, 28), "0801": (52, 18, 16, 24), "0804": (56, 15, 16, 26),
          "0806": (50, 22, 16, 22), "0803": (48, 34, 22, 22), "0702": (38, 16, 12, 16), "1001": (70, 34, 16, 16)}


def buildings(lots):
    """Writes the buildings; their floors follow from the floor area of the parcel."""
    centre, rows = Point(xy(*CENTRE)), []
    for g, f in lots:
        shape = SHAPES.get(f["land_use"][:4])
        if not shape or f["status"] != "built" or g.distance(centre) > REACH:
            continue
        plots = [b for p in polygons(g) for b in _set_out(p, shape, f["code"])]
        foot = sum(b.area for b in plots)
        for i, b in enumerate(plots, 1):
            floors = max(1, min(33, round(f["floor_area_m2"] / foot * rng("floors", f["code"], i).uniform(0.8, 1.2))))
            rows.append((b, dict(code=f"{f['code']}-{i:02d}", parcel=f["code"], floors=floors,
                                 height_m=round(floors * (3.0 if f["land_use"].startswith("07") else 4.2), 1), footprint_m2=round(b.area, 1))))
    write("buildings", rows)


def _set_out(parcel, shape, key):
    length, depth, gap, between = shape
    room = parcel.buffer(-9)
    if room.is_empty:
        return []
    box = list(room.minimum_rotated_rectangle.exterior.coords)
    a, b, d = box[0], box[1], box[3]
    # Rows run east-west, as houses that face south do.
    if abs(b[0] - a[0]) < abs(d[0] - a[0]):
        a, b, d = a, d, b
    w, h = math.dist(a, b), math.dist(a, d)
    ux, uy = (b[0] - a[0]) / w, (b[1] - a[1]) / w
    vx, vy = (d[0] - a[0]) / h, (d[1] - a[1]) / h
    fits, r, out = prep(room), rng("row", key), []
    y = 0.0
    while y + depth <= h:
        x = r.uniform(0, 6)
        while x + length <= w:
            size = length * r.uniform(0.82, 1.0)
            c = [on_grid((a[0] + ux * s + vx * t, a[1] + uy * s + vy * t)) for s, t in ((x, y), (x + size, y), (x + size, y + depth), (x, y + depth))]
            q = Polygon(c)
            if fits.contains(q):
                out.append(q)
            x += length + gap
        y += depth + between
    return out
