"""The QGIS plugin inside PyQGIS: what is generated, what is run, what is said when something is wrong."""

import json
import os
import re
import stat
import subprocess
import unittest

from on_sample import PROGRAM, SOURCE, OnSample, numbers, qgis_application, zonewright

qgis_application()

from qgis.analysis import QgsNativeAlgorithms  # noqa: E402
from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFile,
    QgsProject,
    QgsSettings,
    QgsVectorLayer,
)

from qgis.PyQt.QtCore import QLocale  # noqa: E402

from zonewright.provider import ZonewrightProvider  # noqa: E402

REGISTRY = QgsApplication.processingRegistry()
REGISTRY.addProvider(QgsNativeAlgorithms(REGISTRY))
SETTING = "Processing/Configuration/ZONEWRIGHT_PROGRAM"


class Ears(QgsProcessingFeedback):
    """Hears what a run says; `stop_at` cancels at that progress."""

    def __init__(self, stop_at=None):
        super().__init__(False)
        self.words = []
        self.steps = []
        self.stop_at = stop_at

    def setProgressText(self, text):
        self.words.append(text)
        if self.stop_at is not None:
            self.cancel()

    def pushInfo(self, text):
        self.words.append(text)

    def pushWarning(self, text):
        self.words.append(text)

    def reportError(self, text, fatalError=False):
        self.words.append(text)


class WithProvider(OnSample):
    def setUp(self):
        super().setUp()
        QgsApplication.setLocale(QLocale("en_US"))
        self.context = QgsProcessingContext()
        self.project = QgsProject()
        self.context.setProject(self.project)
        self.load()

    def load(self):
        self.provider = ZonewrightProvider()
        REGISTRY.addProvider(self.provider)
        self.addCleanup(REGISTRY.removeProvider, self.provider)

    def run_module(self, name, feedback=None, **parameters):
        algorithm = REGISTRY.createAlgorithmById(f"zonewright:{name}")
        self.ears = feedback or Ears()
        results, ok = algorithm.run(parameters, self.context, self.ears)
        return results if ok else None

    def document(self, results):
        with open(results["DOCUMENT"], encoding="utf-8") as file:
            return json.load(file)


