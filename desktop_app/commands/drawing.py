"""What a command needs to draw where no window is open: an application, without a screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.ui.application import Application

_kept: list[Application] = []
"""The application a command made: it lasts as long as the program, as Qt wants it."""


def are_drawn(formats: Iterable[str]) -> bool:
    """Return whether any of these formats is drawn by Qt; a format there is none of is not."""
    from desktop_app.exchange.formats import FORMATS  # noqa: PLC0415 - no touch waits for it

    return any(FORMATS[name]().is_drawn for name in formats if name in FORMATS)


def be_able_to_draw() -> None:
    """Make an application with its fonts, unless there is one: on Linux it asks for no display."""
    from desktop_app.ui.application import unseen_application  # noqa: PLC0415 - most commands draw nothing

    made = unseen_application()
    if made is not None:
        _kept.append(made)
