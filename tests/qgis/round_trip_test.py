"""The plan in QGIS: the same layers, themes and map; edits made there are in the history, undoable, and judged."""

import os
import subprocess
import unittest

from on_sample import OnSample, qgis_application, zonewright

qgis_application()

from qgis.core import (  # noqa: E402
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor, QImage  # noqa: E402


class Project(OnSample):
    """The project as it is stored in the plan."""

    def setUp(self):
        super().setUp()
        self.project = QgsProject()
        self.assertTrue(self.project.read(f"geopackage:{self.plan}?projectName=zonewright"), self.project.error())
        self.addCleanup(self.project.clear)

    def test_every_layer_of_the_plan_is_there_and_reads_this_plan(self):
        layers = self.project.mapLayers().values()
        self.assertTrue(all(layer.isValid() for layer in layers))
        inside = {layer.source().split("layername=")[1].split("|")[0] for layer in layers}
        self.assertEqual({layer["id"] for layer in zonewright("info", self.plan)["layers"]} - inside, set())
        self.assertEqual({os.path.realpath(layer.source().split("|")[0]) for layer in layers}, {os.path.realpath(self.plan)})

    def test_every_theme_is_there_with_its_layers(self):
        there = {layer["id"] for layer in zonewright("info", self.plan)["layers"]}
        # Themes of results wait for a run that makes their layers.
        themes = [theme for theme in zonewright("--lang", "zh", "themes", self.plan)["themes"]
                  if all(drawing.split(":")[0] in there for drawing in theme["layers"])]
        self.assertGreaterEqual(len(themes), 9)
        stored = self.project.mapThemeCollection()
        self.assertEqual(sorted(stored.mapThemes()), sorted(theme["title"] for theme in themes))
        for theme in themes:
            layers = {layer.source().split("layername=")[1].split("|")[0] for layer in stored.mapThemeVisibleLayers(theme["title"])}
            self.assertEqual(layers, {drawing.split(":")[0] for drawing in theme["layers"]}, theme["id"])

    def test_a_copy_under_another_name_is_put_right_by_storing_again(self):
        copy = os.path.join(self.folder, "copy.gpkg")
        os.rename(self.plan, copy)
        zonewright("themes", copy, "--store")
        project = QgsProject()
        self.assertTrue(project.read(f"geopackage:{copy}?projectName=zonewright"))
        self.addCleanup(project.clear)
        self.assertTrue(all(layer.isValid() for layer in project.mapLayers().values()))
        self.assertEqual({layer.source().split("|")[0] for layer in project.mapLayers().values()}, {copy})

    def test_coded_values_are_chosen_by_their_names(self):
        parcels = next(layer for layer in self.project.mapLayers().values() if layer.source().endswith("layername=parcels"))
        setup = parcels.editorWidgetSetup(parcels.fields().indexOf("land_use"))
        self.assertEqual(setup.type(), "ValueMap")
        self.assertIn({"工业用地": "1001"}, setup.config()["map"])


class Edits(OnSample):
    """What QGIS's editing buffer writes."""

    def edit(self, layer, work):
        opened = QgsVectorLayer(f"{self.plan}|layername={layer}", layer, "ogr")
        self.assertTrue(opened.startEditing())
        work(opened)
        self.assertTrue(opened.commitChanges(), opened.commitErrors())
        del opened

    def newest(self):
        return zonewright("history", self.plan)["changesets"][-1]

    def rows(self, layer):
        opened = QgsVectorLayer(f"{self.plan}|layername={layer}", layer, "ogr")
        return sorted((f.id(), [str(a) for a in f.attributes()], f.geometry().asWkt(3)) for f in opened.getFeatures())

    def test_an_edit_is_one_external_change_that_undo_takes_back(self):
        before = self.rows("towns")

        def work(layer):
            ids = [feature.id() for feature in layer.getFeatures()]
            layer.changeAttributeValue(ids[0], layer.fields().indexOf("name"), "改名")
            layer.deleteFeature(ids[1])
            copy = QgsVectorLayerUtils.createFeature(layer, QgsGeometry.fromRect(QgsRectangle(0, 0, 10, 10)), {layer.fields().indexOf("name"): "新"})
            layer.addFeature(copy)

        count = len(zonewright("history", self.plan)["changesets"])
        self.edit("towns", work)
        newest = self.newest()
        self.assertEqual(len(zonewright("history", self.plan)["changesets"]), count + 1)
        self.assertEqual((newest["tool"], newest["author"], newest["layers"], newest["features"]), ("external", "external", ["towns"], 3))
        changes = zonewright("diff", self.plan, "--from", str(newest["id"] - 1), "--to", str(newest["id"]))["changes"]
        self.assertEqual(sorted(change["kind"] for change in changes), ["added", "changed", "removed"])
        zonewright("undo", self.plan)
        self.assertEqual(self.rows("towns"), before)
        zonewright("redo", self.plan)
        self.assertNotEqual(self.rows("towns"), before)

    def test_a_harmless_edit_passes_and_a_torn_boundary_fails_validation(self):
        clean = zonewright("validate", self.plan, "clusters")["count"]
        self.edit("clusters", lambda layer: layer.changeAttributeValue(next(layer.getFeatures()).id(), layer.fields().indexOf("name"), "改名"))
        self.assertEqual(zonewright("validate", self.plan, "clusters")["count"], clean)

        def tear(layer):
            feature = next(layer.getFeatures())
            geometry = QgsGeometry(feature.geometry())
            corner = geometry.vertexAt(1)
            inside = geometry.centroid().asPoint()
            moved = QgsPointXY(corner.x() + 0.2 * (inside.x() - corner.x()), corner.y() + 0.2 * (inside.y() - corner.y()))
            self.assertTrue(geometry.moveVertex(moved.x(), moved.y(), 1))
            layer.changeGeometry(feature.id(), geometry)

        self.edit("clusters", tear)
        faults = zonewright("validate", self.plan, "clusters")["faults"]
        self.assertGreater(len(faults), clean)
        self.assertIn("gap", {fault["kind"] for fault in faults})
        zonewright("undo", self.plan)
        self.assertEqual(zonewright("validate", self.plan, "clusters")["count"], clean)

    def test_an_edit_is_taken_while_qgis_keeps_the_plan_open(self):
        layer = QgsVectorLayer(f"{self.plan}|layername=towns", "towns", "ogr")
        first = next(layer.getFeatures())
        zonewright("edit", self.plan, "set", "towns", "--feature", str(first.id()), "--value", "name=命令行")
        layer.dataProvider().reloadData()
        self.assertEqual(layer.getFeature(first.id())["name"], "命令行")


class SameMap(OnSample):
    """The stored project drawn by plain QGIS, against the sheet that Zonewright draws of the same theme and extent."""

    def test_the_stored_project_draws_the_theme_as_the_product_does(self):
        theme = "clusters"
        box = QgsVectorLayer(f"{self.plan}|layername=district", "", "ogr").extent()
        box.scale(1.05)
        ours = self.drawn_by_the_product(theme, box)
        theirs = self.drawn_by_qgis(theme, box, ours.size())
        samples = drawn = differing = 0
        for y in range(0, ours.height(), 3):
            for x in range(0, ours.width(), 3):
                a, b = QColor(ours.pixel(x, y)), QColor(theirs.pixel(x, y))
                samples += 1
                drawn += a.lightness() < 250
                differing += max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue())) > 40
        if os.environ.get("ZONEWRIGHT_KEEP_PICTURES"):
            ours.save(os.path.join(os.environ["ZONEWRIGHT_KEEP_PICTURES"], "ours.png"))
            theirs.save(os.path.join(os.environ["ZONEWRIGHT_KEEP_PICTURES"], "theirs.png"))
        self.assertGreater(drawn / samples, 0.2, "the map is not empty")
        self.assertLess(differing / samples, 0.02, "labels may sit a pixel elsewhere, no more")

    def drawn_by_the_product(self, theme, box):
        file = os.path.join(self.folder, "ours.ppm")
        corners = [repr(value) for value in (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())]
        subprocess.run([os.environ["ZONEWRIGHT_DRAW_FRAME"], self.plan, theme, *corners, "800", "600", file], check=True, timeout=120)
        return QImage(file)

    def drawn_by_qgis(self, theme, box, size):
        project = QgsProject()
        self.assertTrue(project.read(f"geopackage:{self.plan}?projectName=zonewright"))
        title = next(t for t in zonewright("--lang", "zh", "themes", self.plan)["themes"] if t["id"] == theme)["title"]
        settings = QgsMapSettings()
        shown = project.mapThemeCollection().mapThemeVisibleLayers(title)
        settings.setLayers([layer for layer in project.layerTreeRoot().customLayerOrder() if layer in shown])
        settings.setDestinationCrs(project.crs() if project.crs().isValid() else settings.layers()[0].crs())
        settings.setOutputSize(QSize(size))
        settings.setExtent(box)
        settings.setOutputDpi(96)
        settings.setBackgroundColor(QColor(255, 255, 255))
        settings.setExpressionContext(project.createExpressionContext())
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        image = job.renderedImage()
        project.clear()
        return image


if __name__ == "__main__":
    unittest.main()
