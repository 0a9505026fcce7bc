"""Local times as a script writes them, and the instants they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desktop_app.core.moments import instant_us, local_time
from desktop_app.script.strict import NotATouch

_FORM = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)
NO_SHIFT = timedelta(0)
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A time as written: on the wall of some zone, or with its own offset."""

    written: datetime

    def instant_us(self, zone: str, shift: timedelta = NO_SHIFT) -> int:
        """Return the instant in microseconds; an hour that comes twice is its first coming.

        ``shift`` moves the wall time before the zone is asked. Raises NotATouch for a time
        that the zone's clocks skip.
        """
        moved = self.written + shift
        if moved.tzinfo is not None:
            return instant_us(moved)
        at_us = instant_us(moved.replace(tzinfo=ZoneInfo(zone)))
        if local_time(at_us, zone).replace(tzinfo=None, fold=0) != moved:
            raise NotATouch(f"{moved.isoformat()} does not exist in {zone}: the clocks skip it")
        return at_us


def read_time(name: str, raw: object) -> LocalTime:
    """Return the time under a key, such as ``2026-03-02T08:21:00``. Raises NotATouch."""
    if isinstance(raw, str) and _FORM.fullmatch(raw):
        return LocalTime(_on_the_calendar(name, raw))
    raise NotATouch(f"key “{name}” must be a time such as 2026-03-02T08:21:00")


def _on_the_calendar(name: str, raw: str) -> datetime:
    try:
        written = datetime.fromisoformat(raw)
    except ValueError:
        raise NotATouch(f"key “{name}”: {raw} is no date and time of the calendar") from None
    if not FIRST_YEAR <= written.year <= LAST_YEAR:
        raise NotATouch(f"key “{name}”: the year {written.year} is out of range")
    return written
