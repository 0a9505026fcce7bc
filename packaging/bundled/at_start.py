"""Runs first in the bundle: lends the libraries and the font settings a bare Linux system lacks.

Libraries that belong to the graphics driver must be the system's own where it has them, so
the bundle keeps its copies aside, in ``spare``, and loads one only when the system has none.
Once loaded, a library serves everything that asks for it by name.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

BUNDLE = Path(sys._MEIPASS)  # type: ignore[attr-defined]  # noqa: SLF001 - PyInstaller's name
SYSTEM_FONT_SETTINGS = Path("/etc/fonts/fonts.conf")


def loads(library: str) -> bool:
    """Return whether a library is there with all it needs; then it is loaded."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def lend_libraries(folder: Path) -> None:
    """Load what the system lacks, again and again while one more loads: some need others."""
    missing = [path for path in sorted(folder.glob("*.so*")) if not loads(path.name)]
    while still := [path for path in missing if not loads(str(path))]:
        if len(still) == len(missing):
            return
        missing = still


def lend_font_settings() -> None:
    """Point fontconfig at the bundle's settings where the system has none."""
    if not SYSTEM_FONT_SETTINGS.exists():
        os.environ.setdefault("FONTCONFIG_FILE", str(BUNDLE / "bundled" / "fonts.conf"))


if sys.platform == "linux":
    lend_libraries(BUNDLE / "spare")
    lend_font_settings()
