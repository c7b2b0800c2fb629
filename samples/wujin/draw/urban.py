"""Built areas: where towns have streets, what they are for, and how close the streets lie."""
import math

from geo import polygons, rng, snapped, spline, xy
from shapely.geometry import Polygon
from shapely.ops import unary_union

# code, use, centre, half length m, half width m, bearing degrees, street spacing m
# use: core (centre), res (housing), ind (industry), edu (universities and research), tour (tourism)
# use may also be park (scenic and wetland parks) or relic (heritage sites)
AREAS = [
    ("yancheng", "relic", (119.9125, 31.7130), 325, 325, 0, 900),
    ("yancheng_park", "park", (119.9125, 31.7130), 800, 760, 0, 520),
    ("songjian_park", "park", (120.0600, 31.7060), 1650, 1000, 35, 900),
    ("hutang_core", "core", (119.9445, 31.7250), 2300, 2300, 2, 270),
    ("hutang_south", "res", (119.9400, 31.7005), 3000, 1500, 1, 330),
    ("hutang_west", "res", (119.9165, 31.7300), 1350, 2300, 4, 330),
    ("gaoxin_north", "ind", (119.9770, 31.7130), 2000, 2600, 3, 400),
    ("kejiaocheng", "edu", (119.9430, 31.6790), 3000, 1150, 1, 470),
    ("wujinzhan", "core", (119.9430, 31.6600), 1900, 950, 0, 360),
    ("caiguang", "res", (119.9880, 31.6880), 1300, 1500, 5, 380),
    ("niutang", "res", (119.8930, 31.7320), 2100, 1900, 5, 310),
    ("niutang_ind", "ind", (119.8780, 31.7050), 2300, 2000, 2, 430),
    ("lvjian", "edu", (119.9000, 31.6870), 1500, 900, 2, 400),
    ("xihu", "res", (119.8370, 31.7280), 2500, 1400, 3, 360),
    ("xihu_lake", "core", (119.8330, 31.7120), 2700, 950, 358, 360),
    ("xihu_ind", "ind", (119.8230, 31.7470), 3000, 1250, 2, 430),
    ("nanxiashu", "res", (119.9480, 31.6380), 1600, 1600, 2, 310),
    ("gaoxin_south", "ind", (119.9120, 31.6450), 2700, 2000, 2, 480),
    ("gaoxin_east", "ind", (119.9760, 31.6420), 1500, 1900, 2, 440),
    ("qianhuang", "core", (119.9530, 31.5930), 1500, 1100, 6, 280),
    ("qianhuang_ind", "ind", (119.9250, 31.5990), 1700, 1100, 8, 430),
    ("yuncun", "res", (119.9040, 31.5720), 1000, 750, 350, 290),
    ("lijia", "core", (120.0060, 31.6330), 1600, 1350, 12, 280),
    ("lijia_ind", "ind", (120.0200, 31.6550), 1800, 1200, 8, 430),
    ("luoyang", "core", (120.0720, 31.6470), 1900, 1500, 8, 280),
    ("luoyang_ind", "ind", (120.0850, 31.6290), 1700, 1000, 350, 420),
    ("yaoguan", "core", (120.0300, 31.7030), 1800, 1350, 4, 290),
    ("yaoguan_ind", "ind", (120.0420, 31.6830), 2200, 1050, 3, 420),
    ("henglin", "core", (120.0970, 31.6970), 2100, 1600, 330, 290),
    ("henglin_ind", "ind", (120.1180, 31.7130), 2300, 1300, 340, 420),
    ("hengshanqiao", "core", (120.1090, 31.7640), 1800, 1200, 345, 290),
    ("hengshan_ind", "ind", (120.1380, 31.7560), 1800, 1300, 350, 430),
    ("furong", "res", (120.1640, 31.7900), 1100, 700, 10, 300),
    ("dingyan", "res", (120.0260, 31.7500), 1700, 950, 330, 310),
    ("lucheng", "res", (120.0420, 31.7700), 2100, 1000, 355, 340),
    ("lucheng_ind", "ind", (120.0680, 31.7660), 1100, 1200, 355, 400),
    ("qishuyan", "core", (120.0580, 31.7270), 1900, 1150, 335, 290),
    ("jiaze", "core", (119.7830, 31.6890), 1250, 950, 4, 280),
    ("chengzhang", "res", (119.7650, 31.7350), 1000, 800, 4, 300),
    ("xiaxi", "res", (119.7440, 31.6910), 950, 750, 0, 290),
    ("huangli", "core", (119.7120, 31.6400), 1500, 1150, 8, 280),
    ("huangli_ind", "ind", (119.7280, 31.6220), 1500, 1000, 20, 410),
    ("dongan", "res", (119.7400, 31.5850), 1000, 750, 0, 290),
    ("xueyan", "core", (120.0900, 31.5110), 1200, 950, 20, 280),
    ("caoqiao", "res", (120.0040, 31.5320), 1000, 750, 320, 290),
    ("panjia", "res", (120.0350, 31.5490), 900, 650, 350, 290),
    ("taihuwan", "tour", (120.0640, 31.4890), 2100, 750, 345, 400),
    ("hutang_rest", "res", (119.9520, 31.7120), 4500, 4700, 2, 360),
    ("niutang_rest", "ind", (119.8770, 31.7190), 1900, 3000, 3, 420),
    ("xihu_rest", "res", (119.8330, 31.7330), 3300, 3300, 2, 420),
]
# What is left between the areas of these towns is built over too, up to the town's limit.
FILL = {"hutang_rest": "hutang", "niutang_rest": "niutang", "xihu_rest": "xihu"}


WIDEN = 1.48  # factor on all street spacings, to keep the network at a few thousand arcs


def built_areas(district, towns, lakes, ring):
    """[(code, use, polygon, bearing, spacing)], disjoint, inside the district and off the lakes.

    `ring` is the green corridor round Ge Lake, which stays park.
    """
    taken, out = lakes.buffer(12), []
    for i, part in enumerate(sorted(polygons(ring.difference(taken).buffer(-30).buffer(30)), key=lambda p: -p.area)):
        if part.area > 120000:
            part = snapped(part.simplify(1.5))
            taken = unary_union([taken, part.buffer(8)])
            out.append((f"ring{i or ''}", "park", part, 0, 1600))
    for code, use, centre, a, b, bearing, spacing in AREAS:
        room = towns[FILL[code]] if code in FILL else district.buffer(-40)
        poly = _block(code, xy(*centre), a, b, bearing).intersection(room).difference(taken)
        parts = sorted(polygons(poly.buffer(-45).buffer(45)), key=lambda p: -p.area)
        for i, part in enumerate(parts if code in FILL or use == "park" else parts[:1]):
            if part.area < 120000:
                continue
            part = snapped(part.simplify(1.5))
            taken = unary_union([taken, part.buffer(8)])
            out.append((f"{code}{i or ''}", use, part, bearing, spacing * WIDEN))
    return out


def _block(code, centre, a, b, bearing):
    """A superellipse with an uneven edge: towns are blockish rather than round."""
    r, t = rng("area", code), math.radians(bearing)
    pts = []
    for i in range(16):
        u = 2 * math.pi * i / 16
        c, s = math.cos(u), math.sin(u)
        k = (abs(c) ** 3.2 + abs(s) ** 3.2) ** (-1 / 3.2) * (1 + r.uniform(-0.13, 0.10))
        x, y = a * k * c, b * k * s
        pts.append((centre[0] + x * math.cos(t) - y * math.sin(t), centre[1] + x * math.sin(t) + y * math.cos(t)))
    return Polygon(spline(pts, 150, closed=True)).buffer(0)
