"""District, towns and clusters from one network of arcs; the corridor and the development zones."""
from shapely.geometry import LineString, Point
from shapely.ops import polygonize

from geo import area2_mm2, dissolve, meander, route, write, xy

# Nodes of the network in degrees. J = on the district outline, T = where three towns meet.
NODES = {
    "J1": (119.775, 31.752), "J2": (119.865, 31.760), "J3": (119.900, 31.757), "J4": (119.999, 31.732),
    "J5": (120.030, 31.729), "J6": (120.035, 31.735), "J7": (120.005, 31.765), "J8": (120.080, 31.780),
    "J9": (120.150, 31.735), "J10": (120.120, 31.670), "J11": (120.050, 31.575), "J12": (119.970, 31.535),
    "J13": (119.840, 31.530), "J14": (119.692, 31.663),
    "Ta": (120.033, 31.582), "Tb": (120.008, 31.577), "Tc": (119.826, 31.630), "Td": (119.830, 31.648),
    "Te": (119.849, 31.675), "Tf": (119.901, 31.678), "Tg": (119.984, 31.666), "Th": (120.004, 31.682),
    "Ti": (119.838, 31.603), "Tj": (119.984, 31.612), "Tk": (120.045, 31.665), "Tl": (120.082, 31.672),
    "Tm": (120.086, 31.715), "Tn": (120.086, 31.736), "To": (120.050, 31.753), "Tp": (120.077, 31.753),
}
# (from, to, waypoints between, roughness); water boundaries are agreed lines and stay smooth.
OUTLINE = [
    ("J14", "J1", [(119.700, 31.675), (119.690, 31.690), (119.700, 31.705), (119.730, 31.700), (119.745, 31.715),
                   (119.750, 31.725), (119.735, 31.740), (119.735, 31.765), (119.755, 31.760)], 0.11),
    ("J1", "J2", [(119.790, 31.750), (119.805, 31.755), (119.820, 31.755), (119.830, 31.770), (119.845, 31.770)], 0.11),
    ("J2", "J3", [(119.880, 31.750), (119.890, 31.745)], 0.11),
    ("J3", "J4", [(119.920, 31.755), (119.935, 31.755), (119.955, 31.750), (119.985, 31.735)], 0.10),
    ("J4", "J5", [(120.010, 31.735)], 0.10),
    ("J5", "J6", [], 0.06),
    ("J6", "J7", [(120.015, 31.745), (120.000, 31.755)], 0.06),
    ("J7", "J8", [(120.020, 31.770), (120.040, 31.780), (120.065, 31.780)], 0.10),
    ("J8", "J9", [(120.095, 31.795), (120.110, 31.795), (120.125, 31.800), (120.140, 31.810), (120.170, 31.805),
                  (120.180, 31.790), (120.195, 31.765), (120.195, 31.755), (120.180, 31.755), (120.165, 31.760),
                  (120.150, 31.755)], 0.10),
    ("J9", "J10", [(120.150, 31.715), (120.140, 31.695), (120.145, 31.685), (120.140, 31.680), (120.125, 31.685)], 0.08),
    ("J10", "J11", [(120.120, 31.645), (120.110, 31.630), (120.085, 31.615), (120.070, 31.610), (120.070, 31.600), (120.055, 31.585)], 0.08),
    ("J11", "J12", [(120.055, 31.565), (120.065, 31.555), (120.090, 31.550), (120.095, 31.540), (120.100, 31.520),
                    (120.125, 31.505), (120.110, 31.490), (120.100, 31.475), (120.105, 31.465), (120.085, 31.455)], 0.09),
    ("J12", "J13", [(119.945, 31.545), (119.930, 31.555), (119.900, 31.550), (119.870, 31.550)], 0.07),
    ("J13", "J14", [(119.825, 31.535), (119.800, 31.550), (119.775, 31.555), (119.730, 31.565), (119.710, 31.560),
                    (119.705, 31.575), (119.695, 31.580), (119.680, 31.605), (119.665, 31.610), (119.670, 31.625),
                    (119.685, 31.635), (119.685, 31.655)], 0.09),
]
TAIHU_LIMIT = [(120.085, 31.455), (120.055, 31.440), (120.035, 31.410), (120.030, 31.380), (120.035, 31.360),
               (120.090, 31.355), (120.095, 31.340), (120.080, 31.335), (120.050, 31.345), (120.030, 31.355),
               (120.015, 31.380), (120.020, 31.410), (120.030, 31.430), (120.040, 31.480), (120.040, 31.490)]
