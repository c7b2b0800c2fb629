"""A copy of the sample plan, the command line and a QGIS of its own profile; shared by the tests of this folder.

The build says where things are by environment variables (CMakeLists.txt).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ["ZONEWRIGHT_PROGRAM"]
SAMPLE = os.environ["ZONEWRIGHT_SAMPLE_PLAN"]
SOURCE = os.environ["ZONEWRIGHT_SOURCE_DIR"]
BUILD = os.environ["ZONEWRIGHT_BUILD_DIR"]

_profile = tempfile.TemporaryDirectory(prefix="zonewright-qgis-")
os.chmod(_profile.name, 0o700)
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = _profile.name
os.environ["XDG_RUNTIME_DIR"] = _profile.name
os.environ["QT_QPA_PLATFORM"] = "offscreen"
PROFILE = _profile.name

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SOURCE, "plugins", "qgis"))


def zonewright(*arguments, program=PROGRAM, status=0):
    """The document of a command."""
    language = [] if "--lang" in arguments else ["--lang", "en"]
    ran = subprocess.run([program, "--json", *language, *arguments], capture_output=True, text=True)
    assert ran.returncode == status, (arguments, ran.returncode, ran.stderr)
    return json.loads(ran.stdout) if ran.stdout else ran.stderr


def numbers(document):
    """What must be the same wherever a run was made: all but when, and in which row it was kept."""
    kept = json.loads(json.dumps(document))
    for key in ("time", "result", "command"):
        kept["provenance"].pop(key, None)
    kept.pop("files", None)
    return kept


class OnSample(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = self._folder.name
        self.plan = os.path.join(self.folder, os.path.basename(SAMPLE))  # the stored project names its file
        shutil.copyfile(SAMPLE, self.plan)


def qgis_application():
    """One headless QGIS a process."""
    from qgis.core import QgsApplication

    if QgsApplication.instance() is None:
        qgis_application.made = QgsApplication([], False, PROFILE)
        qgis_application.made.initQgis()
    return QgsApplication.instance()
