#!/usr/bin/python3
"""Does an edit take longer when the layer is larger? The same vertex moves, each with its commit, in a plan with every
polygon of a coverage and in one with the polygons of a window of it.

usage: edit_scaling.py ZONEWRIGHT COVERAGE [--window X1,Y1,X2,Y2] [--moves 200] [--rounds 5]
COVERAGE: any polygon file that `import` takes into the layer parcels, such as parcels_500k.gpkg of the workloads.
"""
import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time

from osgeo import gdal, ogr

gdal.UseExceptions()


def shared_vertices(plan, window):
    """Vertices that exactly two parcels use, well inside the window."""
    data = ogr.Open(plan)
    layer = data.GetLayer("parcels")
    layer.SetSpatialFilterRect(*window)
    uses = {}
    for feature in layer:
        geometry = feature.GetGeometryRef()
        for part in range(geometry.GetGeometryCount()):
            polygon = geometry.GetGeometryRef(part)
            for ring in range(polygon.GetGeometryCount()):
                for point in set(polygon.GetGeometryRef(ring).GetPoints()):
                    uses.setdefault(point[:2], set()).add(feature.GetFID())
    x1, y1, x2, y2 = window
    dx, dy = (x2 - x1) / 4, (y2 - y1) / 4
    return sorted(p for p, zones in uses.items() if len(zones) == 2 and x1 + dx < p[0] < x2 - dx and y1 + dy < p[1] < y2 - dy)


def moves(vertices, count):
    rng = random.Random(1)
    rng.shuffle(vertices)
    lines = []
    for i in range(count // 2):
        x, y = (round(v, 3) for v in vertices[i % len(vertices)])
        to = [round(x + rng.uniform(-0.3, 0.3), 3), round(y + rng.uniform(-0.3, 0.3), 3)]
        lines += [{"op": "move-vertex", "layer": "parcels", "from": [x, y], "to": to}, {"op": "move-vertex", "layer": "parcels", "from": to, "to": [x, y]}]
    return "".join(json.dumps(line) + "\n" for line in lines)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("zonewright")
    options.add_argument("coverage")
    options.add_argument("--window", default="497000,3502000,498400,3503400")
    options.add_argument("--moves", type=int, default=200)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    window = [float(v) for v in given.window.split(",")]

    def zonewright(*arguments):
        return subprocess.run([given.zonewright, "--quiet", *arguments], check=True, capture_output=True, text=True)

    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(given.coverage))) as folder:
        part = os.path.join(folder, "part.gpkg")
        gdal.VectorTranslate(part, given.coverage, spatFilter=window, format="GPKG")
        plans = {}
        for name, source in (("window", part), ("whole", given.coverage)):
            plans[name] = os.path.join(folder, name + "_plan.gpkg")
            zonewright("new", plans[name])
            zonewright("import", plans[name], "parcels", source)
        script = os.path.join(folder, "moves.jsonl")
        with open(script, "w") as out:
            out.write(moves(shared_vertices(plans["window"], window), given.moves))
        counts = {}
        for name, plan in plans.items():
            data = ogr.Open(plan)
            counts[name] = data.GetLayer("parcels").GetFeatureCount()
            data = None
        times = {(n, kind): [] for n in plans for kind in ("script", "process")}
        first = open(script).readline()
        single = os.path.join(folder, "single.jsonl")
        for _ in range(given.rounds):
            for name, plan in plans.items():
                for kind, file in (("script", script), ("process", single)):
                    if kind == "process":
                        move = json.loads(first)
                        with open(single, "w") as out:
                            out.write(first + json.dumps(dict(move, **{"from": move["to"], "to": move["from"]})) + "\n")
                    began = time.perf_counter()
                    ran = subprocess.run([given.zonewright, "edit", plan, "--script", file], capture_output=True, text=True)
                    times[name, kind].append(time.perf_counter() - began)
                    refused = sum('"refused":null' not in line for line in ran.stdout.splitlines())
        for name, count in counts.items():
            script_s, process_s = (statistics.median(times[name, kind]) for kind in ("script", "process"))
            print(f"{count:8} polygons: {(script_s - process_s) / (given.moves - 2) * 1000:7.2f} ms a move with commit, "
                  f"{process_s * 1000:6.0f} ms a process with two moves, {refused} refused")
        ratio = {kind: statistics.median(times["whole", kind]) / statistics.median(times["window", kind]) for kind in ("script", "process")}
        print(f"ratio {counts['whole']} / {counts['window']}: script {ratio['script']:.2f}, process {ratio['process']:.2f}")


if __name__ == "__main__":
    main()
