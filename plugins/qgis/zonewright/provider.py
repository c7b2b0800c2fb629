"""The provider: one algorithm a module, and one that says whether all is well."""

import json
import os

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from . import program
from .algorithm import ModuleAlgorithm
from .check_installation import CheckInstallation
from .texts import say

ICONS = os.path.join(os.path.dirname(__file__), "icons")


class ZonewrightProvider(QgsProcessingProvider):
    def __init__(self):
        super().__init__()
        self.problem = ""  # why the program cannot be used, empty when it can

    def id(self):
        return "zonewright"

    def name(self):
        return "Zonewright"

    def longName(self):
        return say("Zonewright 规划分析", "Zonewright planning analyses")

    def icon(self):
        return QIcon(self.svgIconPath())

    def svgIconPath(self):
        return os.path.join(ICONS, "zonewright.svg")

    def warningMessage(self):
        return self.problem

    def load(self):
        self._offer_setting()
        self.refreshAlgorithms()
        return True

    def unload(self):
        config = _processing_config()
        if config is not None:
            config[0].removeSetting(program.SETTING)

    def loadAlgorithms(self):
        self.addAlgorithm(CheckInstallation())
        for module in self._declared():
            self.addAlgorithm(ModuleAlgorithm(module, self.problem))

    def _declared(self):
        """What the program declares; when it cannot say, what it said last, so that models that use it still open and
        running one says what is wrong instead of "unknown algorithm"."""
        kept = os.path.join(QgsApplication.qgisSettingsDirPath(), "zonewright_modules.json")
        try:
            document = program.modules()[1]
            self.problem = ""
        except program.ProgramProblem as why:
            self.problem = str(why)
            try:
                with open(kept, encoding="utf-8") as file:
                    return json.load(file)
            except (OSError, ValueError):
                return []
        try:
            with open(kept, "w", encoding="utf-8") as file:
                json.dump(document["modules"], file, ensure_ascii=False)
        except OSError:
            pass  # a profile that cannot be written is no reason not to work
        return document["modules"]

    def _offer_setting(self):
        """The program's place among the options of Processing."""
        config = _processing_config()
        if config is None:
            return
        settings, setting = config
        settings.settingIcons[self.name()] = self.icon()
        title = say("zonewright 程序（空：自动查找）", "Program zonewright (empty: looked for)")
        settings.addSetting(setting(self.name(), program.SETTING, title, "", valuetype=setting.FILE))
        settings.readSettings()


def _processing_config():
    """QGIS's Processing plugin, where it is there."""
    try:
        from processing.core.ProcessingConfig import ProcessingConfig, Setting
    except ImportError:
        return None
    return ProcessingConfig, Setting
