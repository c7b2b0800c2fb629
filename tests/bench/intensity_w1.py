#!/usr/bin/python3
"""Whole-process benchmark of land-use intensity: 100,000 and 500,000 parcels over 400 zones of some 2,000 vertices.

    tests/bench/intensity_w1.py [--data DIR] [--runs N] [--peers DIR] [--postgis] [--sizes 100k 500k]

Runs Zonewright on GeoPackage and FlatGeobuf, and the peers found in --peers, in turn; prints wall and CPU seconds, peak
memory, the ratio to Zonewright on GeoPackage run by run, and the largest relative difference between the results.
Data and peers are those of shared/bench (gen.py, peer_geopandas.py, peer_postgis.py with its data loaded already).
"""
import argparse, csv, json, os, statistics, subprocess, tempfile
from pathlib import Path

from processes import timed

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
FIELDS = ("total_m2", "construction_m2", "floor_area_m2", "footprint_m2", "far", "density")


def ours(zonewright, data, size, suffix, out):
    return [zonewright, "--quiet", "intensity", f"parcels={data}/parcels_{size}.{suffix}", f"zones={data}/zones_400.{suffix}",
            "landuse_field=landuse", "zone_field=zone_id", "construction_codes=07,08,09,10,11,12,13,14", "--out", out, "--overwrite"]


def our_rows(file):
    zones = json.loads(Path(file).read_text())["zones"]
    return {int(zone["zone"]): [zone[field] or 0 for field in FIELDS] for zone in zones}


def peer_rows(file):
    with open(file, newline="") as rows:
        return {int(float(row[0])): [float(value or 0) for value in row[1:7]] for row in list(csv.reader(rows))[1:]}


def difference(a, b):
    if a.keys() != b.keys():
        return float("inf")
    return max(abs(x - y) / max(1, abs(x)) for zone in a for x, y in zip(a[zone], b[zone]))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", default=os.environ.get("BENCH_DATA", "/tmp/benchdata"))
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--peers", default=str(ROOT.parent / "shared" / "bench"))
    options.add_argument("--postgis", action="store_true", help="the server of peer_postgis.py runs and holds the data")
    options.add_argument("--sizes", nargs="*", default=["100k", "500k"])
    options.add_argument("--zonewright", default=str(ROOT / "build" / "release" / "bin" / "zonewright"))
    given = options.parse_args()
    peers = Path(given.peers)
    folder = tempfile.mkdtemp()
    env = dict(BENCH_DATA=given.data, BENCH_OUT=f"{given.data}/out")
    medians = {}
    for size in given.sizes:
        runs = {f"zonewright {suffix}": ours(given.zonewright, given.data, size, suffix, f"{folder}/{size}.{suffix}.csv")
                for suffix in ("gpkg", "fgb")}
        if (peers / "peer_geopandas.py").exists():
            runs["geopandas, containment short-cut"] = ["/usr/bin/python3", peers / "peer_geopandas.py", "w1", size, "shortcut"]
        if given.postgis:
            runs["postgis, data loaded"] = ["/usr/bin/python3", peers / "peer_postgis.py", "w1", size]
        Path(f"{given.data}/out").mkdir(exist_ok=True)
        figures = {name: [] for name in runs}
        for _ in range(given.runs):
            for name, command in runs.items():
                figures[name].append(timed(command, env))
        base = figures["zonewright gpkg"]
        print(f"\n{size} parcels x 400 zones, {given.runs} runs in turn (median)")
        print(f"{'':34}{'wall s':>9}{'cpu s':>9}{'MiB':>7}{'x ours':>9}")
        for name, runs_of in figures.items():
            wall, cpu, memory = (statistics.median(run[i] for run in runs_of) for i in range(3))
            ratio = statistics.median(run[0] / own[0] for run, own in zip(runs_of, base))
            medians[name, size] = (wall, cpu)
            print(f"{name:34}{wall:9.2f}{cpu:9.2f}{memory:7.0f}{ratio:9.2f}")
        for suffix in ("gpkg", "fgb"):  # figures as written for scripts, for the comparison alone
            subprocess.run(ours(given.zonewright, given.data, size, suffix, f"{folder}/{size}.{suffix}.json"), check=True, stdout=subprocess.DEVNULL)
        own = our_rows(f"{folder}/{size}.gpkg.json")
        print(f"largest relative difference: gpkg - fgb {difference(own, our_rows(f'{folder}/{size}.fgb.json')):.1e}")
        for file in sorted(Path(env["BENCH_OUT"]).glob(f"w1_{size}_*.csv")):
            print(f"                             gpkg - {file.stem} {difference(own, peer_rows(file)):.1e}")
    if {"100k", "500k"} <= set(given.sizes):
        small, large = medians["zonewright gpkg", "100k"], medians["zonewright gpkg", "500k"]
        print(f"\n5 times the parcels take {large[0] / small[0]:.2f} times the wall and {large[1] / small[1]:.2f} times the CPU time")


if __name__ == "__main__":
    main()
