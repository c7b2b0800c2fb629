"""One run made on the command line, in the desktop's window and in qgis_process keeps the same numbers in the plan."""

import json
import os
import shutil
import sqlite3
import subprocess
import unittest

from on_sample import BUILD, OnSample, zonewright
from qgis_process_test import QgisProcess, qgis_process

DESKTOP = os.path.join(BUILD, "bin", "desktop_test")
RUNS = {
    "land_use_intensity": ["zones=towns", "area=ellipsoidal"],
    "accessibility": ["minutes=15,30", "tolerance=50"],
}


def kept(plan):
    """What the newest run of each module left, but when and in which change-set; its layers row by row."""
    found = {}
    with sqlite3.connect(f"file:{plan}?mode=ro", uri=True) as database:
        for module in RUNS:
            row = database.execute(
                "SELECT version, parameters, inputs, outputs, finding_zh, finding_en, tables, charts, notices FROM zw_results WHERE module = ? ORDER BY id DESC LIMIT 1",
                (module,)).fetchone()
            assert row, f"{plan} keeps no result of {module}"
            found[module] = row
            for layer in json.loads(row[3]):
                found[module, layer] = database.execute(f'SELECT * FROM "{layer}" ORDER BY 1').fetchall()
    return found


class SameNumbers(OnSample):
    def copies(self):
        return [shutil.copyfile(self.plan, os.path.join(self.folder, f"{name}.gpkg")) for name in ("command_line", "desktop", "qgis")]

    def test_three_ways_to_run_leave_the_same_result(self):
        if not os.access(DESKTOP, os.X_OK):
            self.skipTest(f"{DESKTOP} is not built")
        command_line, desktop, qgis = self.copies()
        QgisProcess.setUpClass()
        for module, parameters in RUNS.items():
            zonewright("run", module, command_line, *parameters)
            values = [p.replace("area=ellipsoidal", "area=1") for p in parameters]  # qgis_process counts choices
            ran = qgis_process("run", f"zonewright:{module}", "--", f"PLAN={qgis}", *values)
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
            environment = dict(os.environ, ZONEWRIGHT_RUN_PLAN=desktop, ZONEWRIGHT_RUN_MODULE=module, ZONEWRIGHT_RUN_PARAMETERS=" ".join(parameters))
            ran = subprocess.run([DESKTOP, "--gtest_filter=NamedRun.*"], capture_output=True, text=True, env=environment, timeout=280)
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
            self.assertIn("[  PASSED  ] 1 test", ran.stdout)
        expected = kept(command_line)
        self.assertGreater(len(expected), len(RUNS), "layers are compared, too")
        for plan in (desktop, qgis):
            found = kept(plan)
            self.assertEqual(sorted(map(str, found)), sorted(map(str, expected)))
            for what in expected:
                self.assertEqual(found[what], expected[what], f"{what} in {os.path.basename(plan)}")


if __name__ == "__main__":
    unittest.main(argv=["same_numbers_test.py", "-v", "SameNumbers"])
