#!/usr/bin/python3
"""Whole processes against ogr2ogr and plain QGIS, run in turn on the same data: import, first frame, 20 A3 pages.

usage: foundation.py [import|frame|print]... [--size 100k|500k] [--runs N]
Data: parcels_<size>.gpkg and zones_400.gpkg in $ZONEWRIGHT_BENCH_DATA (default /tmp/benchdata).
Both sides draw with the same symbols and the same sheet, written here through QGIS once. One line a workload: medians and
the median of the ratios of the pairs; below 1 Zonewright is faster.
"""
import argparse, os, pathlib, shutil, statistics, subprocess, sys, tempfile

from processes import timed

SOURCE = pathlib.Path(__file__).resolve().parents[2]
ZONEWRIGHT = os.environ.get("ZONEWRIGHT", str(SOURCE / "build/release/bin/zonewright"))
DATA = pathlib.Path(os.environ.get("ZONEWRIGHT_BENCH_DATA", "/tmp/benchdata"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LAYER = """id = "{id}"
title = {{ zh = "{id}", en = "{id}" }}
group = "land"
geometry = "MultiPolygon"
topology = {{ kind = "none" }}
name_field = "{key}"
key_field = "{key}"
[provenance]
source = {{ zh = "基准数据", en = "Benchmark data" }}
schematic = true
"""
FIELD = """[[fields]]
name = "{0}"
type = "{1}"
title = {{ zh = "{0}", en = "{0}" }}
"""
THEMES = """[layouts]
w4 = { title = { zh = "W4", en = "W4" } }
w5 = { title = { zh = "W5", en = "W5" } }
[[themes]]
id = "w4"
title = { zh = "W4", en = "W4" }
layers = ["parcels"]
legend = []
[[themes]]
id = "w5"
title = { zh = "W5", en = "W5" }
layers = ["zones", "parcels"]
legend = []
"""
CLASSES = {"0101": (255, 255, 160), "0301": (40, 140, 60), "0701": (255, 255, 45), "0702": (245, 210, 60), "0801": (255, 0, 160),
           "0901": (255, 0, 0), "1001": (187, 150, 116), "1101": (135, 97, 211), "1207": (128, 128, 128), "1301": (0, 99, 128),
           "1401": (0, 255, 0), "1701": (51, 142, 192)}
CENTRE, FRAME = (497500, 3502500), 45000.0  # metres
PAGE_W5, MAP_W5 = (420, 297), (10, 10, 400, 277)  # millimetres
SCALE_W5 = 12000  # shows zones of the workload with about a tenth around them
PAGE_W4 = (508, 285.75)  # 1920 x 1080 pixels at 96 dpi


def qgis():
    from qgis import core
    core.QgsApplication.setPrefixPath("/usr", True)
    qgis.app = core.QgsApplication([], False)  # lives as long as the process
    qgis.app.initQgis()
    return core


def style(core, parcels, zones):
    parcels.setRenderer(core.QgsCategorizedSymbolRenderer("landuse", [
        core.QgsRendererCategory(code, core.QgsFillSymbol.createSimple(
            {"color": "%d,%d,%d,255" % rgb, "style": "solid", "outline_color": "60,60,60,255", "outline_width": "0.2", "outline_width_unit": "MM"}), code)
        for code, rgb in CLASSES.items()]))
    zones.setRenderer(core.QgsSingleSymbolRenderer(core.QgsFillSymbol.createSimple({"style": "no", "outline_color": "200,0,0,255", "outline_width": "0.8"})))


def layout(core, project, layers, page, frame):
    made = core.QgsPrintLayout(project)
    made.initializeDefaults()
    made.pageCollection().page(0).setPageSize(core.QgsLayoutSize(*page, core.QgsUnitTypes.LayoutMillimeters))
    item = core.QgsLayoutItemMap(made)
    item.setId("map")
    item.attemptMove(core.QgsLayoutPoint(*frame[:2], core.QgsUnitTypes.LayoutMillimeters))
    item.attemptResize(core.QgsLayoutSize(*frame[2:], core.QgsUnitTypes.LayoutMillimeters))
    item.setLayers(layers)
    made.addLayoutItem(item)
    half = FRAME * frame[2] / frame[3] / 2
    item.setExtent(core.QgsRectangle(CENTRE[0] - half, CENTRE[1] - FRAME / 2, CENTRE[0] + half, CENTRE[1] + FRAME / 2))
    return made, item


def opened(core, size):
    parcels = core.QgsVectorLayer(f"{DATA}/parcels_{size}.gpkg|layername=parcels_{size}", "parcels", "ogr")
    zones = core.QgsVectorLayer(f"{DATA}/zones_400.gpkg|layername=zones_400", "zones", "ogr")
    assert parcels.isValid() and zones.isValid()
    style(core, parcels, zones)
    project = core.QgsProject.instance()
    project.addMapLayers([parcels, zones])
    project.setCrs(parcels.crs())
    return project, parcels, zones


def peer_frame(size, out):
    core = qgis()
    project, parcels, _ = opened(core, size)
    sheet, _ = layout(core, project, [parcels], PAGE_W4, (0, 0) + PAGE_W4)
    settings = core.QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 96
    assert core.QgsLayoutExporter(sheet).exportToImage(out, settings) == 0


def peer_print(size, out):
    core = qgis()
    project, parcels, zones = opened(core, size)
    sheet, item = layout(core, project, [zones, parcels], PAGE_W5, MAP_W5)
    atlas = sheet.atlas()
    atlas.setCoverageLayer(zones)
    atlas.setFilterFeatures(True)
    atlas.setFilterExpression('"zone_id" <= 20')
    atlas.setEnabled(True)
    item.setAtlasDriven(True)
    item.setAtlasScalingMode(core.QgsLayoutItemMap.Fixed)  # Zonewright would round each page's scale up and draw more
    item.setScale(SCALE_W5)
    settings = core.QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 300
    assert core.QgsLayoutExporter.exportToPdf(atlas, out, settings)[0] == 0


def write_home(home, size):
    """Catalogue, symbols and sheets of the benchmark, for ZONEWRIGHT_HOME."""
    core = qgis()
    for folder in ("layers", "styles/layouts", "samples"):
        (home / folder).mkdir(parents=True)
    fields = [("parcel_id", "text"), ("landuse", "text"), ("floor_area_m2", "real"), ("footprint_m2", "real")]
    (home / "layers/parcels.toml").write_text(LAYER.format(id="parcels", key="parcel_id") + "".join(FIELD.format(*f) for f in fields))
    (home / "layers/zones.toml").write_text(LAYER.format(id="zones", key="zone_id") + FIELD.format("zone_id", "text"))
    (home / "styles/themes.toml").write_text(THEMES)
    project, parcels, zones = opened(core, size)
    for layer in (parcels, zones):
        layer.saveNamedStyle(str(home / f"styles/{layer.name()}.qml"))
    for name, page, frame in (("w4", PAGE_W4, (0, 0) + PAGE_W4), ("w5", PAGE_W5, MAP_W5)):
        sheet, _ = layout(core, project, [], page, frame)
        sheet.saveAsTemplate(str(home / f"styles/layouts/{name}.qpt"), core.QgsReadWriteContext())


def in_turn(name, runs, ours, peer):
    pairs = [(ours(), peer()) for _ in range(runs)]
    for i, unit in enumerate(("wall", "cpu")):
        a, b = [pair[0][i] for pair in pairs], [pair[1][i] for pair in pairs]
        print(f"{name:8} {unit:4} zonewright {statistics.median(a):7.2f} s   peer {statistics.median(b):7.2f} s   "
              f"ratio {statistics.median(x / y for x, y in zip(a, b)):.2f}  (n = {runs})", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("workloads", nargs="*", default=["import", "frame", "print"])
    options.add_argument("--size", default="500k")
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    size, parcels = given.size, DATA / f"parcels_{given.size}.gpkg"
    if not parcels.exists():
        sys.exit(f"no {parcels}: nothing measured")
    with tempfile.TemporaryDirectory(prefix="zonewright-bench-") as folder:
        folder = pathlib.Path(folder)
        me = [sys.executable, __file__, "--peer"]

        def fresh(file, make):
            for old in folder.glob(file + "*"):
                old.unlink()
            make()
            return str(folder / file)

        if "import" in given.workloads:
            subprocess.run([ZONEWRIGHT, "--quiet", "new", folder / "empty.gpkg"], check=True, stdout=subprocess.DEVNULL)
            copy = lambda: shutil.copy(folder / "empty.gpkg", folder / "a.gpkg")
            in_turn("import", given.runs,
                    lambda: timed([ZONEWRIGHT, "--quiet", "import", fresh("a.gpkg", copy), "parcels", parcels, "--map", "code=parcel_id", "--map", "land_use=landuse"]),
                    lambda: timed(["ogr2ogr", fresh("b.gpkg", lambda: None), parcels]))
        if {"frame", "print"} & set(given.workloads):
            subprocess.run(me + ["home", size, folder / "home"], check=True)
            env, plan = {"ZONEWRIGHT_HOME": str(folder / "home")}, folder / "plan.gpkg"
            for command in (["new", plan], ["import", plan, "parcels", parcels], ["import", plan, "zones", DATA / "zones_400.gpkg"]):
                timed([ZONEWRIGHT, "--quiet"] + command, env)
            half = FRAME * PAGE_W4[0] / PAGE_W4[1] / 2
            extent = f"{CENTRE[0] - half},{CENTRE[1] - FRAME / 2},{CENTRE[0] + half},{CENTRE[1] + FRAME / 2}"
            jobs = {"frame": ["print", plan, "--theme", "w4", "--layout", "w4", "--dpi", "96", "--extent", extent, "--out", folder / "a.png"],
                    "print": ["atlas", plan, "--theme", "w5", "--layout", "w5", "--over", "zones", "--scale", str(SCALE_W5), "--filter", "to_int(\"zone_id\") <= 20", "--out", folder / "a.pdf"]}
            for job in ("frame", "print"):
                if job in given.workloads:
                    in_turn(job, given.runs, lambda: timed([ZONEWRIGHT, "--quiet"] + jobs[job] + ["--overwrite"], env),
                            lambda: timed(me + [job, size, folder / ("b.png" if job == "frame" else "b.pdf")]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        {"home": lambda: write_home(pathlib.Path(sys.argv[4]), sys.argv[3]), "frame": lambda: peer_frame(*sys.argv[3:5]),
         "print": lambda: peer_print(*sys.argv[3:5])}[sys.argv[2]]()
        sys.stdout.flush()
        os._exit(0)  # QGIS takes long to leave, and nothing is left to do
    main()
