"""The 500 m population grid and the public facilities, both spread over the parcels."""
from boundaries import TOWNS
from geo import on_grid, rng, write, xy
from shapely.geometry import Point, box

CELL = 500
JOBS = 905000  # assumption, see README
JOB_WEIGHT = {"1001": 1.0, "0901": 1.6, "0902": 2.4, "0903": 0.8, "0904": 0.8, "1101": 0.5, "0801": 1.2, "0802": 1.2, "0804": 0.6, "0806": 1.5, "0803": 0.6}


def _share(total, weights):
    """Whole numbers in proportion to the weights that sum to the total (largest remainder)."""
    s = sum(weights.values())
    exact = {k: total * w / s for k, w in weights.items()}
    out = {k: int(v) for k, v in exact.items()}
    rest = total - sum(out.values())
    for k in sorted(exact, key=lambda k: (out[k] - exact[k], k))[:rest]:
        out[k] += 1
    return out


def population_grid(lots):
    """Writes the grid; the cells of a town sum to the town's population, all cells to the district's."""
    by_town, jobs = {}, {}
    for g, f in lots:
        u = f["land_use"]
        living = f["floor_area_m2"] * (1.0 if u.startswith("0701") else 2.0 if u.startswith("0703") else 0.12 if u == "080401" else 0)
        work = f["floor_area_m2"] * JOB_WEIGHT.get(u[:4], 0)
        if not living and not work:
            continue
        x0, y0, x1, y1 = g.bounds
        for i in range(int(x0 // CELL), int(x1 // CELL) + 1):
            for j in range(int(y0 // CELL), int(y1 // CELL) + 1):
                a = g.intersection(box(i * CELL, j * CELL, (i + 1) * CELL, (j + 1) * CELL)).area / g.area
                if a <= 0:
                    continue
                if living:
                    w = by_town.setdefault(f["town"], {})
                    w[i, j] = w.get((i, j), 0) + living * a
                if work:
                    jobs[i, j] = jobs.get((i, j), 0) + work * a
    people = {}
    for t in TOWNS:
        for k, n in _share(t[5], by_town[t[0]]).items():
            people[k] = people.get(k, 0) + n
    work = _share(JOBS, jobs)
    rows = []
    for i, j in sorted(set(people) | set(work), key=lambda k: (k[1], k[0])):
        p, w = people.get((i, j), 0), work.get((i, j), 0)
        if p or w:
            rows.append((box(i * CELL, j * CELL, (i + 1) * CELL, (j + 1) * CELL),
                         dict(code=f"E{i * CELL // 100:05d}N{j * CELL // 100:05d}", population=p, jobs=w)))
    assert sum(f["population"] for _, f in rows) == 1697380
    write("population_grid", rows)
    return people


# kind, zh, en, residents for each, capacity of one, land uses it stands on in order of liking
FACILITIES = [
    ("primary_school", "小学", "Primary School", 14000, 1200, ("080403",)),
    ("middle_school", "中学", "Middle School", 27000, 1500, ("080403",)),
    ("hospital", "医院", "Hospital", 95000, 500, ("080601",)),
    ("clinic", "社区卫生服务站", "Community Clinic", 17000, 60, ("080601", "0702", "0704")),
    ("sports", "体育活动中心", "Sports Centre", 21000, 400, ("0805", "1401", "1403", "080401")),
    ("culture", "文化活动中心", "Culture Centre", 60000, 300, ("0803", "0801")),
    ("elderly", "养老院", "Home for the Elderly", 36000, 180, ("080701", "0702", "0704", "070302")),
    ("fire", "消防站", "Fire Station", 105000, 40, ("0801", "1303", "1301")),
]
KNOWN = [  # named in the plan or commonly known; place schematic
    ("hospital", "武进人民医院", "Wujin People's Hospital", (119.9370, 31.7190), 1500, "hutang"),
    ("hospital", "武进人民医院南院", "Wujin People's Hospital, South Branch", (119.9520, 31.6560), 1000, "nanxiashu"),
    ("hospital", "武进中医医院", "Wujin Hospital of Chinese Medicine", (119.9480, 31.7040), 800, "hutang"),
    ("hospital", "阳湖医院", "Yanghu Hospital", (119.9610, 31.6920), 1100, "hutang"),
    ("hospital", "常州市第七人民医院", "Changzhou Seventh People's Hospital", (120.0560, 31.7260), 700, "qishuyan"),
    ("sports", "武进体育中心", "Wujin Sports Centre", (119.9330, 31.6975), 3000, "hutang"),
    ("culture", "武进图书馆", "Wujin Library", (119.9360, 31.7010), 1200, "hutang"),
]


def facilities(lots):
    """Writes the public facilities."""
    rows, used = [], set()
    for kind, zh, en, at, cap, town in KNOWN:
        rows.append((Point(xy(*at)), dict(kind=kind, name=zh, name_en=en, capacity=cap, town=town)))
    for t in TOWNS:
        mine = [(g, f) for g, f in lots if f["town"] == t[0]]
        for kind, zh, en, per, cap, uses in FACILITIES:
            known = sum(1 for k in KNOWN if k[0] == kind and k[5] == t[0])
            n = max(1 - min(known, 1), round(t[5] / per) - known)
            r = rng("facility", t[0], kind)
            sites = [g for u in uses for g in sorted((g for g, f in mine if f["land_use"] == u), key=lambda g: g.bounds)]
            sites += sorted((g for g, f in mine if f["land_use"] in ("070102", "0704", "070302")), key=lambda g: g.bounds)
            have = [rows[i][0] for i in range(len(rows)) if rows[i][1]["kind"] == kind]
            for i in range(n):
                cand = [s for s in sites if id(s) not in used]
                cand = cand[:80] if len(cand) > 80 and i % 2 else cand
                cand = [cand[r.randrange(len(cand))] for _ in range(14)]
                best = max(cand, key=lambda s: min([9e9] + [s.distance(h) for h in have]))
                used.add(id(best))
                p = Point(on_grid(best.representative_point().coords[0]))
                have.append(p)
                base, base_en = t[1][:-1] if t[3] == "town" else t[1][:-2], t[2]
                rows.append((p, dict(kind=kind, name=f"{base}{i + 1 + known}号{zh}（示意）", name_en=f"{base_en} {en} {i + 1 + known} (schematic)",
                                     capacity=round(cap * r.uniform(0.7, 1.35), -1), town=t[0])))
    out = [(p, dict(code=f"S{i:03d}", name=f["name"], name_en=f["name_en"], kind=f["kind"], capacity=f["capacity"], town=f["town"]))
           for i, (p, f) in enumerate(rows, 1)]
    write("public_facilities", out)
    return out
