"""Days as a command line names them, and today's."""

from __future__ import annotations

from datetime import date

from desktop_app.commands.streams import NothingDone
from desktop_app.core.moments import local_date
from desktop_app.store.clock import SystemClock, local_zone


def today() -> date:
    """Return the day it is by this computer's clock, in its own zone."""
    zone = local_zone()
    return local_date(SystemClock().now().wall_us, zone)


def day_in(text: str, example: str) -> date:
    """Return a date such as 2026-03-02. Raises NothingDone, with an example."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{text} is no date such as {example}.") from None
