"""The application: its name as the desktop shows it, and the fonts that travel with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop_app import __version__, paths

FONT_FILES = {".otf", ".ttf"}
UNSEEN = {"minimal", "offscreen"}
"""Platforms that draw where nobody looks."""

SETTLED_MS = 50
"""After its first paint a window answers first whoever waits at it."""

READING_MS = 20_000
"""A message closes by itself after this, so that nothing waits for ever where nobody is."""


class Application(QApplication):
    """Chairtime as one program on the desktop. Made once, before anything is drawn."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.setApplicationName("chairtime")
        self.setApplicationDisplayName("Chairtime")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("chairtime")
        load_fonts()

    def tell(self, sentence: str) -> None:
        """Show why no window opens, where somebody may see it."""
        if self.platformName() in UNSEEN:
            return
        box = QMessageBox(QMessageBox.Icon.Warning, "Chairtime", sentence)
        QTimer.singleShot(READING_MS, box.accept)
        box.exec()


class AfterFirstPaint(QObject):
    """Does something once a window has been drawn for the first time: what no picture waits for."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the paint go on, and act when it is done."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(SETTLED_MS, self._act)
        return False


def load_fonts() -> list[str]:
    """Load the fonts of the bundle and return their families; a clone has none and uses the system's."""
    files = sorted(path for path in paths.resource("fonts").glob("*") if path.suffix in FONT_FILES)
    loaded = (QFontDatabase.addApplicationFont(str(path)) for path in files)
    return sorted({family for font in loaded for family in QFontDatabase.applicationFontFamilies(font)})
