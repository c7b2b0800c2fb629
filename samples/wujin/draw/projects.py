"""Twelve sites to check: conflicts of several kinds, near misses, exceptions and clear ones."""
import math

from geo import on_grid, polygons, snapped, write, xy
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import nearest_points


def _block(centre, length, width, bearing):
    """A slightly irregular block: eight corners round a centre point in metres."""
    t = math.radians(bearing)
    shape = [(-1, -1), (0.1, -0.96), (1, -1.02), (0.97, 0.1), (1.01, 0.98), (-0.2, 1), (-0.98, 0.95), (-1.02, -0.1)]
    return Polygon([on_grid((centre[0] + x * length / 2 * math.cos(t) - y * width / 2 * math.sin(t),
                             centre[1] + x * length / 2 * math.sin(t) + y * width / 2 * math.cos(t))) for x, y in shape])


def _beside(line, at, gap, length, depth, side):
    """A block along a line: its near edge `gap` metres off the line at the point nearest to `at`."""
    k = line.project(Point(at))
    p, q = line.interpolate(k - length / 2), line.interpolate(k + length / 2)
    part = LineString([p, line.interpolate(k), q])
    near = part.parallel_offset(gap, "left" if side > 0 else "right", join_style=2)
    far = part.parallel_offset(gap + depth, "left" if side > 0 else "right", join_style=2)
    a, b = list(near.coords), list(far.coords)
    if math.dist(a[-1], b[0]) > math.dist(a[-1], b[-1]):
        b.reverse()
    return snapped(Polygon(a + b))


def _touching(poly, at, count, depth):
    """A block that shares `count` edges of a polygon's outline and nothing else."""
    ring = list(max(polygons(poly), key=lambda p: p.area).exterior.coords)[:-1]
    i = min(range(len(ring)), key=lambda i: math.dist(ring[i], at))
    shared = [ring[(i + k) % len(ring)] for k in range(count + 1)]
    c = poly.centroid
    out = [on_grid((x + (x - c.x) / math.dist((x, y), (c.x, c.y)) * depth, y + (y - c.y) / math.dist((x, y), (c.x, c.y)) * depth))
           for x, y in reversed(shared)]
    return Polygon(shared + out)


def _dipping(area, edge, size, depth):
    """A block west of an area that reaches `depth` metres into it at its deepest: less than the accuracy of the layers."""
    core = area.buffer(-depth)
    west = next(w for w in range(0, 400) if not _block((edge.x - w, edge.y), *size, 0).intersects(core))
    return _block((edge.x - west, edge.y), *size, 0)


def projects(redlines, geoms, farms, district):
    """Writes the projects."""
    farm = min((g for g, f in farms if f["kind"] == "permanent_basic"), key=lambda g: g.distance(Point(xy(120.058, 31.628))))
    farm_at = nearest_points(Point(xy(120.058, 31.628)), farm)[1]
    field = max((q for g, f in farms if f["kind"] == "high_standard" for q in polygons(g)
                 if g.distance(Point(xy(119.925, 31.572))) < 4500), key=lambda q: q.area)
    edge = nearest_points(Point(xy(120.0915, 31.4870)), redlines["taihuwan"])[1]
    lake = redlines["gehu_wetland"]
    shore = nearest_points(Point(xy(119.879, 31.628)), lake)[1]
    road = geoms["suxichang"].intersection(redlines["chengwan"].envelope.buffer(1200))
    rows = [
        ("rd_graphene", "西太湖石墨烯研发中心", "West Taihu graphene research centre", "public_service", "0802", "planned", 12.0, 0,
         _block(xy(119.8265, 31.7335), 360, 260, 3)),
        ("lake_resort", "滆湖东岸度假酒店", "Ge Lake east shore resort hotel", "tourism", "090104", "planned", 18.5, 0,
         _block((shore.x + 90, shore.y), 520, 420, 80)),
        ("motor_park", "洛阳智能电机产业园", "Luoyang smart motor park", "industrial", "100101", "planned", 25.0, 0,
         _block((farm_at.x, farm_at.y), 620, 480, 10)),
        ("station_plaza", "武进站北商务综合体", "Wujin Station north business complex", "commercial", "0902", "planned", 32.0, 0,
         _beside(geoms["yanjiang"], xy(119.936, 31.661), 8, 420, 230, 1)),
        ("metro_homes", "延政大道地铁住区", "Yanzheng Avenue metro housing", "residential", "070102", "planned", 28.0, 0,
         _beside(geoms["metro1"], xy(119.9433, 31.6945), 22, 330, 240, 1)),
        ("logistics", "高新区智慧物流园", "High-tech zone smart logistics park", "logistics", "110101", "construction", 15.6, 0,
         _beside(geoms["changyi_e"], xy(119.9195, 31.6220), 24, 520, 330, 1)),
        ("lakeside_homes", "宋剑湖滨水住区", "Songjian lakeside housing", "residential", "070102", "planned", 22.0, 0,
         _touching(redlines["songjian_park"], xy(120.052, 31.7115), 2, 260)),
        ("hill_school", "太湖湾小学", "Taihu Bay primary school", "public_service", "080403", "planned", 2.8, 0,
         _dipping(redlines["taihuwan"], edge, (230, 200), 6)),
        ("south_express", "苏锡常南部高速雪堰段用地", "Southern expressway, Xueyan section", "linear_infrastructure", "1202", "construction", 62.0, 1,
         snapped(max(_lines(road), key=lambda l: l.length).simplify(2).buffer(24, 2, cap_style=2))),
        ("chemical", "雪堰新材料二期", "Xueyan new materials, phase 2", "industrial", "100102", "planned", 9.8, 0,
         _block(xy(120.0785, 31.5145), 380, 300, 20)),
        ("solar_ponds", "前黄渔光互补电站", "Qianhuang fishery-solar power station", "energy", "1303", "planned", 6.5, 0,
         _block(field.representative_point().coords[0], 560, 420, 15)),
        ("clinic", "礼嘉社区卫生服务中心", "Lijia community health centre", "public_service", "080602", "planned", 1.6, 0,
         _block(xy(120.0035, 31.6365), 150, 110, 12)),
    ]
    write("projects", [(g, dict(code=c, name=zh, name_en=en, kind=k, land_use=u, state=s, investment_yi=v, linear=lin))
                       for c, zh, en, k, u, s, v, lin, g in rows])


def _lines(g):
    from geo import lines
    return lines(g)
