"""The scale of a drawn visit: how much time a column stands for, and where the clock is read.

A column is a round length of time, so that what is drawn stands where it belongs, and the ticks
fall on round times of the wall clock, in whichever zone and over a change of its offset.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, local_time
from desktop_app.core.values import dataclass

DAY_US = 24 * HOUR_US
_SMALL = tuple(n * SECOND_US for n in (1, 2, 5, 10, 15, 20, 30)) + tuple(
    n * MINUTE_US for n in (1, 2, 3, 5, 10, 15, 20, 30)
)
_LARGE = tuple(n * HOUR_US for n in (1, 2, 3, 4, 6, 12)) + tuple(
    digit * 10**zeros * DAY_US for zeros in range(6) for digit in (1, 2, 5)
)
_ROUND = _SMALL + _LARGE
"""Lengths of time a column may have; twenty of the longest hold any visit."""
_ROUND_TICKS = tuple(step for step in _ROUND if step not in (20 * SECOND_US, 3 * MINUTE_US, 3 * HOUR_US))
"""Lengths of time from tick to tick: those that divide a clock as people are used to."""

_LEAST_GAP = 2
_NARROWEST_DAY = 4
"""Columns a day must have for its midnight to be marked."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where instants stand among the columns of a drawing."""

    origin_us: int
    """The instant at the left edge of the first column."""
    column_us: int
    columns: int
    zone: str

    def column(self, at_us: int) -> int:
        """Return the column an instant stands in; what lies outside stands at the nearest edge."""
        return max(0, min(self.columns - 1, (at_us - self.origin_us) // self.column_us))

    @property
    def end_us(self) -> int:
        """Return the instant at the right edge of the last column."""
        return self.origin_us + self.columns * self.column_us

    def midnights(self) -> list[int]:
        """Return the midnights inside the drawing, where days are wide enough to tell apart."""
        if self.column_us * _NARROWEST_DAY > DAY_US:
            return []
        return [at_us for at_us in self._every(DAY_US) if 0 < self.column(at_us) < self.columns - 1]

    def ticks(self) -> list[tuple[int, str]]:
        """Return the columns at which the clock is read, and what it shows there."""
        step = self._tick_us()
        return [(self.column(at_us), _label(at_us, self.zone, step)) for at_us in self._every(step)]

    def day(self, at_us: int) -> str:
        """Return the calendar day of an instant: 2026-03-02."""
        return local_time(at_us, self.zone).date().isoformat()

    def _tick_us(self) -> int:
        fits = (step for step in _ROUND_TICKS if step % self.column_us == 0)
        return next(step for step in fits if step // self.column_us >= _label_width(step) + _LEAST_GAP)

    def _every(self, step: int) -> Iterator[int]:
        at_us = _aligned(self.origin_us, step, self.zone)
        while at_us < self.end_us:
            yield at_us
            at_us = _aligned(at_us + self.column_us, step, self.zone)


def scale_for(first_us: int, last_us: int, zone: str, most_columns: int) -> Scale:
    """Return the finest scale of round columns on which the time from first to last has room."""
    scales = (_scale(first_us, last_us, column_us, zone) for column_us in _ROUND)
    return next(scale for scale in scales if scale.columns <= most_columns)


def _scale(first_us: int, last_us: int, column_us: int, zone: str) -> Scale:
    origin_us = _floor(first_us, column_us, zone)
    return Scale(origin_us, column_us, (last_us - origin_us) // column_us + 1, zone)


def _offset_us(at_us: int, zone: str) -> int:
    return (local_time(at_us, zone).utcoffset() or timedelta()) // timedelta(microseconds=1)


def _floor(at_us: int, step: int, zone: str) -> int:
    return at_us - (at_us + _offset_us(at_us, zone)) % step


def _aligned(at_us: int, step: int, zone: str) -> int:
    """Return the first instant from one on at which the wall clock shows a multiple of a step."""
    offset_us = _offset_us(at_us, zone)
    shown_us = -(-(at_us + offset_us) // step) * step
    found_us = shown_us - offset_us
    # Where the offset changes on the way, the clock may have shown it earlier, or not at all.
    changed_us = shown_us - _offset_us(found_us, zone)
    for instant_us in sorted((found_us, changed_us)):
        if instant_us >= at_us and _floor(instant_us, step, zone) == instant_us:
            return instant_us
    return _aligned(found_us, step, zone)


def _label(at_us: int, zone: str, step: int) -> str:
    shown = local_time(at_us, zone)
    if step >= DAY_US:
        return shown.date().isoformat()
    return shown.strftime("%H:%M:%S" if step < MINUTE_US else "%H:%M")


def _label_width(step: int) -> int:
    if step >= DAY_US:
        return len("2026-03-02")
    return len("09:00:00") if step < MINUTE_US else len("09:00")
