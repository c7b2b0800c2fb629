#!/usr/bin/python3
"""Whole-process benchmark of the siting check: 100,000 sites against 200 red lines of 1,000,000 vertices, overlap areas and
distances up to 500 m.

    tests/bench/siting_w3.py [--data DIR] [--runs N] [--peers DIR] [--geopandas] [--postgis]

Runs Zonewright and a QGIS geometry-engine script in turn; prints wall and CPU seconds, peak memory, the ratio to Zonewright
run by run, and how the pairs agree. Data and peers are those of shared/bench (gen.py, peer_qgis.py, ...).
"""
import argparse, csv, os, statistics, subprocess, tempfile
from pathlib import Path

from processes import timed

ROOT = Path(__file__).resolve().parents[2]
RULE = """
[[rules]]
id = "{id}"
title = {{ zh = "{zh}", en = "{id}" }}
layer = "redlines"
{relation}
severity = "prohibited"
law = {{ zh = "-", en = "-" }}
article = {{ zh = "-", en = "-" }}
remedy = {{ zh = "-", en = "-" }}
"""


def rules():
    return ('subject = { zh = "基准", en = "Benchmark" }' + RULE.format(id="overlap", zh="重叠", relation='relation = "overlaps"')
            + RULE.format(id="near", zh="500 米内", relation='relation = "within"\ndistance_m = 500\ndistance_only = true'))


def our_pairs(file):
    """{(site, red line): [overlap m2, distance m]}"""
    pairs = {}
    with open(file, newline="", encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows):
            pair = pairs.setdefault((int(row["Site"]), int(row["Constraint"])), [0.0, 0.0])
            if row["Rule"] == "overlap":
                pair[0] = float(row["Conflict area (planar) (m2)"])
            else:
                pair[1] = float(row["Minimum distance (m)"])
    return pairs


def peer_pairs(file):
    with open(file, newline="") as rows:
        return {(int(row["site_id"]), int(row["redline_id"])): [float(row["overlap_m2"]), float(row["dist_m"])] for row in csv.DictReader(rows)}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", default=os.environ.get("BENCH_DATA", "/tmp/benchdata"))
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--peers", default=str(ROOT.parent / "shared" / "bench"))
    options.add_argument("--geopandas", action="store_true")
    options.add_argument("--postgis", action="store_true", help="the server of peer_postgis.py runs and holds the data")
    options.add_argument("--zonewright", default=str(ROOT / "build" / "release" / "bin" / "zonewright"))
    given = options.parse_args()
    peers = Path(given.peers)
    env = dict(BENCH_DATA=given.data, BENCH_OUT=f"{given.data}/out")
    Path(env["BENCH_OUT"]).mkdir(exist_ok=True)
    folder = tempfile.mkdtemp()
    Path(f"{folder}/rules.toml").write_text(rules(), encoding="utf-8")
    subprocess.run([given.zonewright, "--quiet", "new", f"{folder}/empty.gpkg"], check=True, stdout=subprocess.DEVNULL)
    runs = {"zonewright": [given.zonewright, "--quiet", "--lang", "en", "check", f"{folder}/empty.gpkg", f"{given.data}/sites_100k.gpkg", "--rules", f"{folder}/rules.toml",
                           "--layer", f"redlines={given.data}/redlines_200.gpkg", "--nearest", "0", "--out", f"{folder}/findings.csv", "--overwrite"]}
    for peer, wanted in (("qgis", True), ("geopandas", given.geopandas), ("postgis", given.postgis)):
        if wanted and (peers / f"peer_{peer}.py").exists():
            runs[peer] = ["/usr/bin/python3", peers / f"peer_{peer}.py", "w3"]
    figures = {name: [] for name in runs}
    for _ in range(given.runs):
        for name, command in runs.items():
            figures[name].append(timed(command, env, accepted=(0, 1)))
    print(f"100,000 sites x 200 red lines, {given.runs} runs in turn (median)")
    print(f"{'':16}{'wall s':>9}{'cpu s':>9}{'MiB':>7}{'x ours':>9}")
    for name, runs_of in figures.items():
        wall, cpu, memory = (statistics.median(run[i] for run in runs_of) for i in range(3))
        ratio = statistics.median(run[0] / own[0] for run, own in zip(runs_of, figures["zonewright"]))
        print(f"{name:16}{wall:9.2f}{cpu:9.2f}{memory:7.0f}{ratio:9.2f}")
    own = our_pairs(f"{folder}/findings.csv")
    for file in sorted(Path(env["BENCH_OUT"]).glob("w3_*.csv")):
        theirs = peer_pairs(file)
        both = own.keys() & theirs.keys()
        overlap = max((abs(own[pair][0] - theirs[pair][0]) for pair in both), default=0)
        distance = max((abs(own[pair][1] - theirs[pair][1]) for pair in both), default=0)
        print(f"{file.stem}: {len(both)} pairs in both, {len(own) - len(both)} only here, {len(theirs) - len(both)} only there; "
              f"largest difference {overlap:.1e} m2, {distance:.1e} m (ours is written to 1e-4)")


if __name__ == "__main__":
    main()
