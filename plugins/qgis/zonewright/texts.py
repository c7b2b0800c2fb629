"""The user's language: Chinese in a Chinese QGIS, English in every other."""

from qgis.core import QgsApplication


def language():
    return "zh" if QgsApplication.locale().lower().startswith("zh") else "en"


def say(zh, en):
    return zh if language() == "zh" else en


def localized(text):
    """The user's part of a declared text, {"zh": ..., "en": ...}."""
    return text.get(language()) or text.get("zh") or ""
