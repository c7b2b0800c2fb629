"""A declared parameter as a QGIS parameter, and its value as the command line reads it."""

import json
import os
import re

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterGeometry,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsProperty,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from .texts import localized, say

SOURCES = {
    "polygon": QgsProcessing.TypeVectorPolygon,
    "line": QgsProcessing.TypeVectorLine,
    "point": QgsProcessing.TypeVectorPoint,
}


def source_type(declared):
    return SOURCES.get(declared.get("geometry", ""), QgsProcessing.TypeVector)


def title_of(declared):
    """"边界容差 (m)"; for layers also what an empty field means."""
    title = localized(declared["title"])
    if declared["unit"]:
        title += f" ({declared['unit']})"
    if declared["type"] in ("layer", "layers") and declared["default"]:
        plain = declared["default"] if isinstance(declared["default"], str) else ", ".join(declared["default"])
        title += say(f"（空：规划图层 {plain}）", f" (empty: {plain} of the plan)")
    return title


def qgis_parameter(declared):
    """The QGIS parameter of one declaration, under the declaration's own name."""
    parameter = _KINDS.get(declared["type"], _text)(declared["id"], title_of(declared), declared)
    parameter.setHelp(localized(declared["help"]))
    if declared["advanced"]:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
    return parameter


def _text(name, title, declared):
    return QgsProcessingParameterString(name, title, defaultValue=declared["default"], optional=not declared["required"])


def _list(name, title, declared):
    values = [str(value) for value in declared["default"] or []]
    return QgsProcessingParameterString(name, title, defaultValue=_joined(values), optional=not declared["required"])


def _file(name, title, declared):
    return QgsProcessingParameterFile(name, title, defaultValue=declared["default"] or None, optional=not declared["required"])


def _boolean(name, title, declared):
    return QgsProcessingParameterBoolean(name, title, defaultValue=bool(declared["default"]))


def _number(name, title, declared):
    whole = declared["type"] == "integer"
    limits = {key: declared[limit] for key, limit in (("minValue", "min"), ("maxValue", "max")) if declared[limit] is not None}
    return QgsProcessingParameterNumber(
        name,
        title,
        type=QgsProcessingParameterNumber.Integer if whole else QgsProcessingParameterNumber.Double,
        defaultValue=declared["default"],
        optional=not declared["required"],
        **limits,
    )


def _choice(name, title, declared):
    ids = [choice["id"] for choice in declared["choices"]]
    return QgsProcessingParameterEnum(
        name,
        title,
        options=[localized(choice["title"]) for choice in declared["choices"]],
        defaultValue=ids.index(declared["default"]) if declared["default"] in ids else None,
        optional=not declared["required"],
    )


def _layer(name, title, declared):
    return QgsProcessingParameterFeatureSource(name, title, types=[source_type(declared)], optional=not declared["required"])


def _layers(name, title, declared):
    return QgsProcessingParameterMultipleLayers(name, title, layerType=source_type(declared), optional=not declared["required"])


def _field(name, title, declared):
    return QgsProcessingParameterField(
        name, title, defaultValue=declared["default"] or None, parentLayerParameterName=declared.get("of", ""), optional=not declared["required"]
    )


def _point(name, title, declared):
    return QgsProcessingParameterPoint(name, title, defaultValue=declared["default"] or None, optional=not declared["required"])


def _geometry(name, title, declared):
    return QgsProcessingParameterGeometry(name, title, defaultValue=declared["default"] or None, optional=not declared["required"])


_KINDS = {
    "boolean": _boolean,
    "choice": _choice,
    "field": _field,
    "file": _file,
    "geometry": _geometry,
    "integer": _number,
    "layer": _layer,
    "layers": _layers,
    "list": _list,
    "number": _number,
    "point": _point,
}


def _joined(values):
    """As the command line reads a list; JSON where a comma is part of a value."""
    return json.dumps(values, ensure_ascii=False) if any("," in value for value in values) else ",".join(values)


