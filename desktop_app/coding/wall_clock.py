"""Instants as people read them off the wall: the day, and hours and minutes, in one zone.

A visit rarely meets a change of the zone's offset, so its offset is looked up once and the
rest is arithmetic; a visit over several days, or with a change in it, asks for each instant.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, local_time, told_twice
from desktop_app.core.timeline import Spans

_DAY_US = 24 * HOUR_US
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SIXTIETHS = tuple(f"{number:02}" for number in range(60))
_OF_DAY = tuple(f"{hour:02}:{minute}" for hour in range(24) for minute in _SIXTIETHS)


class WallClock:
    """The clock on the wall during one visit."""

    __slots__ = ("_date", "_day", "_ends", "_is_plain", "_midnight", "_offset", "_zone", "only_day")

    def __init__(self, zone: str, day: date, first_us: int, last_us: int) -> None:
        """Set it for a visit dated ``day`` whose instants lie from ``first_us`` to ``last_us``."""
        self._zone = zone
        self._ends = first_us, last_us
        self._date = day
        self._day = day.toordinal()
        before, after = _offset_us(zone, first_us // MINUTE_US), _offset_us(zone, last_us // MINUTE_US)
        steady = before == after and last_us - first_us < 2 * _DAY_US
        self._offset = before if steady else None
        self._midnight = (self._day - _EPOCH_DAY) * _DAY_US - before
        """When the day of the visit began, as long as the offset is steady."""
        within = 0 <= first_us - self._midnight <= last_us - self._midnight < _DAY_US
        self.only_day = day if steady and within else None
        """The day of the visit where all of it lies on that day."""
        twice = any(told_twice(at_us, zone) for at_us in self._ends)
        self._is_plain = self.only_day is not None and not twice
        """Whether a time of the day says it all."""

    def silent(self) -> SilentClock:
        """Return the same clock without a voice."""
        return SilentClock(self._zone, self._date, *self._ends)

    def _since_midnight(self, at_us: int) -> tuple[int, int]:
        """Return how many days after the visit's day an instant falls, and how long after midnight."""
        if self._offset is None:
            shown_us = at_us + _offset_us(self._zone, at_us // MINUTE_US) - (self._day - _EPOCH_DAY) * _DAY_US
        else:
            shown_us = at_us - self._midnight
        return divmod(shown_us, _DAY_US)

    def day(self, at_us: int) -> date:
        """Return the calendar day of an instant."""
        if self.only_day is not None:
            return self.only_day
        days, _of_day = self._since_midnight(at_us)
        return date.fromordinal(self._day + days) if days else self._date

    def time(self, at_us: int) -> str:
        """Return an instant as 09:00, with seconds where there are any, and the day if another.

        Where clocks are put back and show it twice, the name of its offset is told: 01:20 EDT.
        """
        if self._is_plain:
            return _of_day(at_us - self._midnight)
        return self._told(at_us, 0)[0]

    def times(self, spans: Spans) -> str:
        """Return spans as 09:00 to 10:20 and 10:35 to 11:35; a new day is named once."""
        if self._is_plain:
            return _within_a_day(spans, self._midnight)
        told, day = [], 0
        for span in spans:
            start, day = self._told(span[0], day)
            stop, day = self._told(span[1], day)
            told.append(f"{start} to {stop}")
        return " and ".join(told)

    def _told(self, at_us: int, told_day: int) -> tuple[str, int]:
        """Return an instant in words, and the day it falls on, which is told unless it was."""
        days, of_day = self._since_midnight(at_us)
        twice = told_twice(at_us, self._zone)
        text = f"{_of_day(of_day)} {twice}" if twice else _of_day(of_day)
        return (text if days == told_day else f"{text} {self._day_words(days)}"), days

    def _day_words(self, days: int) -> str:
        if days == 1:
            return "next day"
        return f"on {date.fromordinal(self._day + days)}" if days else "that day"


def _of_day(since_midnight_us: int) -> str:
    """Return an instant of a day as 09:00, with seconds where there are any."""
    minute, of_minute = divmod(since_midnight_us, MINUTE_US)
    if of_minute < SECOND_US:
        return _OF_DAY[minute]
    return f"{_OF_DAY[minute]}:{_SIXTIETHS[of_minute // SECOND_US]}"


def _within_a_day(spans: Spans, midnight: int) -> str:
    told = []
    for start, stop in spans:
        told.append(f"{_of_day(start - midnight)} to {_of_day(stop - midnight)}")
    return " and ".join(told)


class SilentClock(WallClock):
    """A clock that knows the day and tells no times, for a reckoning that nobody will read."""

    __slots__ = ()

    def time(self, at_us: int) -> str:  # noqa: ARG002
        """Return nothing."""
        return ""

    def times(self, spans: Spans) -> str:  # noqa: ARG002
        """Return nothing."""
        return ""


@lru_cache(maxsize=4096)
def _offset_us(zone: str, minute: int) -> int:
    """Return how far a zone is east of UTC in a minute of UTC; no zone changes within one."""
    if zone == "UTC":
        return 0
    offset = local_time(minute * MINUTE_US, zone).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)
