"""Which Qt and which font there are, for whoever looks after the computer."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontInfo

from desktop_app.ui.theme import Theme


def qt_version() -> str:
    """Return the version of Qt."""
    return qVersion() or "?"


def font_here() -> tuple[str, bool]:
    """Return the family the program is written in here, and whether it is the one it is drawn for."""
    wanted = Theme().font(13)
    found = QFontInfo(wanted).family()
    return found, found.startswith("Inter")
