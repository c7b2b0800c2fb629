"""Transport lines and stations: everything the plan names, with group, state and opening year.

Opening years: built lines as published; projects that the plan only names carry a year that is an
assumption (README.md says which). Metro line 1 and 2 run through their stations' published positions.
"""
import math

from geo import multi, on_grid, route, spline, write, xy
from shapely.geometry import LineString, Point

CLAUSE = "第十三章第一节"
BUILT = "第一章（“十三五”期间建成）"
BASE = "底图（现状）"
NEWCITY = "第十四章第一节"
# code: (zh, en, group, mode, state, opening year, km/h, headway min, project, clause, number, waypoints)
ROADS = {
    "changyi_e": ("常宜高速", "Changyi Expressway", "expressway", "open", 2020, 120, "", BUILT, "S39",
                  [(119.930, 31.679), (119.922, 31.640), (119.918, 31.600), (119.905, 31.540), (119.895, 31.510),
                   (119.880, 31.450), (119.870, 31.410)]),
    "huwu": ("沪武高速", "Huwu Expressway", "expressway", "open", 2004, 120, "", BASE, "G4221",
             [(119.600, 31.682), (119.680, 31.682), (119.760, 31.674), (119.830, 31.668), (119.880, 31.671), (119.940, 31.678),
              (119.990, 31.682), (120.040, 31.690), (120.080, 31.702), (120.120, 31.728), (120.180, 31.755), (120.260, 31.785)]),
    "ningchang": ("宁常高速", "Ningchang Expressway", "expressway", "open", 2007, 120, "", BASE, "S38",
                  [(119.500, 31.672), (119.550, 31.677), (119.600, 31.682)]),
    "jiangyi": ("江宜高速", "Jiangyi Expressway", "expressway", "open", 2000, 120, "", BASE, "G4011",
                [(119.830, 31.900), (119.828, 31.820), (119.815, 31.750), (119.775, 31.712), (119.735, 31.674), (119.712, 31.640),
                 (119.690, 31.560), (119.660, 31.450)]),
    "huyi": ("沪宜高速", "Huyi Expressway", "expressway", "open", 2008, 120, "", BASE, "S48",
             [(119.880, 31.400), (119.940, 31.455), (119.990, 31.530), (120.030, 31.550), (120.075, 31.568), (120.120, 31.590),
              (120.200, 31.612), (120.270, 31.630)]),
    "ningchang_w": ("宁常高速扩建", "Ningchang Expressway widening", "expressway", "advanced", 2026, 120, "ningchang_w", CLAUSE, "S38", "ningchang"),
    "huwu_w": ("沪武高速扩建", "Huwu Expressway widening", "expressway", "advanced", 2025, 120, "huwu_w", CLAUSE, "G4221", "huwu"),
    "jiangyi_w": ("江宜高速武进段扩建", "Jiangyi Expressway widening (Wujin)", "expressway", "advanced", 2025, 120, "jiangyi_w", CLAUSE, "G4011", "jiangyi"),
    "huyi_w": ("沪宜高速常州段扩建", "Huyi Expressway widening (Changzhou)", "expressway", "advanced", 2026, 120, "huyi_w", CLAUSE, "S48", "huyi"),
    "suxichang": ("苏锡常南部高速", "Southern Suzhou-Wuxi-Changzhou Expressway", "expressway", "construction", 2021, 100, "suxichang", CLAUSE, "S17",
                  [(119.899, 31.522), (119.930, 31.530), (119.960, 31.524), (119.990, 31.514), (120.025, 31.511), (120.060, 31.499),
                   (120.085, 31.480), (120.120, 31.462), (120.180, 31.462), (120.280, 31.480), (120.336, 31.483)]),
    "danjin": ("丹金高速", "Danjin Expressway", "expressway", "advanced", 2026, 120, "danjin", CLAUSE, "",
               [(119.620, 31.950), (119.605, 31.860), (119.612, 31.760), (119.600, 31.682), (119.580, 31.600)]),
    "dongbu": ("东部高速", "Eastern Expressway", "expressway", "advanced", 2025, 120, "dongbu", CLAUSE, "",
               [(120.145, 31.900), (120.146, 31.820), (120.135, 31.780), (120.118, 31.735), (120.112, 31.700), (120.105, 31.660),
                (120.085, 31.625), (120.050, 31.590), (120.030, 31.555), (120.018, 31.513)]),
    "huahai": ("花海大道南延", "Huahai Avenue southern extension", "trunk_road", "advanced", 2024, 70, "huahai", CLAUSE, "",
               [(119.765, 31.690), (119.768, 31.660), (119.762, 31.630), (119.748, 31.600), (119.745, 31.570)]),
    "wunan": ("武南路东延", "Wunan Road eastern extension", "trunk_road", "advanced", 2024, 60, "wunan", CLAUSE, "",
              [(119.997, 31.656), (120.020, 31.657), (120.045, 31.655), (120.072, 31.656), (120.098, 31.652)]),
    "chaoyang": ("朝阳路南延", "Chaoyang Road southern extension", "trunk_road", "advanced", 2024, 60, "chaoyang", CLAUSE, "",
                 [(119.975, 31.690), (119.976, 31.660), (119.972, 31.635), (119.974, 31.610), (119.972, 31.592)]),
    "qingyang2": ("青洋路快速化二期", "Qingyang Road expressway, phase 2", "urban_expressway", "construction", 2023, 80, "qingyang2", CLAUSE, "",
                  [(119.998, 31.702), (120.000, 31.680), (119.997, 31.656), (119.999, 31.632), (119.992, 31.612)]),
    "nanhuan": ("南环线快速化", "Southern ring expressway", "urban_expressway", "advanced", 2024, 80, "nanhuan", CLAUSE, "",
                [(119.908, 31.7075), (119.930, 31.707), (119.944, 31.7078), (119.970, 31.7075), (119.9975, 31.706), (120.020, 31.709),
                 (120.040, 31.708)]),
    "qingyang1": ("青洋路快速化一期", "Qingyang Road expressway, phase 1", "urban_expressway", "open", 2019, 80, "", BUILT, "",
                  [(119.998, 31.800), (119.996, 31.770), (119.994, 31.742), (119.997, 31.720), (119.998, 31.702)]),
    "changhong": ("长虹西路快速化", "Changhong West Road expressway", "urban_expressway", "open", 2019, 80, "", BUILT, "",
                  [(119.832, 31.712), (119.860, 31.710), (119.885, 31.707), (119.908, 31.7075)]),
    "gehubridge": ("跨滆湖大桥", "Ge Lake Bridge", "bridge", "foreseen", 2030, 60, "gehubridge", NEWCITY, "",
                   [(119.766, 31.637), (119.785, 31.638), (119.820, 31.640), (119.860, 31.645), (119.885, 31.648)]),
}
RAILS = {
    "jinghu": ("京沪线", "Beijing-Shanghai Railway", "railway", "open", 1908, 120, 60, "", BASE, "",
               ["丹阳", (119.720, 31.910), (119.850, 31.835), "常州", (120.020, 31.750), "戚墅堰", (120.100, 31.699), (120.180, 31.652), "无锡"]),
    "huning": ("沪宁城际铁路", "Shanghai-Nanjing Intercity Railway", "railway", "open", 2010, 200, 20, "", BASE, "",
               ["丹阳北", (119.730, 31.940), (119.860, 31.850), (119.968, 31.7885), (120.022, 31.7525), (120.064, 31.727), (120.104, 31.702), (120.185, 31.655), "无锡*"]),
    "jinghu_h": ("京沪高速铁路", "Beijing-Shanghai High-speed Railway", "railway", "open", 2011, 300, 30, "", BASE, "",
                 [(119.640, 31.990), (119.780, 31.930), "常州北", (120.060, 31.804), (120.160, 31.755), (120.300, 31.680), (120.4555, 31.5988)]),
    "yanjiang": ("沿江城际铁路", "Yangtze Riverside Intercity Railway", "intercity_rail", "construction", 2023, 250, 30, "yanjiang", CLAUSE, "",
                 ["金坛", (119.640, 31.689), (119.750, 31.661), (119.830, 31.657), (119.890, 31.658), "武进", (120.000, 31.671), (120.080, 31.702), (120.150, 31.752),
                  (120.220, 31.818), "江阴"]),
    "yantai": ("盐泰锡常宜高铁", "Yancheng-Taizhou-Wuxi-Changzhou-Yixing Railway", "intercity_rail", "foreseen", 2028, 250, 40, "yantai", NEWCITY, "",
               [(120.240, 31.700), (120.160, 31.655), (120.090, 31.630), (120.020, 31.605), (119.957, 31.588), (119.900, 31.530), (119.850, 31.430), "宜兴"]),
    "changtai": ("常泰高铁", "Changzhou-Taizhou Railway", "intercity_rail", "foreseen", 2028, 250, 40, "changtai", NEWCITY, "",
                 [(120.020, 31.930), (119.950, 31.862), (119.890, 31.800), (119.868, 31.740), (119.866, 31.7035), (119.880, 31.672), (119.942, 31.6618)]),
}
RAIL_STOPS = {  # code of line: [(station, lon, lat)]
    "jinghu": [("丹阳站", "Danyang", 119.5885, 32.0040), ("常州站", "Changzhou", 119.9682, 31.7867),
               ("戚墅堰站", "Qishuyan", 120.0624, 31.7242), ("无锡站", "Wuxi", 120.3018, 31.5898)],
    "huning": [("丹阳北站", "Danyang North", 119.6662, 32.0168), ("常州站", "Changzhou", 119.9680, 31.7885),
               ("戚墅堰站", "Qishuyan", 120.0640, 31.7270), ("无锡站", "Wuxi", 120.3020, 31.5915)],
    "jinghu_h": [("常州北站", "Changzhou North", 119.9507, 31.8561), ("无锡东站", "Wuxi East", 120.4555, 31.5988)],
    "yanjiang": [("金坛站", "Jintan", 119.5390, 31.6973), ("武进站", "Wujin", 119.9424, 31.6605), ("江阴站", "Jiangyin", 120.2750, 31.8636)],
    "yantai": [("前黄站（预留）", "Qianhuang (foreseen)", 119.957, 31.588), ("宜兴站", "Yixing", 119.8087, 31.3143)],
    "changtai": [("常州北站", "Changzhou North", 119.9500, 31.8620), ("西太湖站（预留）", "West Taihu (foreseen)", 119.866, 31.7035),
                 ("武进站", "Wujin", 119.9420, 31.6618)],
}
NAMED = {"丹阳": (119.5885, 32.0040), "常州": (119.9682, 31.7867), "戚墅堰": (120.0624, 31.7242), "无锡": (120.3018, 31.5898),
         "丹阳北": (119.6662, 32.0168), "无锡*": (120.3020, 31.5915), "常州北": (119.9507, 31.8561), "金坛": (119.5390, 31.6973),
         "武进": (119.9424, 31.6605), "江阴": (120.2750, 31.8636), "宜兴": (119.8087, 31.3143)}
