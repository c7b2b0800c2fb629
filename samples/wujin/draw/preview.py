"""Plots sources for looking at: preview.py OUT.png LAYER... [--box lon0 lat0 lon1 lat1]"""
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.path import Path as MplPath
from matplotlib.patches import PathPatch

from geo import lines, polygons, read, xy

plt.rcParams["font.family"] = "Noto Sans CJK JP"
LABEL = {"towns", "clusters", "development_zones", "stations", "places", "projects", "waterways", "transport_lines"}
COLOURS = {"district": "none", "towns": "#ffffff00", "water": "#a9d3ee", "ecological_redlines": "#e0404055",
           "ecological_space": "#50b05055", "farmland": "#f0e08088", "development_zones": "#ff990055", "projects": "#ff00ff"}
EDGES = {"district": "red", "towns": "#663366", "water": "#3070b0", "roads": "#777777", "waterways": "#3080d0",
         "transport_lines": "#cc2020"}
ROAD = {"expressway": ("#d08000", 2.4), "urban_expressway": ("#c03000", 2.0), "trunk": ("#b05050", 1.6),
        "primary": ("#806060", 1.1), "secondary": ("#888888", .7), "town": ("#aaaaaa", .4), "ramp": ("#d08000", .8),
        "link": ("#d0d0ff", .5)}
GROUPS = {"expressway": "#d08000", "trunk_road": "#b05050", "urban_expressway": "#c03000", "intercity_rail": "#7000b0",
          "railway": "#202020", "metro": "#0070d0", "bridge": "#00a0a0"}


def patch(p, **kw):
    verts, codes = [], []
    for r in [p.exterior, *p.interiors]:
        c = list(r.coords)
        verts += c
        codes += [MplPath.MOVETO] + [MplPath.LINETO] * (len(c) - 2) + [MplPath.CLOSEPOLY]
    return PathPatch(MplPath(verts, codes), **kw)


def main(args):
    box = None
    if "--box" in args:
        i = args.index("--box")
        b = [float(v) for v in args[i + 1:i + 5]]
        box = (*xy(b[0], b[1]), *xy(b[2], b[3]))
        args = args[:i]
    out, layers = args[0], args[1:]
    fig, ax = plt.subplots(figsize=(16, 16))
    for layer in layers:
        for g, f in read(layer):
            if g.geom_type == "Point":
                ax.plot(g.x, g.y, "o", ms=3, c=EDGES.get(layer, "k"))
            elif g.geom_type.endswith("Polygon"):
                face = COLOURS.get(layer, "#dddddd")
                if layer == "parcels":
                    face = parcel_colour(f["land_use"])
                for p in polygons(g):
                    ax.add_patch(patch(p, fc=face, ec=EDGES.get(layer, "#555555"), lw=.15 if layer == "parcels" else .8))
            else:
                c, w = ROAD[f["class"]] if layer == "roads" else (EDGES.get(layer, "k"), 1.2)
                if layer == "transport_lines":
                    c = GROUPS[f["grp"]]
                dash = "--" if f.get("state", "open") != "open" else "-"
                for p in lines(g):
                    ax.plot(*zip(*p.coords), c=c, lw=w, ls=dash)
            if layer in LABEL and f.get("name"):
                q = g.representative_point() if g.geom_type.endswith("Polygon") else g.interpolate(0.5, normalized=True) if g.geom_type == "LineString" else g.centroid
                if not box or box[0] < q.x < box[2] and box[1] < q.y < box[3]:
                    ax.text(q.x, q.y, f["name"], fontsize=8)
    ax.set_aspect("equal")
    ax.autoscale_view()
    if box:
        ax.set_xlim(box[0], box[2])
        ax.set_ylim(box[1], box[3])
    plt.tight_layout()
    plt.savefig(out, dpi=80)


def parcel_colour(code):
    table = {"01": "#f5f8dc", "02": "#bfe9aa", "03": "#68b16d", "05": "#65cdaa", "06": "#d8d79f", "0701": "#ffff2d",
             "0703": "#ffd380", "0704": "#ffd380", "0702": "#ffd380", "0801": "#ff00ff", "0802": "#e6005c", "0803": "#ff7f00", "0804": "#ff85c9",
             "0805": "#00a57c", "0806": "#ff7f7e", "0807": "#ff9f7f", "09": "#ff0000", "10": "#bb9674", "11": "#8761d3",
             "12": "#b0b0b0", "13": "#006380", "14": "#00ff00", "1402": "#148d4a", "15": "#859156", "16": "#ffffff", "17": "#338ec0"}
    return table.get(code[:4]) or table.get(code[:2], "#eeeeee")


if __name__ == "__main__":
    main(sys.argv[1:])
