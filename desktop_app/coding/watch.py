"""When an answer that still runs may change: found from what was compared to make it, not by asking again.

While services run, the ends of some spans move with the present and everything else stands
still. As long as no moving instant meets a fixed one, every time that the rules measure keeps
its shape, and its length grows or shrinks evenly or not at all:

    fixed             08:00            09:00
    drug                |================>          grows with the present
    push beside it               |==|               stands
    drug less push      |========|  |====>          grows

So for each comparison of the coder the first instant at which it could come out otherwise
follows from the length, and the soonest of these, or the next meeting of a moving and a fixed
instant, is when to look again. Nothing can have changed before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from desktop_app.coding.compared import Compared, Ranked
from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.core.timeline import Spans, cut_to_minute, length_us

_LONGEST_DAY_US = 25 * HOUR_US
_WITHIN_FLOORS = 3
"""Twice one whole number of minutes less another is off by less than this from the exact."""


class Watch(Compared):
    """Compares, and keeps the soonest that a comparison could come out otherwise."""

    __slots__ = ("_charted", "_first_tick_us", "_midnight", "_moving", "soonest_us")

    def __init__(
        self, moving: Iterable[int], fixed: Iterable[int], midnight: Callable[[int], int], *, charted: bool
    ) -> None:
        """Watch a visit of which some instants move on with the present, in microseconds, and others stay.

        ``midnight`` tells when the day of an instant ends; ``charted`` when the visit is coded by
        stamps cut to the minute.
        """
        self._midnight = midnight
        moving, fixed = set(moving), set(fixed)
        self.soonest_us: int | None = None
        """How far on from now something may change; None where nothing can."""
        self._charted = charted
        self._first_tick_us = min((MINUTE_US - at_us % MINUTE_US for at_us in moving), default=MINUTE_US)
        self._moving = {cut_to_minute(at_us) for at_us in moving} if charted else moving
        self._meetings(moving, fixed)

    def _meetings(self, moving: set[int], fixed: set[int]) -> None:
        """Note when a moving instant next meets a fixed one, and leaves one it has just met.

        By the chart that takes a whole minute, and what turns its minutes at different seconds
        changes its length in between.
        """
        for mover in moving:
            for mark in fixed:
                if mark >= mover:
                    self._note(mark - mover or 1)
        out_of_step = len({mover % MINUTE_US for mover in moving}) > 1
        if self._charted and (out_of_step or not self._moving.isdisjoint(map(cut_to_minute, fixed))):
            self._note(self._first_tick_us)

    def _note(self, after_us: int) -> None:
        if self.soonest_us is None or after_us < self.soonest_us:
            self.soonest_us = after_us

    def _pace(self, time: Spans) -> int:
        """Return how fast a time grows: 1 as fast as the present, 0 not at all, less when it shrinks."""
        return sum((stop in self._moving) - (start in self._moving) for start, stop in time)

    def _note_length(self, length: int, pace: int, wanted_us: int) -> None:
        """Note when a length that changes at a pace is no longer on the same side of another."""
        if pace > 0 and length < wanted_us:
            self._note_change(wanted_us - length, pace)
        elif pace < 0 and length >= wanted_us:
            self._note_change(length - wanted_us + 1, -pace)

    def _note_change(self, by_us: int, pace: int) -> None:
        """Note when a length has changed by so much; by the chart it does so a whole minute at a time."""
        after_us = -(-by_us // pace)
        if self._charted:
            after_us = self._first_tick_us + (-(-after_us // MINUTE_US) - 1) * MINUTE_US
        self._note(after_us)

    def _note_tick(self, time: Spans) -> None:
        """Note when the whole minutes of a time next change."""
        length, pace = length_us(time), self._pace(time)
        self._note_length(length, pace, (length // MINUTE_US + (pace > 0)) * MINUTE_US)

    def reaches(self, time: Spans, minutes: int, least: int) -> bool:
        """Say whether a time is as long as it must be, and note when that changes."""
        pace = self._pace(time)
        if pace:
            self._note_length(length_us(time), pace, least * MINUTE_US)
        return minutes >= least

    def weigh(self, time: Spans, minutes: int, low: int, high: int) -> None:
        """Note when minutes leave the range in which they decide the same."""
        self.reaches(time, minutes, low)
        self.reaches(time, minutes, high + 1)

    def mostly(self, part: Spans, part_minutes: int, whole: Spans, minutes: int) -> bool:
        """Say whether a part is more than half, and note when that may change."""
        pace = 2 * abs(self._pace(part)) + abs(self._pace(whole))
        firm = abs(part_minutes * 2 - minutes) - _WITHIN_FLOORS
        if pace and firm > 0:
            self._note_change(firm * MINUTE_US, pace)
        elif pace:
            self._note_tick(part)
            self._note_tick(whole)
        return part_minutes * 2 > minutes

    def apart(self, earlier_us: int, later_us: int, least: int) -> bool:
        """Say whether two instants lie far enough apart, and note when that changes."""
        pace = (later_us in self._moving) - (earlier_us in self._moving)
        self._note_length(later_us - earlier_us, pace, least * MINUTE_US)
        return super().apart(earlier_us, later_us, least)

    def longest_first(self, runs: Sequence[Ranked]) -> None:
        """Note when runs that stand in this order because of their minutes may change places."""
        for one, other in pairwise(runs):
            self._note_overtaking(one, other)

    def dated(self, at_us: int, time: Spans) -> None:
        """Note when an instant that lies so much running time into a time reaches another day or piece.

        It moves on with the piece it lies in, and back as the pieces before that one grow.
        """
        pace = 0
        for start, stop in time:
            if start <= at_us < stop:
                self._note_day(at_us, start, pace + (start in self._moving))
                return
            pace -= (stop in self._moving) - (start in self._moving)

    def _note_day(self, at_us: int, piece_us: int, pace: int) -> None:
        if pace > 0:
            self._note_change(self._midnight(at_us) - at_us, pace)
        elif pace < 0:
            self._note_change(at_us - max(piece_us, self._day_began(at_us)) + 1, -pace)

    def _day_began(self, at_us: int) -> int:
        began_us = self._midnight(at_us - _LONGEST_DAY_US)
        while (next_us := self._midnight(began_us)) <= at_us:
            began_us = next_us
        return began_us

    def _note_overtaking(self, first: Ranked, second: Ranked) -> None:
        pace, second_pace = self._pace(first.spans), self._pace(second.spans)
        if pace == second_pace:
            if not self._stays_first(first, second):
                self._note_tick(first.spans)
                self._note_tick(second.spans)
        elif second_pace > pace:
            wins_ties = _before(second, first)
            needed = (first.minutes or 0) + (0 if wins_ties else 1)
            self._note_length(length_us(second.spans), second_pace, needed * MINUTE_US)
            self._note_tick(first.spans)

    def _stays_first(self, first: Ranked, second: Ranked) -> bool:
        """Say whether a run keeps its place before one that changes at the same pace, seconds and all."""
        ahead = length_us(first.spans) - length_us(second.spans)
        fewest = ahead // MINUTE_US
        return fewest > 0 or (fewest == 0 and _before(first, second))


def _before(one: Ranked, other: Ranked) -> bool:
    return (one.start_us, one.drug, one.place) < (other.start_us, other.drug, other.place)