class Plugin(WithProvider):
    def test_every_module_is_an_algorithm_with_its_declared_parameters(self):
        for module in zonewright("modules")["modules"]:
            algorithm = REGISTRY.algorithmById(f"zonewright:{module['id']}")
            self.assertIsNotNone(algorithm, module["id"])
            self.assertEqual(algorithm.displayName(), module["title"]["en"])
            names = [p.name() for p in algorithm.parameterDefinitions()]
            self.assertEqual(names[1:-3], [p["id"] for p in module["parameters"]])
            for declared in module["parameters"]:
                parameter = algorithm.parameterDefinition(declared["id"])
                self.assertIn(declared["title"]["en"], parameter.description())
                self.assertIn(declared["unit"], parameter.description())
                self.assertEqual(parameter.help(), declared["help"]["en"])
            outputs = [o.name() for o in algorithm.outputDefinitions()]
            for output in module["outputs"]:
                self.assertIn(output["id"], outputs)
            self.assertFalse(algorithm.icon().isNull())
            self.assertIn(module["help"]["en"], algorithm.shortHelpString().replace("&#x27;", "'"))

    def test_a_run_gives_the_numbers_of_the_command_line(self):
        for module, parameters in (("land_use_intensity", {"zones": "development_zones", "area": 1}), ("siting_conflicts", {"on": "2024-01-01"})):
            with self.subTest(module):
                words = {"land_use_intensity": ["zones=development_zones", "area=ellipsoidal"], "siting_conflicts": ["on=2024-01-01"]}[module]
                results = self.run_module(module, PLAN=self.plan, **parameters)
                self.assertIsNotNone(results, self.ears.words)
                self.assertEqual(numbers(self.document(results)), numbers(zonewright("run", module, self.plan, *words)))

    def test_layers_come_from_the_plan_with_their_style_the_first_on_top(self):
        results = self.run_module("land_use_intensity", PLAN=self.plan)
        uri = results["intensity_result"]
        self.assertEqual(uri, f"{self.plan}|layername=intensity_result")
        layer = QgsVectorLayer(uri, "x", "ogr")
        self.assertEqual(layer.featureCount(), len(self.document(results)["zones"]))
        waiting = self.context.layersToLoadOnCompletion()
        self.assertTrue(set(waiting) <= set(results.values()))
        details = waiting[uri]
        self.assertEqual(details.name, REGISTRY.algorithmById("zonewright:land_use_intensity").outputDefinition("intensity_result").description())
        declared = [o for m in zonewright("modules")["modules"] if m["id"] == "land_use_intensity" for o in m["outputs"]][0]
        if declared["style_file"]:
            self.assertIsNotNone(details.postProcessor())
            details.postProcessor().postProcessLayer(layer, self.context, self.ears)

    def test_a_layer_already_on_the_map_is_not_loaded_twice(self):
        uri = self.run_module("land_use_intensity", PLAN=self.plan)["intensity_result"]
        self.project.addMapLayer(QgsVectorLayer(uri, "on the map", "ogr"))
        context = self.context
        self.context = QgsProcessingContext()
        self.context.setProject(self.project)
        self.assertIsNotNone(self.run_module("land_use_intensity", PLAN=self.plan), "while QGIS has the plan open")
        self.assertNotIn(uri, self.context.layersToLoadOnCompletion())
        del context

    def test_nothing_is_written_into_the_plan_when_not_wanted(self):
        with open(self.plan, "rb") as file:
            before = file.read()
        results = self.run_module("land_use_intensity", PLAN=self.plan, STORE=False, LOAD=False)
        with open(self.plan, "rb") as file:
            self.assertEqual(file.read(), before)
        layer = QgsVectorLayer(results["intensity_result"], "x", "ogr")
        self.assertTrue(layer.isValid())
        self.assertNotIn(self.plan, results["intensity_result"])
        self.assertEqual(self.context.layersToLoadOnCompletion(), {})
        self.assertEqual(numbers(self.document(results)), numbers(zonewright("run", "land_use_intensity", self.plan, "--no-store")))

    def test_layers_of_the_project_are_taken_as_they_are_shown(self):
        towns = QgsVectorLayer(f"{self.plan}|layername=towns", "towns", "ogr")
        self.project.addMapLayer(towns)
        whole = self.document(self.run_module("land_use_intensity", PLAN=self.plan, zones=towns, STORE=False))
        self.assertEqual(whole["provenance"]["parameters"]["zones"], "towns")
        towns.selectByIds([feature.id() for feature in towns.getFeatures()][:2])
        some = self.document(
            self.run_module("land_use_intensity", PLAN=self.plan, zones=QgsProcessingFeatureSourceDefinition(towns.id(), True), STORE=False)
        )
        self.assertEqual(len(some["zones"]), 2)
        self.assertEqual([z["total_m2"] for z in some["zones"]], [z["total_m2"] for z in whole["zones"][:2]])
        towns.setSubsetString('"fid" = 1')
        one = self.document(self.run_module("land_use_intensity", PLAN=self.plan, zones=towns.id(), STORE=False))
        self.assertEqual(len(one["zones"]), 1)

    def test_unsaved_edits_are_seen(self):
        sites = QgsVectorLayer("Polygon?crs=EPSG:4549&field=name:string&field=fid:integer", "sites", "memory")
        self.project.addMapLayer(sites)
        sites.startEditing()
        town = next(QgsVectorLayer(f"{self.plan}|layername=towns", "", "ogr").getFeatures())
        for _ in range(2):  # both with the same "fid", which is a mere column here
            feature = QgsFeature(sites.fields())
            feature.setGeometry(town.geometry().buffer(-100, 5))
            feature.setAttributes(["drawn", 7])
            sites.addFeature(feature)
        document = self.document(self.run_module("siting_conflicts", PLAN=self.plan, sites=sites, STORE=False))
        self.assertEqual(document["sites"], 2)

    def test_a_run_tells_its_progress_and_ends_when_cancelled(self):
        self.run_module("land_use_intensity", PLAN=self.plan)
        self.assertIn("parcels", self.ears.words)
        before = zonewright("history", self.plan)["changesets"]
        self.assertFalse(self.run_module("accessibility", Ears(stop_at=0), PLAN=self.plan))
        self.assertEqual(zonewright("history", self.plan)["changesets"], before)

    def test_an_error_is_told_in_the_programs_own_words(self):
        self.assertIsNone(self.run_module("land_use_intensity", PLAN=self.plan, zones="nowhere"))
        self.assertTrue(any("no such layer" in word for word in self.ears.words), self.ears.words)

    def test_a_report_is_written_where_asked(self):
        report = os.path.join(self.folder, "report.xlsx")
        self.assertEqual(self.run_module("land_use_intensity", PLAN=self.plan, REPORT=report)["REPORT"], report)
        self.assertGreater(os.path.getsize(report), 1000)

    def test_a_model_hands_the_result_on_to_other_algorithms(self):
        model = QgsProcessingModelAlgorithm("chain", "test")
        model.addModelParameter(QgsProcessingParameterFile("plan", "Plan"), QgsProcessingModelParameter("plan"))
        source = QgsProcessingModelChildParameterSource
        first = QgsProcessingModelChildAlgorithm("zonewright:land_use_intensity")
        first.setChildId("intensity")
        first.addParameterSources("PLAN", [source.fromModelParameter("plan")])
        first.addParameterSources("LOAD", [source.fromStaticValue(False)])
        model.addChildAlgorithm(first)
        second = QgsProcessingModelChildAlgorithm("native:centroids")
        second.setChildId("centres")
        second.addParameterSources("INPUT", [source.fromChildOutput("intensity", "intensity_result")])
        second.addParameterSources("ALL_PARTS", [source.fromStaticValue(False)])
        output = QgsProcessingModelOutput("centres", "centres")
        output.setChildId("centres")
        output.setChildOutputName("OUTPUT")
        second.setModelOutputs({"centres": output})
        model.addChildAlgorithm(second)
        ears = Ears()
        results, ok = model.run({"plan": self.plan, "centres:centres": "memory:"}, self.context, ears)
        self.assertTrue(ok, ears.words)
        layer = self.context.takeResultLayer(results["centres:centres"])
        self.assertEqual(layer.featureCount(), 5)

    def test_chinese_in_a_chinese_qgis(self):
        QgsApplication.setLocale(QLocale("zh_CN"))
        algorithm = REGISTRY.createAlgorithmById("zonewright:land_use_intensity")
        self.assertEqual(algorithm.displayName(), "土地开发强度")
        self.assertIn("分区图层", algorithm.parameterDefinition("zones").description())
        results = self.run_module("land_use_intensity", PLAN=self.plan, STORE=False)
        self.assertRegex(results["FINDING"], "[一-鿿]")