M1 = [("森林公园", "Forest Park", 119.9604, 31.9023), ("新龙", "Xinlong", 119.9565, 31.8895), ("旅游学校", "Tourism School", 119.9529, 31.8762),
      ("新桥", "Xinqiao", 119.9498, 31.8652), ("常州北站", "Changzhou North Railway Station", 119.9511, 31.8570),
      ("北郊中学", "Beijiao High School", 119.9629, 31.8561), ("外国语学校", "Foreign Languages School", 119.9723, 31.8534),
      ("环球港", "Global Harbor", 119.9759, 31.8415), ("新区公园", "Xinqu Park", 119.9819, 31.8303), ("河海", "Hehai", 119.9806, 31.8223),
      ("奥体中心", "Olympic Sports Center", 119.9769, 31.8132), ("市民广场", "Citizens Square", 119.9704, 31.8049), ("翠竹", "Cuizhu", 119.9716, 31.7952),
      ("常州火车站", "Changzhou Railway Station", 119.9695, 31.7890), ("博爱路", "Bo'ai Road", 119.9636, 31.7844), ("文化宫", "Cultural Palace", 119.9601, 31.7783),
      ("同济桥", "Tongji Bridge", 119.9571, 31.7705), ("清凉寺", "Qingliang Temple", 119.9554, 31.7628), ("茶山", "Chashan", 119.9525, 31.7521),
      ("聚湖路", "Juhu Road", 119.9443, 31.7366), ("湖塘", "Hutang", 119.9443, 31.7245), ("新天地公园", "Xintiandi Park", 119.9441, 31.7145),
      ("长虹路", "Changhong Road", 119.9438, 31.7079), ("延政大道", "Yanzheng Avenue", 119.9436, 31.6999), ("科教城北", "Science & Education Town North", 119.9432, 31.6902),
      ("科教城南", "Science & Education Town South", 119.9428, 31.6765), ("武进沿江城际", "Wujin Intercity Station", 119.9440, 31.6617),
      ("阳湖路", "Yanghu Road", 119.9463, 31.6476), ("南夏墅", "Nanxiashu", 119.9474, 31.6344)]
