"""The seven development zones and the innovation corridor."""
from geo import meander, multi, route, spline, write
from shapely.geometry import LineString, Polygon

INVEST = "第七章第一节"
# Zones follow roads, so their edges are straight between the corners; two zones share the edge between common corners.
ZONES = [
    ("ge_lake", "环滆湖片区", "Ge Lake ring zone", "环湖新城与生态", "Lakeside new town and ecology",
     [(119.805, 31.7065), (119.8105, 31.7185), (119.836, 31.7215), (119.8635, 31.7180), (119.8665, 31.700), (119.873, 31.680),
      (119.8765, 31.655), (119.8735, 31.640), (119.8655, 31.640), (119.8640, 31.656), (119.8595, 31.6725), (119.848, 31.6895), (119.831, 31.7010),
      (119.816, 31.7040)]),
    ("jiangligong", "江理工片区", "Jiangsu University of Technology zone", "产教融合", "University and industry",
     [(119.871, 31.738), (119.8925, 31.7405), (119.8925, 31.7265), (119.8885, 31.7190), (119.8725, 31.7215)]),
    ("yancheng", "大运河古淹城文化带片区", "Grand Canal and ancient Yancheng culture zone", "文化与旅游", "Culture and tourism",
     [(119.9030, 31.7235), (119.9190, 31.7245), (119.9265, 31.7235), (119.9250, 31.7050), (119.9185, 31.7000), (119.9030, 31.7005)]),
    ("jiangnan", "江南印象城片区", "Jiangnan InCity zone", "商业商务", "Retail and business",
     [(119.9455, 31.7340), (119.9655, 31.7330), (119.9650, 31.7165), (119.9450, 31.7170)]),
    ("kechuang", "科创新城片区", "Science and innovation new town zone", "科教研发", "Education and research",
     [(119.9265, 31.6975), (119.9560, 31.6990), (119.9645, 31.6980), (119.9640, 31.6720), (119.9260, 31.6705)]),
    ("wujin_station", "沿江城际高铁武进站片区", "Wujin Station zone", "高铁枢纽新城", "High-speed rail hub",
     [(119.9260, 31.6705), (119.9640, 31.6720), (119.9620, 31.6490), (119.9255, 31.6485)]),
    ("changgou", "长沟河滨水生态宜居片区", "Changgou River waterfront zone", "滨水宜居", "Waterfront living",
     [(119.9030, 31.6985), (119.9145, 31.6970), (119.9125, 31.6770), (119.9075, 31.6660), (119.8960, 31.6530), (119.8880, 31.6545),
      (119.8915, 31.6690), (119.8985, 31.6840)]),
]
CORRIDOR = [(120.096, 31.706), (120.074, 31.7185), (120.050, 31.7160), (120.020, 31.7020), (119.988, 31.694), (119.965, 31.684),
            (119.943, 31.680), (119.922, 31.681), (119.900, 31.688), (119.876, 31.698), (119.855, 31.707), (119.830, 31.714)]


def zones():
    """Writes development_zones and innovation_corridor; returns {code: polygon}."""
    arcs, out = {}, {}
    for code, *_, corners in ZONES:
        ring = []
        for a, b in zip(corners, corners[1:] + corners[:1]):
            key = (min(a, b), max(a, b))
            if key not in arcs:
                arcs[key] = meander(route(*key), f"zone{key}", 0.025, 260)
            ring += (arcs[key] if key[0] == a else arcs[key][::-1])[:-1]
        out[code] = Polygon(ring)
    write("development_zones", [(out[c], dict(code=c, name=zh, name_en=en, theme=th, theme_en=the, clause=INVEST))
                                for c, zh, en, th, the, _ in ZONES])
    line = LineString(spline(route(*CORRIDOR), 250))
    write("innovation_corridor", [(multi(line), dict(code="liang_hu", name="两湖科创长廊", name_en="Two Lakes Innovation Corridor"))])
    return out


if __name__ == "__main__":
    zones()
