"""Registers the provider; QGIS calls `initProcessing` in qgis_process and `initGui` in its window."""

from qgis.core import QgsApplication

from .provider import ZonewrightProvider


class ZonewrightPlugin:
    def __init__(self, iface):
        self.iface = iface  # None in qgis_process
        self.provider = None

    def initProcessing(self):
        self.provider = ZonewrightProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self):
        self.initProcessing()
        if self.provider.problem:
            self.iface.messageBar().pushWarning("Zonewright", self.provider.problem)

    def unload(self):
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