M1S = [("南夏墅", "Nanxiashu", 119.9474, 31.6344), ("庙桥南（示意）", "South ext. 1 (schematic)", 119.9462, 31.6190), ("前黄北（示意）", "South ext. 2 (schematic)", 119.9455, 31.6030),
       ("前黄站（预留）", "Qianhuang (foreseen)", 119.9570, 31.5890)]
M2 = [("青枫公园", "Qingfeng Park", 119.8949, 31.8044), ("海棠路", "Haitang Road", 119.9039, 31.8004), ("五星", "Wuxing", 119.9134, 31.7948),
      ("勤业", "Qinye", 119.9239, 31.7885), ("怀德", "Huaide", 119.9378, 31.7824), ("南大街", "Nandajie", 119.9485, 31.7820), ("文化宫", "Cultural Palace", 119.9601, 31.7783),
      ("红梅公园", "Hongmei Park", 119.9682, 31.7724), ("五角场", "Wujiaochang", 119.9808, 31.7715), ("三角场", "Sanjiaochang", 119.9879, 31.7795),
      ("紫云", "Ziyun", 120.0008, 31.7711), ("青洋路", "Qingyang Road", 120.0122, 31.7620), ("丁堰", "Dingyan", 120.0234, 31.7552), ("潞城", "Lucheng", 120.0452, 31.7574),
      ("五一路", "Wuyi Road", 120.0588, 31.7598)]
