"""Hills, ecological red lines, ecological-space control areas and farmland."""
from geo import dissolve, polygons, rng, shore, snapped, write, xy
from shapely.geometry import MultiPolygon, Point
from shapely.ops import unary_union

ECO = "第一章；第十一章第三节"
HILLS = {
    "fangmao": ("芳茂山森林公园", "Fangmao Hill Forest Park",
                [(120.088, 31.781), (120.098, 31.788), (120.112, 31.791), (120.124, 31.789), (120.129, 31.781), (120.118, 31.7765), (120.104, 31.775), (120.094, 31.776)]),
    "chengwan": ("城湾山森林", "Chengwan Hill forest",
                 [(120.046, 31.513), (120.056, 31.518), (120.066, 31.514), (120.074, 31.505), (120.077, 31.496), (120.070, 31.4925), (120.058, 31.4975), (120.048, 31.504)]),
    "taihuwan": ("太湖湾山地森林", "Taihu Bay hill forest",
                 [(120.097, 31.491), (120.103, 31.496), (120.110, 31.494), (120.107, 31.486), (120.100, 31.478), (120.094, 31.481)]),
    "chaoyin": ("潮音山", "Chaoyin Hill",
                [(120.084, 31.540), (120.090, 31.544), (120.094, 31.538), (120.096, 31.526), (120.091, 31.523), (120.085, 31.531)]),
}


NEW_FIELDS_M2 = 50000 * 10000 / 15  # 50,000 mu of new high-standard fields (第十四章第三节)
# Sites of projects that are to meet no farmland.
CLEAR_SITES = [(119.9225, 31.6220), (120.0785, 31.5145), (120.0920, 31.4870), (120.0540, 31.7140)]


def hill_shapes():
    return {c: shore(pts, c, 0.08, 150) for c, (_, _, pts) in HILLS.items()}


def hills_of():
    """All hills as one geometry."""
    return unary_union(list(hill_shapes().values()))


def _inside(geom, district):
    """The part inside the district, a hair off its boundary so that no vertex has to be shared."""
    return snapped(MultiPolygon(polygons(geom.intersection(district.buffer(-15, 2)))))


def ecology(district, bodies, ways):
    """Writes ecological_redlines and ecological_space; returns {code: polygon} of the red lines."""
    hills = hill_shapes()
    source = snapped(Point(xy(119.829, 31.648)).buffer(1250, 14))
    lake = _inside(bodies["gehu"].buffer(-180, 3).simplify(8), district)
    lines = {
        "gehu_wetland": ("滆湖（武进区）重要湿地", "Ge Lake important wetland (Wujin)", "lake_wetland", snapped(lake.difference(source)), ECO),
        "gehu_source": ("滆湖备用水源地", "Ge Lake reserve water source", "water_source", source, ECO),
        "taihu_wetland": ("太湖（武进区）重要保护区", "Tai Hu important protection area (Wujin)", "lake_wetland",
                          _inside(bodies["taihu"].buffer(-60, 3).simplify(6), district), ECO),
        "songjian_park": ("宋剑湖湿地公园", "Songjian Lake Wetland Park", "wetland_park", snapped(bodies["songjian"].buffer(140, 6).simplify(4)), ECO),
        **{c: (HILLS[c][0], HILLS[c][1], "forest", _inside(hills[c].buffer(-40, 3), district), ECO) for c in ("fangmao", "chengwan", "taihuwan")},
    }
    write("ecological_redlines", [(g, dict(code=c, name=zh, name_en=en, kind=k, clause=cl)) for c, (zh, en, k, g, cl) in lines.items()])

    def ring(core, outer, least):
        return snapped(MultiPolygon([p for p in polygons(_inside(core.buffer(outer, 5).simplify(10), district)) if p.area > least]))

    space = [
        ("gehu_space", "滆湖重要湿地生态空间管控区域", "Ge Lake wetland control area", "lake_wetland", "湿地生态系统保护", ring(bodies["gehu"], 420, 1e5)),
        ("taihu_space", "太湖重要保护区生态空间管控区域", "Tai Hu protection control area", "taihu_protection", "湿地生态系统保护", ring(bodies["taihu"], 650, 1e5)),
        ("songjian_space", "宋剑湖生态空间管控区域", "Songjian Lake control area", "wetland_park", "湿地生态系统保护", ring(bodies["songjian"], 95, 1e5)),
        ("fangmao_space", "芳茂山自然景观生态空间管控区域", "Fangmao Hill landscape control area", "scenic", "自然与人文景观保护", ring(hills["fangmao"], 260, 1e5)),
        ("chengwan_space", "城湾山水源涵养生态空间管控区域", "Chengwan Hill control area", "water_conservation", "水源涵养", ring(hills["chengwan"], 260, 1e5)),
        ("taihuwan_space", "太湖湾山地生态空间管控区域", "Taihu Bay hill control area", "water_conservation", "水源涵养", ring(hills["taihuwan"], -95, 1e5)),
        ("chaoyin_space", "潮音山生态公益林生态空间管控区域", "Chaoyin Hill public forest control area", "welfare_forest", "水土保持", ring(hills["chaoyin"], 90, 1e5)),
        ("wuyi_space", "武宜运河清水通道维护区", "Wuyi Canal clear-water corridor", "clear_water_corridor", "水源水质保护", _strip(ways["wuyi"][0], 120, district)),
        ("taige_space", "太滆运河清水通道维护区", "Tai-Ge Canal clear-water corridor", "clear_water_corridor", "水源水质保护", _strip(ways["taige"][0], 120, district)),
        ("yancheng_space", "淹城森林公园生态空间管控区域", "Yancheng park control area", "scenic", "自然与人文景观保护",
         snapped(bodies["yancheng"].buffer(160, 5).simplify(5).buffer(0))),
    ]
    write("ecological_space", [(g, dict(code=c, name=zh, name_en=en, kind=k, dominant_function=fn)) for c, zh, en, k, fn, g in space])
    return {c: v[3] for c, v in lines.items()}


def _strip(line, half, district):
    return _inside(line.simplify(5).buffer(half, 3), district)


def farmland(lots, redlines, zones):
    """Writes farmland as groups of whole field parcels, so that no two polygons overlap; returns rows."""
    clear = [Point(xy(*p)).buffer(420) for p in CLEAR_SITES]
    keep_off = unary_union([*redlines.values(), *zones.values(), *clear]).buffer(20)
    cells = {}
    for g, f in lots:
        if f["land_use"] not in ("0101", "0103") or g.area < 20000:
            continue
        p = g.representative_point()
        if keep_off.intersects(g):
            continue
        cells.setdefault((int(p.x // 3000), int(p.y // 3000)), []).append(g)
    rows, fresh = [], _new_fields(cells)
    for k, (cell, polys) in enumerate(sorted(cells.items())):
        polys.sort(key=lambda p: p.bounds)
        kind = "high_standard" if cell in fresh else "permanent_basic"
        g = dissolve([p for i, p in enumerate(polys) if cell in fresh or (i * 5 + k) % 6] or polys)
        zh = "永久基本农田" if kind == "permanent_basic" else "高标准农田"
        rows.append((g, dict(code=f"F{k + 1:03d}", name=f"{zh}{k + 1:03d}片", kind=kind)))
    write("farmland", rows)
    return rows


def _new_fields(cells):
    """Cells of new high-standard fields: scattered ones until they reach the plan's area."""
    out, area = set(), 0
    for cell in sorted(cells, key=lambda c: rng("fields", *c).random()):
        if area >= NEW_FIELDS_M2:
            return out
        out.add(cell)
        area += sum(p.area for p in cells[cell])
    return out