class Values:
    """The values of one run. Reads layers, so it belongs to the main thread (`prepareAlgorithm`)."""

    def __init__(self, algorithm, parameters, context, feedback):
        self._algorithm = algorithm
        self._parameters = parameters
        self._context = context
        self._feedback = feedback
        self.plan = algorithm.parameterAsFile(parameters, "PLAN", context)
        self._plan_crs = None

    def assignments(self, declared, crs_of_plan):
        """["zones=clusters", ...] of what was given and differs from the default."""
        self._crs_of_plan = crs_of_plan
        words = []
        for parameter in declared:
            value = self._parameters.get(parameter["id"])
            if value is None or value == "" or value == []:
                continue
            text = self._text(parameter)
            if text is not None and text != self._default(parameter):
                words.append(f"{parameter['id']}={text}")
        return words

    def _default(self, declared):
        default = declared["default"]
        if isinstance(default, bool):
            return "true" if default else "false"
        if isinstance(default, list):
            return _joined([str(value) for value in default])
        return default if isinstance(default, str) else repr(default)

    def _text(self, declared):
        name, kind = declared["id"], declared["type"]
        read = self._algorithm
        if kind == "layer":
            return self._layer(name, self._parameters[name])
        if kind == "layers":
            value = self._parameters[name]
            if isinstance(value, str):
                value = [part.strip() for part in value.split(",") if part.strip()]
            values = value if isinstance(value, (list, tuple)) else [value]
            return _joined([self._layer(name, one) for one in values])
        if kind == "boolean":
            return "true" if read.parameterAsBool(self._parameters, name, self._context) else "false"
        if kind == "choice":
            return declared["choices"][read.parameterAsEnum(self._parameters, name, self._context)]["id"]
        if kind == "integer":
            return str(read.parameterAsInt(self._parameters, name, self._context))
        if kind == "number":
            return repr(read.parameterAsDouble(self._parameters, name, self._context))
        if kind == "point":
            point = read.parameterAsPoint(self._parameters, name, self._context, self._crs_of_plan())
            return f"{point.x()!r},{point.y()!r}"
        if kind == "geometry":
            geometry = read.parameterAsGeometry(self._parameters, name, self._context, self._crs_of_plan())
            return geometry.asWkt(17) if not geometry.isNull() else None
        if kind == "file":
            return read.parameterAsFile(self._parameters, name, self._context)
        return read.parameterAsString(self._parameters, name, self._context)

    def _layer(self, name, value):
        """A plan layer's id, `FILE|layername=L`, or a temporary file with what the layer shows."""
        selected = False
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            selected = value.selectedFeaturesOnly
            value = value.source
        if isinstance(value, QgsProperty):
            value = value.valueAsString(self._context.expressionContext(), "")[0]
        layer = value if isinstance(value, QgsVectorLayer) else None
        if layer is None:
            text = str(value)
            if self.is_plan_layer(text):
                return text
            layer = QgsProcessingUtils.mapLayerFromString(text, self._context)
        if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
            raise QgsProcessingException(
                say(f"{name}：无法读取图层 {value}；请选一个矢量图层", f"{name}: the layer {value} cannot be read; choose a vector layer")
            )
        return (None if selected else self._as_it_lies(layer)) or self._written(name, layer, selected)

    def is_plan_layer(self, text):
        project = self._context.project()
        shown = project is not None and (project.mapLayer(text) is not None or project.mapLayersByName(text))
        return bool(self.plan) and not shown and re.fullmatch(r"[A-Za-z_]\w*", text) is not None and not os.path.exists(text)

    def _as_it_lies(self, layer):
        """Reference to the file when the file holds just what the layer shows."""
        if layer.providerType() != "ogr" or layer.subsetString() or layer.isModified():
            return None
        if layer.joinBuffer().vectorJoins() or layer.crs() != layer.dataProvider().crs():
            return None
        parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
        path, inside = parts.get("path") or "", parts.get("layerName") or ""
        if not os.path.isfile(path) or parts.get("openOptions"):
            return None
        if self.plan and inside and os.path.isfile(self.plan) and os.path.samefile(path, self.plan):
            return inside
        return f"{path}|layername={inside}" if inside else path

    def _written(self, name, layer, selected):
        file = QgsProcessingUtils.generateTempFilename(f"{name}.gpkg")
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        options.layerName = name
        options.onlySelectedFeatures = selected
        options.layerOptions = ["FID=zw_fid"]  # a column "fid" of the layer may hold anything
        options.feedback = self._feedback
        done = QgsVectorFileWriter.writeAsVectorFormatV3(layer, file, self._context.transformContext(), options)
        if done[0] != QgsVectorFileWriter.WriterError.NoError:
            raise QgsProcessingException(f"{name}: {done[1]}")
        return f"{file}|layername={name}"