M5 = [(119.846, 31.6965), (119.838, 31.7050), (119.836, 31.7150), (119.846, 31.7195), (119.856, 31.7130), (119.866, 31.7040), (119.878, 31.7105), (119.884, 31.724), (119.8975, 31.7325), (119.918, 31.7365),
      (119.936, 31.7455), (119.9525, 31.7521), (119.975, 31.7535), (119.996, 31.760), (120.012, 31.762), (120.022, 31.776), (120.030, 31.795), (120.046, 31.812), (120.062, 31.832)]
M6 = [(119.8975, 31.7325), (119.918, 31.7270), (119.9443, 31.7245), (119.972, 31.7205), (119.998, 31.7150), (120.028, 31.7060), (120.060, 31.6985)]


def _at(p):
    return NAMED[p] if isinstance(p, str) else p


def _metro_rows(code, line, stops, state, year, seq0=1):
    return [(Point(p), dict(code=f"{code}-{seq0 + i:02d}", name=zh, name_en=en, kind="metro", line=code, seq=seq0 + i, state=state,
                            opening_year=year, dwell_s=35, interchange="")) for i, (zh, en, p) in enumerate(stops)]


def _even(line, n, fixed):
    """n stops along a line; those in `fixed` {name: point} stand where they are, the rest are spaced evenly between."""
    marks = sorted((line.project(Point(p)), zh, en, p) for (zh, en), p in fixed.items())
    free = n - len(marks)
    gaps = [b[0] - a[0] for a, b in zip(marks, marks[1:])]
    share = [0] * len(gaps)
    for _ in range(free):
        k = max(range(len(gaps)), key=lambda i: gaps[i] / (share[i] + 1))
        share[k] += 1
    out = []
    for k, (d, zh, en, p) in enumerate(marks):
        out.append((zh, en, p))
        if k < len(gaps):
            for i in range(share[k]):
                q = line.interpolate(d + gaps[k] * (i + 1) / (share[k] + 1))
                out.append((None, None, on_grid((q.x, q.y))))
    return out


def _through(line, stops):
    """The line with the stops as vertices, so that every station lies exactly on its line."""
    d = {line.project(Point(p)): p for p in stops}
    at = {c: line.project(Point(c)) for c in line.coords}
    keep = [(m, c) for c, m in at.items() if all(abs(m - k) > 40 for k in d)]
    keep += list(d.items())
    return LineString([c for _, c in sorted(keep)])


