#!/usr/bin/python3
"""The same 200 edits of the same coverage by Zonewright and by QGIS with topological editing: what each leaves behind.

QGIS is driven through PyQGIS as its own tools drive it: the vertex tool moves the vertex in every feature that has it
(topological editing on), the reshape tool reshapes every feature that the line crosses and adds topological points.
Faults are counted by `zonewright validate` and, independently, by GEOS (area of the overlaps and of the gaps).

usage: edit_vs_qgis.py ZONEWRIGHT [--side 30] [--edits 200] [--seed 7]
"""
import argparse
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from osgeo import ogr, osr
from qgis.core import (Qgis, QgsApplication, QgsFeatureRequest, QgsGeometry, QgsLineString, QgsPoint, QgsPointXY, QgsProject,
                       QgsRectangle, QgsVectorLayer, QgsVectorLayerEditUtils)

CELL = 400.0
ORIGIN = (490000.0, 3500000.0)


def boundaries(side, rng, depth=4):
    """Nodes of a shaken lattice and, between them, fractal lines on the 1 mm grid: a coverage without gap or overlap."""
    def grid(x, y):
        return (round(x, 3), round(y, 3))
    nodes = {}
    for r in range(side + 1):
        for c in range(side + 1):
            dx = 0 if c in (0, side) else rng.uniform(-0.2, 0.2) * CELL
            dy = 0 if r in (0, side) else rng.uniform(-0.2, 0.2) * CELL
            nodes[r, c] = grid(ORIGIN[0] + c * CELL + dx, ORIGIN[1] + r * CELL + dy)

    def subdivide(a, b, level, rough, out):
        if level == 0:
            out.append(b)
            return
        off = rng.uniform(-rough, rough)
        middle = grid((a[0] + b[0]) / 2 - off * (b[1] - a[1]), (a[1] + b[1]) / 2 + off * (b[0] - a[0]))
        subdivide(a, middle, level - 1, rough * 0.9, out)
        subdivide(middle, b, level - 1, rough * 0.9, out)
    lines = {}
    for (r, c), here in nodes.items():
        for other in ((r + 1, c), (r, c + 1)):
            if other not in nodes:
                continue
            side_line = (r == other[0] and r in (0, side)) or (c == other[1] and c in (0, side))
            line = [here]
            subdivide(here, nodes[other], depth, 0 if side_line else 0.11, line)
            lines[(r, c), other] = line
    return lines


def rings(side, lines):
    def run(a, b):
        return lines[a, b] if (a, b) in lines else lines[b, a][::-1]
    for r in range(side):
        for c in range(side):
            corners = [(r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c)]
            ring = []
            for i in range(4):
                ring += run(corners[i], corners[(i + 1) % 4])[:-1]
            yield ring + ring[:1]


def write_sources(folder, side, lines):
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4549)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    driver = ogr.GetDriverByName("GPKG")
    outer = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    outer = [(ORIGIN[0] + x * CELL, ORIGIN[1] + y * CELL) for x, y in outer]
    for name, polygons in (("district", [outer]), ("towns", list(rings(side, lines)))):
        data = driver.CreateDataSource(os.path.join(folder, name + ".gpkg"))
        layer = data.CreateLayer(name, srs, ogr.wkbPolygon)
        for field in ("code", "name", "kind"):
            layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
        for i, ring in enumerate(polygons):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature["code"] = feature["name"] = f"{name}{i}"
            feature["kind"] = "town"
            feature.SetGeometry(ogr.CreateGeometryFromWkt("POLYGON((" + ",".join(f"{x:.3f} {y:.3f}" for x, y in ring) + "))"))
            layer.CreateFeature(feature)
        data = None


def make_edits(side, lines, count, rng):
    """Vertex moves and reshapes of inner boundaries, a few of them reckless, each at a boundary of its own."""
    inner = [k for k in lines if not ((k[0][0] == k[1][0] and k[0][0] in (0, side)) or (k[0][1] == k[1][1] and k[0][1] in (0, side)))]
    rng.shuffle(inner)
    edits = []
    for line in (lines[k] for k in inner[:count]):
        n = len(line)
        if len(edits) % 5 == 4:
            i, j = n // 4, 3 * n // 4
            (ax, ay), (bx, by) = line[i], line[j]
            off = rng.uniform(-0.6, 0.6) * math.hypot(bx - ax, by - ay)
            length = math.hypot(bx - ax, by - ay)
            middle = ((ax + bx) / 2 - off * (by - ay) / length, (ay + by) / 2 + off * (bx - ax) / length)
            edits.append({"op": "reshape", "line": [line[i], tuple(round(v, 3) for v in middle), line[j]]})
        else:
            i = rng.randrange(1, n - 1)
            x, y = line[i]
            reach = CELL * (0.5 if len(edits) % 10 == 7 else 0.02)
            edits.append({"op": "move-vertex", "from": [x, y], "to": [round(x + rng.uniform(-reach, reach), 3), round(y + rng.uniform(-reach, reach), 3)]})
    return edits


