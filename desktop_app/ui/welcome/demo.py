"""The demo beside the first start: another program on throw-away data, so that nothing here changes."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcess


def open_demo() -> bool:
    """Open the demo's window in a process of its own; False when it could not be started."""
    way_in = [] if getattr(sys, "frozen", False) else ["-m", "desktop_app"]
    started, _process = QProcess.startDetached(sys.executable, [*way_in, "--demo"])
    return started