def transport():
    """Writes transport_lines and stations; returns ({code: line}, {code: properties}, station rows)."""
    geoms, props = {}, {}
    for code, (zh, en, grp, state, year, speed, project, clause, number, pts) in ROADS.items():
        geoms[code] = geoms[pts] if isinstance(pts, str) else LineString(spline(route(*pts), 160))
        props[code] = dict(code=code, name=zh, name_en=en, grp=grp, mode="road", state=state, opening_year=year,
                           speed_kmh=speed, headway_min=None, project=project, clause=clause, number=number)
    stations = []
    for code, (zh, en, grp, state, year, speed, headway, project, clause, number, pts) in RAILS.items():
        stops = [(a, b, xy(lon, lat)) for a, b, lon, lat in RAIL_STOPS[code]]
        geoms[code] = _through(LineString(spline(route(*map(_at, pts)), 250)), [p for *_, p in stops])
        props[code] = dict(code=code, name=zh, name_en=en, grp=grp, mode="rail", state=state, opening_year=year,
                           speed_kmh=speed, headway_min=headway, project=project, clause=clause, number=number)
        for i, (a, b, p) in enumerate(stops, 1):
            hub = "hub" if a in ("武进站", "常州站", "常州北站") else "rail"
            st, yr = (state, year)
            stations.append((Point(p), dict(code=f"{code}-{i:02d}", name=a, name_en=b + " Station", kind=hub, line=code, seq=i,
                                            state=st, opening_year=yr, dwell_s=120, interchange="")))
    m = {"metro1": [(a, b, xy(x, y)) for a, b, x, y in M1], "metro1s": [(a, b, xy(x, y)) for a, b, x, y in M1S],
         "metro2": [(a, b, xy(x, y)) for a, b, x, y in M2]}
    metro = {k: LineString(spline([p for *_, p in v], 120)) for k, v in m.items()}
    p5, p6 = LineString(spline(route(*M5), 120)), LineString(spline(route(*M6), 120))
    f5 = {("揽月湾", "Lanyue Bay"): xy(*M5[0]), ("西太湖站（预留）", "West Taihu (foreseen)"): xy(119.866, 31.7040),
          ("牛塘", "Niutang"): xy(119.8975, 31.7325), ("茶山", "Chashan"): xy(119.9525, 31.7521),
          ("青洋路", "Qingyang Road"): xy(120.012, 31.762), ("东青", "Dongqing"): xy(*M5[-1])}
    f6 = {("牛塘", "Niutang"): xy(*M6[0]), ("湖塘", "Hutang"): xy(119.9443, 31.7245), ("遥观东（示意）", "Yaoguan East (schematic)"): xy(*M6[-1])}
    m["metro5"] = [(a or f"5号线{i:02d}站（示意）", b or f"Line 5 stop {i:02d} (schematic)", p) for i, (a, b, p) in enumerate(_even(p5, 25, f5), 1)]
    m["metro6"] = [(a or f"6号线{i:02d}站（示意）", b or f"Line 6 stop {i:02d} (schematic)", p) for i, (a, b, p) in enumerate(_even(p6, 13, f6), 1)]
    metro["metro5"], metro["metro6"] = _through(p5, [p for *_, p in m["metro5"]]), _through(p6, [p for *_, p in m["metro6"]])
    heads = {"metro1": ("轨道交通1号线", "Metro line 1", "open", 2019, 35, 6, "", BUILT, "1"),
             "metro2": ("轨道交通2号线", "Metro line 2", "open", 2021, 35, 7, "", BASE, "2"),
             "metro1s": ("轨道交通1号线南延段", "Metro line 1 southern extension", "planned", 2025, 35, 6, "metro1s", CLAUSE, "1"),
             "metro5": ("轨道交通5号线", "Metro line 5", "planned", 2027, 35, 6, "metro5", CLAUSE, "5"),
             "metro6": ("轨道交通6号线一期", "Metro line 6 phase 1", "planned", 2028, 35, 7, "metro6", CLAUSE, "6")}
    for code, (zh, en, state, year, speed, headway, project, clause, number) in heads.items():
        geoms[code] = metro[code]
        props[code] = dict(code=code, name=zh, name_en=en, grp="metro", mode="metro", state=state, opening_year=year,
                           speed_kmh=speed, headway_min=headway, project=project, clause=clause, number=number)
        stations += _metro_rows(code, metro[code], m[code], state, year)
    _interchanges(stations)
    write("transport_lines", [(multi(geoms[c]), props[c]) for c in props])
    write("stations", stations)
    return geoms, props, stations


def _interchanges(stations):
    """Stations within 400 m of one another that serve different lines form one transfer group."""
    for i, (p, f) in enumerate(stations):
        for q, g in stations[:i]:
            if f["line"] != g["line"] and math.dist((p.x, p.y), (q.x, q.y)) <= 400:
                f["interchange"] = g["interchange"] = g["interchange"] or "X-" + g["code"]


if __name__ == "__main__":
    geoms, *_ = transport()
    for c, g in geoms.items():
        print(f"  {c} {g.length / 1000:.2f} km")
