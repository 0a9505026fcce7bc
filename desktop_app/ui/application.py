"""The application: its name as the desktop shows it, and the fonts that travel with it."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop_app import __version__, paths

FONT_FILES = {".otf", ".ttf"}


class Application(QApplication):
    """Chairtime as one program on the desktop. Made once, before anything is drawn."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.setApplicationName("chairtime")
        self.setApplicationDisplayName("Chairtime")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("chairtime")
        load_fonts()


def load_fonts() -> list[str]:
    """Load the fonts of the bundle and return their families; a clone has none and uses the system's."""
    files = sorted(path for path in paths.resource("fonts").glob("*") if path.suffix in FONT_FILES)
    loaded = (QFontDatabase.addApplicationFont(str(path)) for path in files)
    return sorted({family for font in loaded for family in QFontDatabase.applicationFontFamilies(font)})