SOUTH_SHORE = [(120.040, 31.490), (120.030, 31.500), (120.010, 31.505), (119.990, 31.505), (119.970, 31.520)]
INNER = [
    ("J1", "Td", [(119.782, 31.732), (119.790, 31.712), (119.806, 31.690)], 0.07),
    ("J2", "Te", [(119.849, 31.742), (119.847, 31.715)], 0.09),
    ("J3", "Tf", [(119.903, 31.740), (119.901, 31.715), (119.904, 31.700)], 0.09),
    ("J4", "Th", [(119.996, 31.716), (120.004, 31.700)], 0.09),
    ("J5", "Tm", [(120.050, 31.719), (120.068, 31.717)], 0.10),
    ("J6", "To", [(120.044, 31.741)], 0.10),
    ("J7", "To", [(120.022, 31.760), (120.035, 31.763)], 0.10),
    ("J8", "Tp", [(120.084, 31.766)], 0.10),
    ("J9", "Tn", [(120.130, 31.742), (120.108, 31.733)], 0.10),
    ("J10", "Tl", [(120.100, 31.669)], 0.10),
    ("J11", "Ta", [(120.042, 31.581)], 0.10),
    ("J12", "Tb", [(119.983, 31.548), (119.997, 31.564)], 0.10),
    ("J13", "Ti", [(119.835, 31.570)], 0.02),
    ("J14", "Tc", [(119.718, 31.660), (119.740, 31.646), (119.765, 31.638), (119.785, 31.632)], 0.07),
    ("Ta", "Tb", [(120.020, 31.577)], 0.10),
    ("Ta", "Tk", [(120.040, 31.610), (120.038, 31.640), (120.046, 31.652)], 0.10),
    ("Tb", "Tj", [(120.001, 31.595)], 0.10),
    ("Tc", "Td", [], 0.02),
    ("Tc", "Ti", [], 0.02),
    ("Td", "Te", [(119.850, 31.660)], 0.06),
    ("Te", "Tf", [(119.880, 31.672)], 0.09),
    ("Tf", "Tg", [(119.905, 31.665), (119.930, 31.662), (119.955, 31.663)], 0.08),
    ("Tg", "Th", [], 0.10),
    ("Tg", "Tj", [(119.985, 31.650), (119.977, 31.632)], 0.10),
    ("Th", "Tk", [(120.015, 31.677), (120.030, 31.674)], 0.10),
    ("Ti", "Tj", [(119.870, 31.608), (119.895, 31.615), (119.930, 31.611), (119.960, 31.615)], 0.08),
    ("Tk", "Tl", [(120.062, 31.665)], 0.10),
    ("Tl", "Tm", [(120.079, 31.695)], 0.10),
    ("Tm", "Tn", [(120.081, 31.725)], 0.10),
    ("Tn", "Tp", [(120.083, 31.745)], 0.10),
    ("To", "Tp", [(120.063, 31.749)], 0.10),
]
# code, zh, en, kind, cluster, population, run by, point inside, area to compare with (km2) or None
TOWNS = [
    ("hutang", "湖塘镇", "Hutang", "town", "vitality", 424600, "district_run", (119.943, 31.729), 84.0),
    ("niutang", "牛塘镇", "Niutang", "town", "vitality", 95500, "district_run", (119.896, 31.734), 42.0),
    ("yaoguan", "遥观镇", "Yaoguan", "town", "jingkai", 120000, "jingkai", (120.030, 31.702), 45.29),
    ("henglin", "横林镇", "Henglin", "town", "jingkai", 115000, "jingkai", (120.096, 31.700), None),
    ("hengshanqiao", "横山桥镇", "Hengshanqiao", "town", "jingkai", 103000, "jingkai", (120.108, 31.7645), None),
    ("dingyan", "丁堰街道", "Dingyan", "street", "jingkai", 52000, "jingkai", (120.030, 31.749), None),
    ("lucheng", "潞城街道", "Lucheng", "street", "jingkai", 58000, "jingkai", (120.0446, 31.770), None),
    ("qishuyan", "戚墅堰街道", "Qishuyan", "street", "jingkai", 55780, "jingkai", (120.056, 31.7235), None),
    ("nanxiashu", "南夏墅街道", "Nanxiashu", "street", "hightech", 105000, "district_run", (119.947, 31.634), None),
    ("qianhuang", "前黄镇", "Qianhuang", "town", "hightech", 78000, "district_run", (119.952, 31.592), None),
    ("lijia", "礼嘉镇", "Lijia", "town", "hightech", 82000, "district_run", (120.0056, 31.6334), None),
    ("luoyang", "洛阳镇", "Luoyang", "town", "hightech", 110000, "district_run", (120.072, 31.647), None),
    ("xihu", "西湖街道", "Xihu", "street", "lakeside", 75000, "district_run", (119.838, 31.735), None),
    ("jiaze", "嘉泽镇", "Jiaze", "town", "lakeside", 72000, "district_run", (119.783, 31.6874), None),
    ("huangli", "湟里镇", "Huangli", "town", "lakeside", 73000, "district_run", (119.7116, 31.6397), None),
    ("xueyan", "雪堰镇", "Xueyan", "town", "taihu", 78500, "district_run", (120.0908, 31.5093), 104.83),
]
CLUSTERS = [
    ("vitality", "活力城区组团", "Vitality urban cluster", "湖塘镇（含高新区北区）、牛塘镇、绿建区",
     "商务中心与人口核心，发展都市工业和现代服务业，向北融入主城",
     "Business centre and population core; urban industry and services; merges north into the main city",
     "residential,commercial,public_service,research,green"),
    ("jingkai", "常州经开组团", "Changzhou economic development cluster", "遥观镇、横林镇、横山桥镇、丁堰街道、潞城街道、戚墅堰街道",
     "城市东部副中心，发展轨道交通装备、新材料、绿色家居、智能电机",
     "Eastern sub-centre; rail equipment, new materials, green home products, smart motors",
     "industrial,logistics,residential,commercial,public_service,green"),
    ("hightech", "高新智造组团", "High-tech manufacturing cluster", "南夏墅街道（高新区、科教城、中以常州创新园）、前黄镇、礼嘉镇、洛阳镇",
     "工业主阵地，发展高端装备、电子信息、节能环保、新型交通",
     "Main industrial ground; high-end equipment, electronics, energy saving, new transport",
     "industrial,logistics,research,residential,public_service,agriculture"),
    ("lakeside", "滨湖科创组团", "Lakeside innovation cluster", "西湖街道（西太湖科技产业园、苏澳合作园）、嘉泽镇、湟里镇",
     "环滆湖打造未来新城中心", "Future new city centre round Ge Lake",
     "research,commercial,residential,public_service,green,agriculture,tourism"),
    ("taihu", "太湖文旅组团", "Taihu culture and tourism cluster", "雪堰镇、太湖湾",
     "文化旅游与生态涵养", "Culture, tourism and ecological conservation",
     "tourism,public_service,green,agriculture,residential"),
]


