"""One analysis module as a QGIS algorithm."""

import html
import json
import os
import re

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingUtils,
    QgsProject,
    QgsProviderRegistry,
)
from qgis.PyQt.QtGui import QIcon

from . import program
from .parameters import SOURCES, Values, qgis_parameter, title_of
from .texts import localized, say

ICONS = os.path.join(os.path.dirname(__file__), "icons")
GEOMETRIES = {"MultiPolygon": "polygon", "MultiLineString": "line", "LineString": "line", "Point": "point"}


class ModuleAlgorithm(QgsProcessingAlgorithm):
    """Made from one entry of `modules --json`; `problem` says why it cannot run now."""

    def __init__(self, module, problem=""):
        super().__init__()
        self._module = module
        self._problem = problem
        self._command = []
        self._layers_file = ""
        self._document_file = ""
        self._open = set()
        self._styles = []  # QGIS does not keep them alive

    def createInstance(self):
        return ModuleAlgorithm(self._module, self._problem)

    def name(self):
        return self._module["id"]

    def displayName(self):
        return localized(self._module["title"])

    def shortDescription(self):
        return localized(self._module["help"])

    def tags(self):
        return ["zonewright", self._module["id"], self._module.get("command", ""), *self._module["title"].values()]

    def svgIconPath(self):
        own = os.path.join(ICONS, f"{self._module['id']}.svg")
        return own if os.path.exists(own) else os.path.join(ICONS, "zonewright.svg")

    def icon(self):
        return QIcon(self.svgIconPath())

    def canExecute(self):
        return not self._problem, self._problem

    def shortHelpString(self):
        lines = [f"<p>{html.escape(localized(self._module['help']))}</p>"]
        described = [(title_of(p), localized(p["help"])) for p in self._module["parameters"] if localized(p["help"])]
        if described:
            lines.append(f"<h3>{say('参数', 'Parameters')}</h3>")
            lines += [f"<p><b>{html.escape(title)}</b><br>{html.escape(text)}</p>" for title, text in described]
        lines.append(f"<h3>{say('结果', 'Results')}</h3>")
        lines += [f"<p>{html.escape(localized(output['title']))} <i>{output['id']}</i></p>" for output in self._module["outputs"]]
        return "\n".join(lines)

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            QgsProcessingParameterFile(
                "PLAN",
                say("规划文件（所有图层另给时可空）", "Plan (may be empty when every layer is given)"),
                extension="gpkg",
                defaultValue=plan_of_project(),
                optional=True,
            )
        )
        for declared in self._module["parameters"]:
            self.addParameter(qgis_parameter(declared))
        for name, title in (
            ("STORE", say("结果写入规划", "Keep the result in the plan")),
            ("LOAD", say("结果图层加到地图", "Add result layers to the map")),
        ):
            parameter = QgsProcessingParameterBoolean(name, title, defaultValue=True)
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
            self.addParameter(parameter)
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "REPORT",
                say("报表", "Report"),
                fileFilter="Excel (*.xlsx);;CSV (*.csv);;SVG (*.svg);;JSON (*.json);;GeoPackage (*.gpkg)",
                optional=True,
                createByDefault=False,
            )
        )
        for output in self._module["outputs"]:
            kind = SOURCES.get(GEOMETRIES.get(output["geometry"]), QgsProcessing.TypeVector)
            self.addOutput(QgsProcessingOutputVectorLayer(output["id"], localized(output["title"]), kind))
        self.addOutput(QgsProcessingOutputString("FINDING", say("结论", "Finding")))
        self.addOutput(QgsProcessingOutputFile("DOCUMENT", say("全部结果（JSON）", "Whole result (JSON)")))

    def checkParameterValues(self, parameters, context):
        """QGIS looks for layers in the project and on disk; the id of a plan layer stands for one too."""
        values = Values(self, parameters, context, None)
        named = dict(parameters)
        for declared in self._module["parameters"]:
            value = parameters.get(declared["id"])
            if declared["type"] == "layer" and isinstance(value, str) and values.is_plan_layer(value):
                named[declared["id"]] = f"{values.plan}|layername={value}"
        return super().checkParameterValues(named, context)

    def prepareAlgorithm(self, parameters, context, feedback):
        values = Values(self, parameters, context, feedback)
        self._open = {_source(layer) for layer in context.project().mapLayers().values()} if context.project() else set()
        keep = bool(values.plan) and self.parameterAsBool(parameters, "STORE", context)
        command = ["run", self._module["id"]]
        if values.plan:
            command.append(values.plan)
        command += values.assignments(self._module["parameters"], lambda: crs_of(values.plan))
        self._layers_file = values.plan if keep else QgsProcessingUtils.generateTempFilename(f"{self._module['id']}.gpkg")
        if not keep:
            command.append("--no-store")
            if self._module["outputs"]:
                command += ["--out", self._layers_file]
        report = self.parameterAsFileOutput(parameters, "REPORT", context)
        if report:
            command += ["--out", report, "--overwrite"]
        self._command = command
        self._document_file = QgsProcessingUtils.generateTempFilename(f"{self._module['id']}.json")
        self._report = report
        return True

    def processAlgorithm(self, parameters, context, feedback):
        try:
            document = program.run(self._command, feedback)
        except program.ProgramProblem as why:
            raise QgsProcessingException(str(why)) from why
        if document is None:
            return {}
        with open(self._document_file, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=2)
        feedback.pushInfo(localized(document["finding"]))
        for notice in document["notices"]:
            (feedback.pushWarning if notice["weight"] == "warning" else feedback.pushInfo)(localized(notice))
        results = {"FINDING": localized(document["finding"]), "DOCUMENT": self._document_file}
        if self._report:
            results["REPORT"] = self._report
        for output in self._module["outputs"]:
            if output["id"] in document["provenance"]["outputs"]:
                results[output["id"]] = f"{self._layers_file}|layername={output['id']}"
        if self.parameterAsBool(parameters, "LOAD", context):
            self._load(results, context)
        return results

    def postProcessAlgorithm(self, context, feedback):
        """Result layers that are on the map already show the new rows."""
        for layer in context.project().mapLayers().values() if context.project() else []:
            if _source(layer) in {(_real(self._layers_file), output["id"]) for output in self._module["outputs"]}:
                layer.dataProvider().reloadData()
                layer.triggerRepaint()
        return {}

    def _load(self, results, context):
        """Lays the result on the map as the product draws it, the first declared on top."""
        for output in reversed(self._module["outputs"]):
            uri = results.get(output["id"])
            if uri is None or (_real(self._layers_file), output["id"]) in self._open:
                continue
            details = QgsProcessingContext.LayerDetails(localized(output["title"]), context.project(), output["id"])
            if output["style_file"]:
                style = Style(output["style_file"])
                self._styles.append(style)
                details.setPostProcessor(style)
            context.addLayerToLoadOnCompletion(uri, details)


class Style(QgsProcessingLayerPostProcessorInterface):
    """Gives a result layer its style when it has been loaded."""

    def __init__(self, file):
        super().__init__()
        self._file = file

    def postProcessLayer(self, layer, context, feedback):
        layer.loadNamedStyle(self._file)
        layer.triggerRepaint()


def plan_of_project():
    """The plan whose project is open, so that nobody has to look for it."""
    parts = re.match(r"geopackage:(.+?)\?", QgsProject.instance().fileName())
    return parts.group(1) if parts and os.path.isfile(parts.group(1)) else None


def crs_of(plan):
    """CRS in which the program reads coordinates; unknown without a plan."""
    if not plan:
        return QgsCoordinateReferenceSystem()
    try:
        return QgsCoordinateReferenceSystem(program.ask(["info", plan])["crs"])
    except program.ProgramProblem as why:
        raise QgsProcessingException(str(why)) from why


def _source(layer):
    """(file, layer inside) of a file layer, to know it again."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return _real(parts.get("path") or ""), parts.get("layerName") or ""


def _real(path):
    return os.path.realpath(path) if path else ""
