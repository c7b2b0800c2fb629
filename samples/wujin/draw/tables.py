"""Attribute tables: connectivity commitments, the plan's 37 indicators, intensity caps."""
from boundaries import CLUSTERS, TOWNS
from geo import write_table

TRAFFIC = "第十三章第一节"
REACH = [
    (45, "常州市域及邻近市（区）", "Changzhou and neighbouring districts", ["changzhou", "xinbei", "jintan", "liyang", "yixing", "jiangyin", "danyang", "huishan"]),
    (60, "苏锡常都市圈核心城市", "Core cities of Suzhou-Wuxi-Changzhou", ["suzhou", "wuxi", "changzhou"]),
    (120, "长三角核心城市", "Core cities of the Yangtze delta", ["shanghai", "nanjing", "hangzhou", "suzhou", "hefei", "ningbo", "nantong"]),
]
INDICATORS = [  # number, zh, en, unit, 2025 target, kind, category zh
    (1, "地区生产总值", "Gross regional product", "亿元", "3600左右", "expected", "经济强"),
    (2, "人均地区生产总值", "Gross regional product per head", "万元", "21左右", "expected", "经济强"),
    (3, "一般公共预算收入", "General public budget revenue", "亿元", "260", "expected", "经济强"),
    (4, "制造业增加值占地区生产总值比重", "Manufacturing share of gross regional product", "%", "50", "expected", "经济强"),
    (5, "工业战略性新兴产业产值占规上工业总产值比重", "Strategic emerging industries' share of industrial output", "%", "40左右", "expected", "经济强"),
    (6, "每万人发明专利拥有量", "Invention patents per 10,000 people", "件", "64以上", "expected", "经济强"),
    (7, "全社会研究与实验发展经费支出占地区生产总值比重", "Research and development share of gross regional product", "%", "3.5", "expected", "经济强"),
    (8, "现代农业发展水平", "Level of modern agriculture", "%", "91", "expected", "经济强"),
    (9, "营商便利度", "Ease of doing business", "", "全省第一方阵", "expected", "经济强"),
    (10, "常住人口城镇化率", "Urbanisation rate of residents", "%", "75", "expected", "经济强"),
    (11, "城乡居民可支配收入年均增速", "Yearly growth of disposable income", "%", "6.5", "expected", "百姓富"),
    (12, "城镇登记失业率", "Registered urban unemployment", "%", "1.7", "expected", "百姓富"),
    (13, "普惠型幼儿园覆盖率", "Coverage of public-benefit kindergartens", "%", "94", "expected", "百姓富"),
    (14, "义务教育优质均衡发展达成率", "Attainment of balanced quality compulsory education", "%", "90.6", "expected", "百姓富"),
    (15, "每千人口执业（助理）医师数", "Physicians per 1,000 people", "人", "3.1", "expected", "百姓富"),
    (16, "每千名老人拥有养老床位数", "Care beds per 1,000 elderly", "张", "54", "expected", "百姓富"),
    (17, "城镇常住人口保障性住房覆盖率", "Coverage of affordable housing among urban residents", "%", "23", "expected", "百姓富"),
    (18, "单位地区生产总值能耗降低", "Cut of energy use per unit of product", "%", "达到省、市要求", "binding", "环境美"),
    (19, "单位地区生产总值二氧化碳排放降低", "Cut of carbon dioxide per unit of product", "%", "达到省、市要求", "binding", "环境美"),
    (20, "细颗粒物（PM2.5）浓度下降", "Fall of PM2.5 concentration", "%", "达到常州市要求", "binding", "环境美"),
    (21, "空气质量达到二级标准的天数比例", "Share of days with grade II air", "%", "", "binding", "环境美"),
    (22, "地表水达到或好于Ⅲ类水体比例", "Share of surface water at grade III or better", "", "达到常州市要求", "binding", "环境美"),
    (23, "林木覆盖率", "Tree cover", "%", "27", "expected", "环境美"),
    (24, "城镇污水处理率", "Urban sewage treatment", "%", "95", "expected", "环境美"),
    (25, "垃圾分类集中处理率", "Sorted central waste treatment", "", "达到常州市要求", "expected", "环境美"),
    (26, "社会文明程度测评指数", "Civility index", "", "90", "expected", "社会文明程度高"),
    (27, "文化产业增加值占地区生产总值比重", "Culture industry share of gross regional product", "%", "6.5", "expected", "社会文明程度高"),
    (28, "全民阅读指数", "Reading index", "%", "74以上", "expected", "社会文明程度高"),
    (29, "人均接受文化场馆服务次数", "Visits to culture venues per head", "次", "4", "expected", "社会文明程度高"),
    (30, "人均体育场地面积", "Sports ground per head", "㎡", "3.2", "expected", "社会文明程度高"),
    (31, "注册志愿者人数占城镇常住人口比重", "Registered volunteers among urban residents", "%", "达到省、市要求", "expected", "社会文明程度高"),
    (32, "食品检测合格率", "Food test pass rate", "%", "98", "expected", "保障安全"),
    (33, "药品监督检查覆盖率", "Coverage of drug inspections", "%",
     "药店、医疗机构≥35%；疾控机构、疫苗接种单位、三级监管器械批发企业100%", "expected", "保障安全"),
    (34, "单位地区生产总值生产安全事故死亡率降低", "Cut of work accident deaths per unit of product", "%", "较2020年降低30%", "binding", "保障安全"),
    (35, "群众安全感", "Sense of safety", "%", "96", "expected", "保障安全"),
    (36, "法治建设满意度", "Satisfaction with rule of law", "%", "91", "expected", "保障安全"),
    (37, "网格规范达标率", "Share of grids up to standard", "", "90%", "expected", "保障安全"),
]