def _arcs():
    for a, b, between, rough in OUTLINE + INNER:
        if (a, b) == ("J11", "J12"):
            land = meander(route(NODES[a], *between), a + b, rough)
            lake = meander(route(*TAIHU_LIMIT), "taihu", 0.03, 400)
            south = meander(route(*SOUTH_SHORE, NODES[b]), "caoqiao", rough)
            yield LineString(land + lake[1:] + south[1:])
            continue
        yield LineString(meander(route(NODES[a], *between, NODES[b]), a + b, rough))


def towns_and_levels():
    """Draws the three levels and returns {town code: polygon}."""
    faces = list(polygonize(list(_arcs())))
    towns = {}
    for code, *_, inside, _ in TOWNS:
        found = [f for f in faces if f.contains(Point(xy(*inside)))]
        towns[code] = found[0]
    assert len(faces) == len(towns) == 16 == len({id(t) for t in towns.values()}), len(faces)
    write("towns", [(towns[c], dict(code=c, name=zh, name_en=en, kind=kind, cluster=cl, population=pop, extent_group=run))
                    for c, zh, en, kind, cl, pop, run, _, _ in TOWNS])
    write("clusters", [(dissolve([towns[t[0]] for t in TOWNS if t[4] == c]),
                        dict(code=c, name=zh, name_en=en, members=members, role=role, role_en=role_en, functions=functions))
                       for c, zh, en, members, role, role_en, functions in CLUSTERS])
    district = dissolve(towns.values())
    write("district", [(district, dict(code="wujin", name="武进区", name_en="Wujin District", population=1697380,
                                       note="含常州经开区；边界为示意，人口为2020年第七次人口普查全域口径"))])
    for code, zh, *_, known in TOWNS:
        km2 = area2_mm2(towns[code]) / 2e12
        print(f"  {zh} {km2:.2f} km2" + (f" (known {known}, {100 * (km2 / known - 1):+.1f} %)" if known else ""))
    print(f"  district {area2_mm2(district) / 2e12:.2f} km2")
    return towns, district


if __name__ == "__main__":
    towns_and_levels()
