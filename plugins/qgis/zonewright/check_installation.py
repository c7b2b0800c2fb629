"""Always there, so that there is something to ask when the program is not."""

import os

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingOutputNumber, QgsProcessingOutputString
from qgis.PyQt.QtGui import QIcon

from . import program
from .texts import localized, say


class CheckInstallation(QgsProcessingAlgorithm):
    def name(self):
        return "check_installation"

    def displayName(self):
        return say("检查 Zonewright 安装", "Check the installation of Zonewright")

    def shortHelpString(self):
        return say(
            "说明所用的 zonewright 程序、其版本、可用的分析模块，以及不可用的模块和原因。",
            "Says which program zonewright is used, its version, the modules there are, and which cannot be used and why.",
        )

    def icon(self):
        return QIcon(os.path.join(os.path.dirname(__file__), "icons", "zonewright.svg"))

    def createInstance(self):
        return CheckInstallation()

    def initAlgorithm(self, configuration=None):
        self.addOutput(QgsProcessingOutputString("PROGRAM", say("程序", "Program")))
        self.addOutput(QgsProcessingOutputString("VERSION", say("版本", "Version")))
        self.addOutput(QgsProcessingOutputNumber("MODULES", say("可用模块数", "Modules")))
        self.addOutput(QgsProcessingOutputNumber("UNUSABLE", say("不可用模块数", "Unusable modules")))

    def processAlgorithm(self, parameters, context, feedback):
        try:
            path, document = program.modules()
        except program.ProgramProblem as why:
            raise QgsProcessingException(str(why)) from why
        feedback.pushInfo(f"{path}  {document['version']}")
        for module in document["modules"]:
            feedback.pushInfo(f"  {module['id']}  {localized(module['title'])}")
        for unusable in document["unusable"]:
            feedback.pushWarning(f"{say('不可用', 'unusable')}: {unusable['file']} ({unusable['reason']})")
        return {
            "PROGRAM": path,
            "VERSION": document["version"],
            "MODULES": len(document["modules"]),
            "UNUSABLE": len(document["unusable"]),
        }