# The annex gives no base values; these three are named in the first chapter.
BASE_2020 = {2: "17以上", 22: "75%（国省考断面三类水体）", 35: "99.33"}


def targets():
    rows = [dict(code=f"T30-{t[0]}", origin="hutang_centre", destination=t[0], limit_min=30, clause=TRAFFIC,
                 title=f"武进主城区至{t[1]}30分钟", title_en=f"Wujin main urban area to {t[2]} in 30 min") for t in TOWNS if t[0] != "hutang"]
    from mains import PLACES
    names = {p[0]: (p[1], p[2]) for p in PLACES}
    for limit, zh, en, cities in REACH:
        rows += [dict(code=f"T{limit}-{c}", origin="hutang_centre", destination=c, limit_min=limit, clause=TRAFFIC,
                      title=f"{zh}{limit}分钟：{names[c][0]}", title_en=f"{en} in {limit} min: {names[c][1]}") for c in cities]
    rows += [dict(code=f"T10-{t[0]}", origin=t[0], destination="public_facilities:sports", limit_min=10, clause="第十五章第三节",
                  title=f"{t[1]}10分钟体育健身圈", title_en=f"{t[2]}: a sports place within 10 min") for t in TOWNS]
    write_table("connectivity_targets", rows)


def indicators():
    write_table("plan_indicators", [dict(code=n, name=zh, name_en=en, unit=u, base_2020=BASE_2020.get(n, ""), target_2025=t, kind=k, category=c)
                                    for n, zh, en, u, t, k, c in INDICATORS])


def caps(lots, towns, zones):
    """Caps for the dual control: what the drawn parcels hold today plus a stated allowance (assumption)."""
    from shapely.ops import unary_union
    rows = []
    levels = [("clusters", {c[0]: unary_union([towns[t[0]] for t in TOWNS if t[4] == c[0]]) for c in CLUSTERS}), ("development_zones", zones)]
    allowance = {"vitality": 1.01, "jingkai": 1.03, "hightech": 1.04, "lakeside": 1.05, "taihu": 1.00}
    for layer, shapes in levels:
        for code, shape in shapes.items():
            built = sum(_built_ha(g, f, shape) for g, f in lots)
            k = allowance.get(code, 0.99 if code in ("jiangnan", "yancheng") else 1.08)
            total = shape.area / 1e4
            cap = min(total, built * k)
            rows.append(dict(zone_layer=layer, zone=code, construction_cap_ha=round(cap, 1), intensity_cap=round(cap / total, 3)))
    write_table("intensity_caps", rows)


def _built_ha(g, f, shape):
    u = f["land_use"]
    if not (u[:2] in ("07", "08", "09", "10", "11", "12", "13", "15") or u[:2] == "14") or not shape.intersects(g):
        return 0
    return g.intersection(shape).area / 1e4