class WrongProgram(WithProvider):
    """What is said when `zonewright` is not what it should be."""

    def setUp(self):
        super().setUp()
        self.addCleanup(QgsSettings().remove, SETTING)

    def choose(self, script=None, executable=True):
        file = os.path.join(self.folder, "other")
        if script is not None:
            with open(file, "w", encoding="utf-8") as out:
                out.write(script)
            os.chmod(file, stat.S_IRWXU if executable else stat.S_IRUSR)
        QgsSettings().setValue(SETTING, file)
        self.provider.refreshAlgorithms()
        algorithm = REGISTRY.algorithmById("zonewright:land_use_intensity")
        self.assertIsNotNone(algorithm, "models that use it still open")
        can, why = algorithm.canExecute()
        self.assertFalse(can)
        self.assertEqual(why, self.provider.warningMessage())
        self.assertIsNone(self.run_module("check_installation"))
        self.assertIn(why, " ".join(self.ears.words))
        return why

    def test_a_missing_program_is_named_with_where_to_set_it(self):
        why = self.choose()
        self.assertIn(os.path.join(self.folder, "other"), why)
        self.assertIn("Settings > Options > Processing", why)

    def test_another_program_is_not_taken_for_it(self):
        self.assertIn("is not Zonewright", self.choose("#!/bin/sh\necho hello\n"))

    def test_a_program_that_fails_is_told_with_its_last_line(self):
        self.assertIn("cannot open shared object", self.choose("#!/bin/sh\necho 'libzonewright: cannot open shared object' >&2\nexit 127\n"))

    def test_an_old_program_is_told_with_both_versions(self):
        why = self.choose("#!/bin/sh\necho '{\"version\": \"0.0.9\", \"modules\": []}'\n")
        self.assertIn("0.0.9", why)
        self.assertIn("0.1.0", why)

    def test_all_is_well_again_with_the_right_program(self):
        self.choose()
        QgsSettings().setValue(SETTING, PROGRAM)
        self.provider.refreshAlgorithms()
        self.assertEqual(self.provider.warningMessage(), "")
        self.assertEqual(self.run_module("check_installation")["PROGRAM"], PROGRAM)


class Sources(unittest.TestCase):
    """What QGIS 4 (Qt 6) does not forgive is not written."""

    def test_no_binding_is_named_and_no_unscoped_enum_is_used(self):
        folder = os.path.join(SOURCE, "plugins", "qgis", "zonewright")
        for name in sorted(os.listdir(folder)):
            if not name.endswith(".py"):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            self.assertNotRegex(text, r"PyQt[56]|exec_\(|QVariant\.|\bQt\.[A-Z]", name)

    def test_the_plugin_has_the_products_version(self):
        with open(os.path.join(SOURCE, "plugins", "qgis", "zonewright", "metadata.txt"), encoding="utf-8") as file:
            version = re.search(r"^version=(.+)$", file.read(), re.M).group(1)
        self.assertEqual(subprocess.run([PROGRAM, "--version"], capture_output=True, text=True).stdout.strip(), f"zonewright {version}")


if __name__ == "__main__":
    unittest.main()
