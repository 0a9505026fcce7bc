"""The application: its name as the desktop shows it, and the fonts that travel with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop_app import __version__, paths
from desktop_app.ui.theme import STYLE, STYLED

FONT_FILES = {".otf", ".ttf"}
UNSEEN = {"minimal", "offscreen"}
"""Platforms that draw where nobody looks."""

READING_MS = 20_000
"""A message closes by itself after this, so that nothing waits for ever where nobody is."""


class Application(QApplication):
    """Chairtime as one program on the desktop. Made once, before anything is drawn."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__([*arguments, "-style", STYLE])
        self.setProperty(STYLED, STYLE)
        self.setApplicationName("chairtime")
        self.setApplicationDisplayName("Chairtime")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("chairtime")
        load_fonts()
        self.may_quit: Callable[[], bool] = lambda: True
        """Answers whether the program may be left now; the window knows what still runs."""

    def event(self, event: QEvent) -> bool:
        """Ask first where the desktop's own way to quit was taken."""
        if event.type() == QEvent.Type.Quit and not self.may_quit():
            event.ignore()
            return True
        return super().event(event)

    def tell(self, sentence: str) -> None:
        """Show why no window opens, where somebody may see it."""
        if self.platformName() in UNSEEN:
            return
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - most starts have nothing to tell

        box = QMessageBox(QMessageBox.Icon.Warning, "Chairtime", sentence)
        QTimer.singleShot(READING_MS, box.accept)
        box.exec()


def unseen_application() -> Application | None:
    """Return an application that draws where nobody looks; None where there is one already.

    Elsewhere than on Linux the platform's own draws without a display, and has the system's fonts.
    """
    if QApplication.instance() is not None:
        return None
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return Application(["chairtime"])


def load_fonts() -> list[str]:
    """Load the fonts of the bundle and return their families; a clone has none and uses the system's."""
    files = sorted(path for path in paths.resource("fonts").glob("*") if path.suffix in FONT_FILES)
    loaded = (QFontDatabase.addApplicationFont(str(path)) for path in files)
    return sorted({family for font in loaded for family in QFontDatabase.applicationFontFamilies(font)})
