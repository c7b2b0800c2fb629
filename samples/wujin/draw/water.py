"""Lakes, ponds, reservoirs and waterways."""
import math

from geo import lines, meander, multi, rng, route, shore, snapped, spline, write, xy
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.ops import unary_union

# Shores in degrees, clockwise. Extent of Ge Lake (about 25 km by 6.6 km) and the north shore of Tai Hu
# follow published descriptions; the course between the waypoints is drawn.
GE_LAKE = [(119.816, 31.702), (119.830, 31.699), (119.845, 31.688), (119.856, 31.671), (119.861, 31.655),
           (119.862, 31.638), (119.867, 31.620), (119.871, 31.600), (119.868, 31.580), (119.865, 31.560),
           (119.867, 31.540), (119.862, 31.520), (119.852, 31.500), (119.836, 31.482), (119.820, 31.480),
           (119.806, 31.492), (119.794, 31.512), (119.789, 31.535), (119.781, 31.555), (119.775, 31.575),
           (119.772, 31.595), (119.779, 31.612), (119.781, 31.630), (119.788, 31.648), (119.797, 31.664),
           (119.800, 31.682), (119.806, 31.694)]
# Tai Hu runs off the sheet: beyond its two ends the outline is straight and outside every sheet.
TAI_HU = [(119.968, 31.320), (119.968, 31.340), (119.976, 31.362), (119.992, 31.387), (120.008, 31.410),
          (120.014, 31.432), (120.025, 31.452), (120.036, 31.471), (120.049, 31.478), (120.063, 31.473),
          (120.076, 31.466), (120.088, 31.457), (120.094, 31.446), (120.104, 31.430), (120.122, 31.418),
          (120.150, 31.408), (120.185, 31.412), (120.215, 31.435), (120.250, 31.450)]
BEYOND_THE_SHEET = [(120.450, 31.500), (120.450, 31.050), (119.930, 31.050)]
SMALL = [  # code, zh, en, kind, centre, half length m, half width m, bearing of the long axis degrees from east
    ("songjian", "宋剑湖", "Songjian Lake", "lake", (120.060, 31.706), 1150, 620, 35),
    ("yancheng", "淹城护城河", "Yancheng moat", "river", (119.9125, 31.7130), 420, 380, 0),
    ("hengshan", "横山水库", "Hengshan pond", "reservoir", (120.121, 31.781), 260, 140, 20),
    ("longtan", "雪堰龙潭水库", "Longtan reservoir", "reservoir", (120.083, 31.493), 330, 170, 60),
    ("chengwan", "城湾山塘", "Chengwan pond", "reservoir", (120.052, 31.508), 240, 150, 110),
    ("fenglin", "凤凰湖", "Fenghuang Lake", "pond", (119.960, 31.6935), 260, 150, 15),
    ("yanghu", "阳湖", "Yang Lake", "pond", (119.954, 31.640), 380, 210, 80),
    ("xitaihu_p", "揽月湾内湖", "Lanyue Bay lagoon", "pond", (119.846, 31.693), 420, 190, 120),
    ("furong", "芙蓉圩荡", "Furong polder pond", "pond", (120.163, 31.780), 700, 330, 25),
    ("baidang", "白荡", "Bai pond", "pond", (119.728, 31.667), 420, 210, 150),
    ("shuangtang", "东安塘", "Dong'an pond", "pond", (119.742, 31.596), 600, 260, 40),
]
# code, zh, en, grade, width m, project, state, waypoints, curve seed roughness
WATERWAYS = [
    ("jinghang", "京杭大运河", "Grand Canal", "canal", 90, "", "open", 0.015,
     [(119.790, 31.870), (119.850, 31.830), (119.905, 31.778), (119.945, 31.753), (119.975, 31.743), (120.005, 31.741),
      (120.035, 31.731), (120.060, 31.721), (120.090, 31.705), (120.110, 31.689), (120.130, 31.670), (120.200, 31.630)]),
    ("xilicao", "锡溧漕河", "Xi-Li-Cao River", "channel", 70, "xilicao", "advanced", 0.03,
     [(119.640, 31.500), (119.700, 31.520), (119.770, 31.533), (119.864, 31.548), (119.920, 31.562), (119.980, 31.580),
      (120.030, 31.592), (120.070, 31.603), (120.110, 31.612), (120.160, 31.620), (120.220, 31.620)]),
    ("wuyi", "武宜运河", "Wuyi Canal", "channel", 60, "wuyi", "advanced", 0.02,
     [(119.938, 31.757), (119.930, 31.735), (119.920, 31.700), (119.918, 31.660), (119.905, 31.615), (119.897, 31.570),
      (119.890, 31.520), (119.872, 31.450), (119.850, 31.380)]),
    ("changli", "常溧线（扁担河—孟津河）", "Chang-Li channel", "channel", 50, "changli", "advanced", 0.03,
     [(119.800, 31.800), (119.805, 31.745), (119.790, 31.715), (119.765, 31.690), (119.735, 31.668), (119.705, 31.640),
      (119.670, 31.600), (119.640, 31.560)]),
    ("xinmenghe", "新孟河", "Xinmeng River", "river", 100, "", "open", 0.02,
     [(119.758, 31.830), (119.762, 31.770), (119.760, 31.725), (119.758, 31.680), (119.762, 31.640), (119.782, 31.616)]),
    ("changyi", "常宜线", "Chang-Yi channel", "channel", 55, "changyi", "advanced", 0.03,
     [(119.921, 31.690), (119.935, 31.672), (119.958, 31.640), (119.972, 31.600), (119.975, 31.565), (119.985, 31.520),
      (119.970, 31.450)]),
    ("changgou", "长沟河", "Changgou River", "river", 28, "", "open", 0.04,
     [(119.904, 31.752), (119.909, 31.730), (119.907, 31.700), (119.903, 31.672), (119.890, 31.650), (119.861, 31.632)]),
    ("caiguang", "采菱港", "Cailing Creek", "river", 40, "", "open", 0.04,
     [(119.985, 31.745), (119.988, 31.715), (119.991, 31.690), (119.996, 31.655), (119.990, 31.620), (119.976, 31.580)]),
    ("taige", "太滆运河", "Tai-Ge Canal", "river", 60, "", "open", 0.03,
     [(119.863, 31.566), (119.897, 31.563), (119.945, 31.553), (119.985, 31.527), (120.010, 31.510), (120.035, 31.480)]),
    ("yapu", "雅浦港", "Yapu Creek", "river", 40, "", "open", 0.04,
     [(120.050, 31.597), (120.060, 31.560), (120.066, 31.525), (120.068, 31.495), (120.064, 31.474)]),
    ("wujingang", "武进港", "Wujin Creek", "river", 50, "", "open", 0.04,
     [(120.045, 31.727), (120.035, 31.690), (120.060, 31.650), (120.062, 31.620), (120.080, 31.590), (120.088, 31.545),
      (120.098, 31.500), (120.090, 31.458)]),
    ("sanshangang", "三山港", "Sanshan Creek", "river", 45, "", "open", 0.04,
     [(120.062, 31.800), (120.072, 31.770), (120.083, 31.745), (120.092, 31.706)]),
    ("wumu", "五牧河", "Wumu River", "river", 35, "", "open", 0.04,
     [(120.150, 31.800), (120.140, 31.760), (120.130, 31.725), (120.128, 31.675)]),
    ("mengjin", "孟津河", "Mengjin River", "river", 35, "", "open", 0.05,
     [(119.700, 31.670), (119.715, 31.640), (119.735, 31.618), (119.779, 31.600)]),
    ("yongan", "永安河", "Yong'an River", "river", 40, "", "open", 0.04,
     [(119.975, 31.740), (119.970, 31.690), (119.968, 31.650), (119.985, 31.610), (120.010, 31.580), (120.025, 31.540),
      (120.022, 31.503)]),
    ("dike", "环太湖大堤剩余工程（武进段）", "Ring-Taihu dike, remaining works (Wujin)", "river", 20, "taihudike", "advanced", 0.0,
     [(120.041, 31.479), (120.049, 31.482), (120.063, 31.477), (120.076, 31.470), (120.086, 31.462)]),
]


