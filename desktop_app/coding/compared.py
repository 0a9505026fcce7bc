"""Every comparison of minutes that decides something, made in one place.

A rule never writes ``minutes >= 16``: it asks whether the time reaches 16. So whoever wants to
know how firm an answer is can listen: whether stamps cut to the minute would answer otherwise
(``BothBases``, here), or when an answer that is still running will (``watch.Watch``).

Cutting every stamp to its minute keeps their order, so it may be done before or after spans are
joined, shared or taken from each other: the pieces are the same ones, each with its ends cut. A
visit in which no comparison comes out otherwise is coded the same on both bases.

    exact     09:00:50 to 09:16:10    15 minutes    a push
    charted   09:00    to 09:16       16 minutes    an infusion: this comparison differs
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.timeline import Spans


class Ranked(Protocol):
    """A run as far as its place among equals goes."""

    spans: Spans
    minutes: int | None
    start_us: int
    drug: str
    place: int


class Compared:
    """Compares, and keeps nothing."""

    __slots__ = ()

    def reaches(self, _time: Spans, minutes: int, least: int) -> bool:
        """Say whether a time, and so many minutes in it, is as long as it must be at least."""
        return minutes >= least

    def weigh(self, time: Spans, minutes: int, low: int, high: int) -> None:
        """Take note that minutes decided what from so many to so many would decide."""

    def mostly(self, _part: Spans, part_minutes: int, _whole: Spans, minutes: int) -> bool:
        """Say whether a part is more than half of a whole, both in minutes."""
        return part_minutes * 2 > minutes

    def apart(self, earlier_us: int, later_us: int, least: int) -> bool:
        """Say whether at least so many whole minutes lie between two instants."""
        return (later_us - earlier_us) // MINUTE_US >= least

    def longest_first(self, runs: Sequence[Ranked]) -> None:
        """Take note of runs that stand in this order because of their minutes."""

    def pieces(self, _time: Spans) -> None:
        """Take note of a time of which each piece is measured by itself."""

    def dated(self, _at_us: int, _time: Spans) -> None:
        """Take note of an instant within a time, the day of which is asked for."""


class BothBases(Compared):
    """Compares exact minutes, and notes whether charted ones would ever have answered otherwise."""

    __slots__ = ("differs",)

    def __init__(self) -> None:
        self.differs = False

    def reaches(self, time: Spans, minutes: int, least: int) -> bool:
        """Say whether a time is as long as it must be, and note whether it is by the chart."""
        reached = minutes >= least
        if (charted_minutes(time) >= least) is not reached:
            self.differs = True
        return reached

    def weigh(self, time: Spans, minutes: int, low: int, high: int) -> None:
        """Note whether charted minutes would decide otherwise than exact ones in a range, or below it."""
        charted = charted_minutes(time)
        if (charted >= low) is not (minutes >= low) or charted > high:
            self.differs = True

    def mostly(self, part: Spans, part_minutes: int, whole: Spans, minutes: int) -> bool:
        """Say whether a part is more than half, and note whether it is by the chart."""
        most = part_minutes * 2 > minutes
        if (charted_minutes(part) * 2 > charted_minutes(whole)) is not most:
            self.differs = True
        return most

    def apart(self, earlier_us: int, later_us: int, least: int) -> bool:
        """Say whether two instants lie far enough apart, and note whether they do by the chart."""
        far = (later_us - earlier_us) // MINUTE_US >= least
        if (later_us // MINUTE_US - earlier_us // MINUTE_US >= least) is not far:
            self.differs = True
        return far

    def longest_first(self, runs: Sequence[Ranked]) -> None:
        """Note whether runs would stand in another order by the chart."""
        if any(_order(one) > _order(other) for one, other in pairwise(runs)):
            self.differs = True

    def pieces(self, time: Spans) -> None:
        """Note whether two pieces would be one by the chart."""
        if any(one[1] // MINUTE_US == other[0] // MINUTE_US for one, other in pairwise(time)):
            self.differs = True


def _order(run: Ranked) -> tuple[int, int, str, int]:
    return -charted_minutes(run.spans), run.start_us, run.drug, run.place


def charted_minutes(time: Spans) -> int:
    """Return the minutes in a time by stamps cut to the minute."""
    minutes = 0
    for start, stop in time:
        minutes += stop // MINUTE_US - start // MINUTE_US
    return minutes


def starts_share_a_minute(starts: Sequence[int]) -> bool:
    """Say whether things that began at different instants began in one minute: a chart ties them."""
    first: dict[int, int] = {}
    return any(first.setdefault(at_us // MINUTE_US, at_us) != at_us for at_us in starts)
