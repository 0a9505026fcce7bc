"""The end of a day: closed for changes by somebody, and opened again with a reason."""

from __future__ import annotations

from datetime import date

from desktop_app.core.events.event import Event
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLocked(Event):
    """The sessions of a day stay as they are from now on; what is signed may still be sent."""

    KIND = "day-locked"

    day: date
    by: str
    """The initials of who locked it, as they were asked for."""
    left_over: tuple[str, ...] = ()
    """The sessions that were neither signed nor taken out of the way, known to who locked it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayUnlocked(Event):
    """The sessions of a locked day may be changed again."""

    KIND = "day-unlocked"

    day: date
    by: str
    reason: str
