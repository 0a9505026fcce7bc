"""What a command needs to draw where no window is open: an application, without a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

_kept: list[QCoreApplication] = []
"""The application a command made: it lasts as long as the program, as Qt wants it."""


def are_drawn(formats: Iterable[str]) -> bool:
    """Return whether any of these formats is drawn by Qt; a format there is none of is not."""
    from desktop_app.exchange.formats import FORMATS  # noqa: PLC0415 - no touch waits for it

    return any(FORMATS[name]().is_drawn for name in formats if name in FORMATS)


def be_able_to_draw() -> None:
    """Make an application with its fonts, unless there is one: on Linux it asks for no display."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - most commands draw nothing

    if QCoreApplication.instance() is not None:
        return
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.ui.application import Application  # noqa: PLC0415 - as above

    _kept.append(Application(["chairtime"]))