def by_zonewright(zonewright, plan, edits, folder):
    script = os.path.join(folder, "edits.jsonl")
    with open(script, "w") as out:
        for edit in edits:
            line = dict(edit, layer="towns")
            if "line" in line:
                line["line"] = "LINESTRING(" + ",".join(f"{x:.3f} {y:.3f}" for x, y in line["line"]) + ")"
            out.write(json.dumps(line) + "\n")
    began = time.perf_counter()
    ran = subprocess.run([zonewright, "edit", plan, "--script", script], capture_output=True, text=True)
    took = time.perf_counter() - began
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(answers) == len(edits), ran.stderr
    return took, sum(1 for a in answers if a["refused"] is None)


def by_qgis(plan, edits, commit_each):
    layer = QgsVectorLayer(f"{plan}|layername=towns", "towns", "ogr")
    assert layer.isValid()
    QgsProject.instance().setTopologicalEditing(True)
    tools = QgsVectorLayerEditUtils(layer)
    made = 0
    began = time.perf_counter()
    layer.startEditing()
    for edit in edits:
        done = False
        if edit["op"] == "move-vertex":
            (x, y), (tx, ty) = edit["from"], edit["to"]
            request = QgsFeatureRequest(QgsRectangle(x - 1e-4, y - 1e-4, x + 1e-4, y + 1e-4)).setNoAttributes()
            for feature in layer.getFeatures(request):
                _, at, _, _, distance = feature.geometry().closestVertex(QgsPointXY(x, y))
                if distance < 1e-8:
                    done = tools.moveVertex(tx, ty, feature.id(), at) or done
        else:
            line = QgsLineString([QgsPoint(x, y) for x, y in edit["line"]])
            request = QgsFeatureRequest(line.boundingBox()).setNoAttributes()
            for feature in layer.getFeatures(request):
                geometry = QgsGeometry(feature.geometry())
                if geometry.reshapeGeometry(line) == QgsGeometry.Success:
                    layer.changeGeometry(feature.id(), geometry)
                    done = True
            for x, y in edit["line"]:
                tools.addTopologicalPoints(QgsPointXY(x, y))
        made += done
        if commit_each:
            assert layer.commitChanges(False), layer.commitErrors()
    assert layer.commitChanges(True), layer.commitErrors()
    return time.perf_counter() - began, made


def faults(zonewright, plan):
    ran = subprocess.run([zonewright, "--json", "validate", plan, "towns"], capture_output=True, text=True)
    found = json.loads(ran.stdout)["faults"]
    kinds = {}
    for fault in found:
        kinds.setdefault(fault["kind"], []).append(fault["area_m2"] or 0)
    layer = QgsVectorLayer(f"{plan}|layername=towns", "towns", "ogr")
    zones = [f.geometry() for f in layer.getFeatures()]
    invalid = sum(1 for z in zones if not z.isGeosValid())
    return kinds, invalid


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("zonewright")
    options.add_argument("--side", type=int, default=30, help="zones a side")
    options.add_argument("--edits", type=int, default=200)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    application = QgsApplication([], False)
    application.initQgis()
    rng = random.Random(given.seed)
    lines = boundaries(given.side, rng)
    edits = make_edits(given.side, lines, given.edits, rng)
    with tempfile.TemporaryDirectory() as folder:
        write_sources(folder, given.side, lines)
        plan = os.path.join(folder, "start.gpkg")
        subprocess.run([given.zonewright, "--quiet", "new", plan], check=True)
        for layer in ("district", "towns"):
            subprocess.run([given.zonewright, "--quiet", "import", plan, layer, os.path.join(folder, layer + ".gpkg")], check=True)
        kinds, invalid = faults(given.zonewright, plan)
        if kinds or invalid:
            sys.exit(f"the coverage to begin with has faults: {kinds}; choose another seed")
        print(f"{given.side ** 2} zones, {len(edits)} edits ({sum(e['op'] == 'reshape' for e in edits)} reshapes), QGIS {Qgis.QGIS_VERSION}")
        print(f"{'':34}{'s':>8}{'ms/edit':>9}{'made':>6}{'gaps':>6}{'overlaps':>9}{'bad rings':>10}{'outside':>8}{'m2 at fault':>13}")
        for name, run in (("Zonewright, each edit on disk", lambda p: by_zonewright(given.zonewright, p, edits, folder)),
                          ("QGIS, saved after each edit", lambda p: by_qgis(p, edits, True)),
                          ("QGIS, saved once at the end", lambda p: by_qgis(p, edits, False))):
            copy = os.path.join(folder, "work.gpkg")
            shutil.copyfile(plan, copy)
            took, made = run(copy)
            kinds, invalid = faults(given.zonewright, copy)
            area = sum(sum(kinds.get(k, [])) for k in ("gap", "overlap", "outside_parent"))
            print(f"{name:34}{took:8.2f}{took / len(edits) * 1000:9.2f}{made:6}{len(kinds.get('gap', [])):6}{len(kinds.get('overlap', [])):9}"
                  f"{invalid:10}{len(kinds.get('outside_parent', [])):8}{area:13.3f}")
            for suffix in ("", "-wal", "-shm"):
                if os.path.exists(copy + suffix):
                    os.remove(copy + suffix)
    sys.stdout.flush()
    os._exit(0)  # QGIS has nothing to save, and its exit is slow


if __name__ == "__main__":
    main()