def _oval(code, centre, a, b, bearing):
    """A pond: an ellipse of twelve points, disturbed."""
    cx, cy = xy(*centre)
    r = rng("pond", code)
    t = math.radians(bearing)
    pts = []
    for i in range(12):
        u = 2 * math.pi * i / 12
        k = 1 + r.uniform(-0.16, 0.16)
        x, y = a * k * math.cos(u), b * k * math.sin(u)
        pts.append((cx + x * math.cos(t) - y * math.sin(t), cy + x * math.sin(t) + y * math.cos(t)))
    ring = spline(pts, 60, closed=True)
    return snapped(Polygon(ring))


def _tai_hu():
    coast = meander(spline(route(*TAI_HU), 900), "taihu", 0.10, 200)
    return snapped(Polygon(coast + route(*BEYOND_THE_SHEET)))


def water():
    """Draws water and waterways; returns ({code: polygon}, {code: (line, width)})."""
    bodies = {"gehu": ("滆湖（西太湖）", "Ge Lake", "lake", shore(GE_LAKE, "gehu", 0.11, 160)),
              "taihu": ("太湖（竺山湖）", "Tai Hu (Zhushan Bay)", "lake", _tai_hu())}
    for code, zh, en, kind, centre, a, b, bearing in SMALL:
        bodies[code] = (zh, en, kind, _oval(code, centre, a, b, bearing))
    p = bodies["yancheng"]
    cx, cy = xy(119.9125, 31.7130)
    island = snapped(Point(cx, cy).buffer(330, 12))
    bodies["yancheng"] = (*p[:3], snapped(p[3].difference(island)))
    write("water", [(g, dict(code=c, name=zh, name_en=en, kind=kind)) for c, (zh, en, kind, g) in bodies.items()])

    lakes = unary_union([b[3] for c, b in bodies.items() if c in ("gehu", "taihu", "songjian")])
    rows, ways = [], {}
    for code, zh, en, grade, width, project, state, rough, pts in WATERWAYS:
        line = LineString(meander(spline(route(*pts), 700), code, rough, 200)) if rough else LineString(spline(route(*pts), 200))
        ways[code] = (line, width)
        land = [snapped(p) for p in lines(line.difference(lakes)) if p.length > 50]
        rows.append((multi(MultiLineString(land)),
                     dict(code=code, name=zh, name_en=en, grade=grade, width_m=width, project=project, state=state)))
    write("waterways", rows)
    return {c: b[3] for c, b in bodies.items()}, ways


if __name__ == "__main__":
    bodies, _ = water()
    for c, g in bodies.items():
        print(f"  {c} {g.area / 1e6:.2f} km2")
