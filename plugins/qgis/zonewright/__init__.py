"""Zonewright's analyses in QGIS Processing. Everything is generated from what `zonewright modules --json` declares."""


def classFactory(iface):
    from .plugin import ZonewrightPlugin

    return ZonewrightPlugin(iface)
