#!/usr/bin/python3
"""Frames of the desktop's map against plain QGIS drawing the same extents of the same plan with the same symbols.

The desktop is driven by its own test program (offscreen, with the cartographer behind it): time from the wish to the frame.
QGIS opens the project that the plan carries and calls its parallel renderer with the project's theme: time of the call alone,
the first of a process for the cold frames. Both in turn, in the same run; below 1 the desktop is faster.

usage: frames_vs_qgis.py [--plan FILE] [--theme landuse] [--runs 3]
Without a plan one is made of the sample and parcels_500k.gpkg in $ZONEWRIGHT_BENCH_DATA (default /tmp/benchdata).
"""
import argparse, json, os, pathlib, statistics, subprocess, sys, tempfile, time, tomllib

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("ZONEWRIGHT_BIN", SOURCE / "build/release/bin"))
DATA = pathlib.Path(os.environ.get("ZONEWRIGHT_BENCH_DATA", "/tmp/benchdata"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def peer(plan, theme, frames):
    """Prints the milliseconds of each frame: [[x1, y1, x2, y2, width, height], ...]."""
    from qgis import core
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
    core.QgsApplication.setPrefixPath("/usr", True)
    app = core.QgsApplication([], False)
    app.initQgis()
    project = core.QgsProject.instance()
    assert project.read(f"geopackage:{plan}?projectName=zonewright"), "the plan carries no project"
    themes = project.mapThemeCollection()
    titles = {one["id"]: one["title"] for one in tomllib.loads((SOURCE / "styles/themes.toml").read_text())["themes"]}
    name = next(t for t in themes.mapThemes() if t in titles[theme].values())
    record = themes.mapThemeVisibleLayers(name)
    styles = themes.mapThemeStyleOverrides(name)
    for x1, y1, x2, y2, width, height in frames:
        settings = core.QgsMapSettings()
        settings.setLayers(record)
        settings.setLayerStyleOverrides(styles)
        settings.setDestinationCrs(project.crs())
        settings.setTransformContext(project.transformContext())
        settings.setOutputSize(QSize(int(width), int(height)))
        settings.setOutputDpi(96)
        settings.setExtent(core.QgsRectangle(x1, y1, x2, y2))
        settings.setBackgroundColor(QColor("white"))
        for flag in ("Antialiasing", "DrawLabeling", "UseAdvancedEffects", "UseRenderingOptimization"):
            settings.setFlag(getattr(core.QgsMapSettings, flag), True)
        context = core.QgsExpressionContext()
        for scope in (core.QgsExpressionContextUtils.globalScope(), core.QgsExpressionContextUtils.projectScope(project),
                      core.QgsExpressionContextUtils.mapSettingsScope(settings)):
            context.appendScope(scope)
        settings.setExpressionContext(context)
        start = time.perf_counter()
        job = core.QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        print(json.dumps((time.perf_counter() - start) * 1000), flush=True)
        if folder := os.environ.get("ZONEWRIGHT_PEER_PICTURES"):
            job.renderedImage().save(f"{folder}/{x1:.0f}_{x2:.0f}.png")
    os._exit(0)


def ours(plan, theme):
    run = subprocess.run([BIN / "desktop_test", "--gtest_filter=Response.FramesOfALargePlan"], text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         env={**os.environ, "ZONEWRIGHT_LARGE_PLAN": str(plan), "ZONEWRIGHT_LARGE_THEME": theme})
    frames = [line.split() for line in run.stdout.splitlines() if line.startswith("frame ")]
    assert run.returncode == 0 and frames, run.stdout
    return {f[1]: ([float(x) for x in f[2:8]], float(f[8])) for f in frames}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--plan", type=pathlib.Path)
    options.add_argument("--theme", default="landuse")
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="zonewright-bench-") as folder:
        plan = given.plan
        if plan is None:
            plan, parcels = pathlib.Path(folder) / "plan.gpkg", DATA / "parcels_500k.gpkg"
            if not parcels.exists():
                sys.exit(f"no {parcels}: nothing measured")
            for command in (["new", plan, "--sample", "wujin"],
                            ["import", plan, "parcels", parcels, "--map", "code=parcel_id", "--map", "land_use=landuse", "--replace"]):
                subprocess.run([BIN / "zonewright", "--quiet"] + command, check=True, stdout=subprocess.DEVNULL)
        pairs = {}
        for _ in range(given.runs):
            mine = ours(plan, given.theme)
            # A cold frame is the first of a process; a warm one comes after it.
            for name, (frame, milliseconds) in mine.items():
                cold = [frame] if "cold" in name else [mine[name.split("_")[0] + "_cold"][0], frame]
                said = subprocess.run([sys.executable, __file__, "--peer", plan, given.theme, json.dumps(cold)], check=True, text=True, stdout=subprocess.PIPE).stdout
                pairs.setdefault(name, []).append((milliseconds, float(said.splitlines()[-1])))
        for name, both in pairs.items():
            a, b = zip(*both)
            print(f"{name:22} desktop {statistics.median(a):8.1f} ms   QGIS {statistics.median(b):8.1f} ms   "
                  f"ratio {statistics.median(x / y for x, y in both):.3f}  (n = {len(both)})", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))
    main()
