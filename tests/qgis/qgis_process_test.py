"""The packed plugin in the real qgis_process, installed as a user installs it."""

import json
import os
import subprocess
import unittest
import zipfile

from on_sample import BUILD, PROFILE, PROGRAM, OnSample, numbers, zonewright

QGIS_PROCESS = os.environ["QGIS_PROCESS"]
PLUGINS = os.path.join(PROFILE, "profiles", "default", "python", "plugins")


def qgis_process(*arguments, program=PROGRAM):
    environment = dict(os.environ, ZONEWRIGHT_PROGRAM=program)
    return subprocess.run([QGIS_PROCESS, *arguments], capture_output=True, text=True, env=environment, timeout=280)


class QgisProcess(OnSample):
    @classmethod
    def setUpClass(cls):
        with zipfile.ZipFile(os.path.join(BUILD, "qgis", "zonewright.zip")) as plugin:
            assert "zonewright/metadata.txt" in plugin.namelist(), plugin.namelist()
            plugin.extractall(PLUGINS)
        for name in ("processing", "zonewright"):
            enabled = qgis_process("plugins", "enable", name)
            assert enabled.returncode == 0, enabled.stdout + enabled.stderr

    def test_a_run_gives_the_numbers_of_the_command_line(self):
        listed = qgis_process("list").stdout
        for module in zonewright("modules")["modules"]:
            self.assertIn(f"zonewright:{module['id']}", listed)
        ran = qgis_process("run", "zonewright:land_use_intensity", "--json", "--", f"PLAN={self.plan}", "zones=development_zones", "area=1")
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        results = json.loads(ran.stdout[ran.stdout.index("{"):])["results"]
        self.assertEqual(results["intensity_result"], f"{self.plan}|layername=intensity_result")
        # The temporary document goes with the process; the plan keeps what was found.
        kept = zonewright("export", self.plan, "intensity_result", os.path.join(self.folder, "process.csv"))
        self.assertGreater(kept["features"], 0)
        document = zonewright("run", "land_use_intensity", self.plan, "zones=development_zones", "area=ellipsoidal")
        self.assertEqual(results["FINDING"], document["finding"]["en"])
        zonewright("export", self.plan, "intensity_result", os.path.join(self.folder, "cli.csv"))
        with open(os.path.join(self.folder, "process.csv"), "rb") as one, open(os.path.join(self.folder, "cli.csv"), "rb") as other:
            self.assertEqual(one.read(), other.read())

    def test_the_whole_document_is_that_of_the_command_line(self):
        report = os.path.join(self.folder, "report.json")
        ran = qgis_process("run", "zonewright:siting_conflicts", "--", f"PLAN={self.plan}", "on=2024-01-01", f"REPORT={report}")
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        with open(report, encoding="utf-8") as file:
            self.assertEqual(numbers(json.load(file)), numbers(zonewright("run", "siting_conflicts", self.plan, "on=2024-01-01")))

    def test_a_missing_program_is_told(self):
        ran = qgis_process("run", "zonewright:check_installation", program="/nonexistent/zonewright")
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("/nonexistent/zonewright", ran.stdout + ran.stderr)
        self.assertIn("install Zonewright", ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main()
