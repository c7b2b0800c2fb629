"""A module of others: built outside the tree against the installed headers, found in the user's folder, run everywhere."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

from on_sample import BUILD, SOURCE, OnSample, numbers, qgis_application, zonewright

qgis_application()

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer  # noqa: E402

from zonewright.provider import ZonewrightProvider  # noqa: E402


def command(*words):
    ran = subprocess.run(words, capture_output=True, text=True)
    assert ran.returncode == 0, (words, ran.stdout[-2000:], ran.stderr[-2000:])


class ModuleOfOthers(OnSample):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        place = cls.temporary.name
        cls.prefix, cls.user = os.path.join(place, "prefix"), os.path.join(place, "user")
        command("cmake", "--install", BUILD, "--prefix", cls.prefix)
        # A copy: nothing of the tree is within its reach.
        shutil.copytree(os.path.join(SOURCE, "samples", "compactness"), os.path.join(place, "compactness"))
        build = os.path.join(place, "build")
        command("cmake", "-S", os.path.join(place, "compactness"), "-B", build, f"-DCMAKE_PREFIX_PATH={cls.prefix}")
        command("cmake", "--build", build)
        command("cmake", "--install", build, "--prefix", cls.user)
        cls.installed = os.path.join(cls.prefix, "bin", "zonewright")
        os.environ["XDG_DATA_HOME"] = os.path.join(cls.user, "share")
        os.environ["ZONEWRIGHT_PROGRAM"] = cls.installed
        cls.addClassCleanup(os.environ.pop, "XDG_DATA_HOME")

    def test_it_is_listed_run_and_styled_by_the_installed_program(self):
        listed = zonewright_("modules")
        self.assertEqual(listed["unusable"], [])
        own = next(module for module in listed["modules"] if module["id"] == "compactness")
        folder = os.path.join(self.user, "share", "zonewright", "plugins")
        self.assertEqual(own["library"], os.path.join(folder, "compactness.so"))
        self.assertEqual(own["outputs"][0]["style_file"], os.path.join(folder, "compactness.qml"))
        ran = zonewright_("run", "compactness", self.plan, "least=0.5")
        self.assertEqual(len(ran["zones"]), 5)
        self.assertTrue(all(0 < zone["compactness"] <= 1 for zone in ran["zones"]))
        self.assertEqual(zonewright_("history", self.plan)["changesets"][-1]["kind"], "analysis")

    def test_qgis_has_it_with_the_same_numbers_and_its_style(self):
        provider = ZonewrightProvider()
        QgsApplication.processingRegistry().addProvider(provider)
        self.addCleanup(QgsApplication.processingRegistry().removeProvider, provider)
        self.assertEqual(provider.warningMessage(), "")
        context = QgsProcessingContext()
        project = QgsProject()
        context.setProject(project)
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("zonewright:compactness")
        report = os.path.join(self.folder, "report.json")
        results, ok = algorithm.run({"PLAN": self.plan, "zones": "towns", "REPORT": report}, context, QgsProcessingFeedback())
        self.assertTrue(ok)
        with open(report, encoding="utf-8") as file:


            self.assertEqual(numbers(json.load(file)), numbers(zonewright_("run", "compactness", self.plan, "zones=towns")))
        layer = QgsVectorLayer(results["compactness"], "x", "ogr")
        context.layersToLoadOnCompletion()[results["compactness"]].postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
        self.assertEqual(layer.renderer().classAttribute(), "compactness")

    def test_bad_libraries_beside_it_are_told_and_disturb_nothing(self):
        bad = os.path.join(self.folder, "bad")
        os.mkdir(bad)
        made = {
            "aborts": "#include <cstdlib>\nstruct A { A() { std::abort(); } } a;",
            "segfaults": "#include <csignal>\nstruct A { A() { std::raise(SIGSEGV); } } a;",
            "speaks_and_exits": "#include <cstdio>\n#include <cstdlib>\nstruct A { A() { std::puts(\"{}\"); std::exit(0); } } a;",
            "of_another_interface": 'struct E { unsigned abi, shape; const char* v; void* m; };\nextern "C" const E* zonewright_module() { static const E e{1, 0, "0.0.1", nullptr}; return &e; }',
        }
        for name, text in made.items():
            source = os.path.join(bad, name + ".cpp")
            with open(source, "w", encoding="utf-8") as file:
                file.write(text)
            command("c++", "-shared", "-fPIC", "-o", os.path.join(bad, name + ".so"), source)
        with open(self.plan, "rb") as file:
            before = file.read()
        os.environ["ZONEWRIGHT_PLUGINS"] = bad
        self.addCleanup(os.environ.pop, "ZONEWRIGHT_PLUGINS")
        listed = zonewright_("modules")
        reasons = {os.path.basename(one["file"])[:-3]: one["reason"] for one in listed["unusable"]}
        self.assertEqual(set(reasons), set(made))
        self.assertIn("crashes", reasons["aborts"])
        self.assertIn("crashes", reasons["segfaults"])
        self.assertIn("ends the program", reasons["speaks_and_exits"])
        self.assertIn("interface 1", reasons["of_another_interface"])
        self.assertIn("compactness", [module["id"] for module in listed["modules"]])
        refused = zonewright_("run", "segfaults", self.plan, status=1)
        self.assertRegex(refused, r"^zonewright: error\[170\]: .*crashes.*; .*\n$")
        with open(self.plan, "rb") as file:
            self.assertEqual(file.read(), before)


def zonewright_(*arguments, status=0):
    return zonewright(*arguments, program=ModuleOfOthers.installed, status=status)


if __name__ == "__main__":
    unittest.main()
