"""Instants as people read them off the wall: the day, and hours and minutes, in one zone.

A visit rarely meets a change of the zone's offset, so its offset is looked up once and the
rest is arithmetic; a visit over several days, or with a change in it, asks for each instant.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, local_time
from desktop_app.core.timeline import Spans

_DAY_US = 24 * HOUR_US
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class WallClock:
    """The clock on the wall during one visit."""

    def __init__(self, zone: str, day: date, first_us: int, last_us: int) -> None:
        """Set it for a visit dated ``day`` whose instants lie from ``first_us`` to ``last_us``."""
        self._zone = zone
        self._day = day.toordinal()
        before, after = self._looked_up(first_us), self._looked_up(last_us)
        self._offset = before if before == after and last_us - first_us < 2 * _DAY_US else None

    def _looked_up(self, at_us: int) -> int:
        if self._zone == "UTC":
            return 0
        offset = local_time(at_us, self._zone).utcoffset()
        return (offset or timedelta()) // timedelta(microseconds=1)

    def _shown_us(self, at_us: int) -> int:
        return at_us + (self._looked_up(at_us) if self._offset is None else self._offset)

    def day(self, at_us: int) -> date:
        """Return the calendar day of an instant."""
        return date.fromordinal(self._day_number(at_us))

    def time(self, at_us: int) -> str:
        """Return an instant as 09:00, with seconds where there are any, and the day if another."""
        return self._time(at_us, self._day)

    def times(self, spans: Spans) -> str:
        """Return spans as 09:00 to 10:20 and 10:35 to 11:35; a new day is named once."""
        told, day = [], self._day
        for start, stop in spans:
            began = self._time(start, day)
            day = self._day_number(start)
            told.append(f"{began} to {self._time(stop, day)}")
            day = self._day_number(stop)
        return " and ".join(told)

    def _day_number(self, at_us: int) -> int:
        return _EPOCH_DAY + self._shown_us(at_us) // _DAY_US

    def _time(self, at_us: int, told_day: int) -> str:
        days, of_day = divmod(self._shown_us(at_us), _DAY_US)
        hours, of_hour = divmod(of_day, HOUR_US)
        minutes, of_minute = divmod(of_hour, MINUTE_US)
        seconds = of_minute // SECOND_US
        text = f"{hours:02}:{minutes:02}:{seconds:02}" if seconds else f"{hours:02}:{minutes:02}"
        number = _EPOCH_DAY + days
        return text if number == told_day else f"{text} {self._day_words(number)}"

    def _day_words(self, number: int) -> str:
        if number == self._day + 1:
            return "next day"
        return "that day" if number == self._day else f"on {date.fromordinal(number)}"


def zone_exists(name: str) -> bool:
    """Say whether a zone of this name is known."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True
