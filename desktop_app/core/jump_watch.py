"""Looks at the clocks each second, and tells what happened between two looks.

What counts is the wall's distance from the clock that counts, within one start of the computer::

    wall      09:00:00  09:00:01  08:00:02  08:00:03
    counting     5:00      5:01      5:02      5:03
    distance    08:55     08:55     07:55     07:55      set back by an hour, told once

A distance that leaps by more than a time server shifts a clock is a jump. One that grows little by
little is a drift, told when it has grown by more in an hour or a day than healthy clocks part. Summer
time and another zone move the hands and not the instant: neither is a jump.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from desktop_app.core import events as e
from desktop_app.core.moments import HOUR_US, SECOND_US, ClockReading, HowKnown
from desktop_app.core.steady import is_healthy, is_same_run
from desktop_app.core.values import dataclass

DRIFTS = ((HOUR_US, 2 * SECOND_US), (24 * HOUR_US, 30 * SECOND_US))
"""In how long how much is a drift."""
_MARKS = 12
"""How many times in that the sum is marked, to look back on."""
MOST_AN_HOUR = 12
"""So many jumps are told one by one; what comes more often is told in one when the hour allows."""

Told = e.ClockJumped | e.ClockDrifted | e.ClockBehind | e.ClockRestarted | e.ZoneChanged


def parted_us(before: ClockReading, now: ClockReading) -> int:
    """Return by how much the wall parted from the clock that counts between two readings of one boot."""
    return now.wall_us - before.wall_us - (now.counting_us - before.counting_us)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What the counting clock said, and how far the two had drifted apart by then."""

    counting_us: int
    drifted_us: int


class JumpWatch:
    """Compares each reading with the one before."""

    def __init__(self, first: ClockReading) -> None:
        self._before = first
        self._drifted_us = 0
        self._marks = [deque((_Mark(first.counting_us, 0),)) for _ in DRIFTS]
        self._told: deque[int] = deque(maxlen=MOST_AN_HOUR)
        self._held: tuple[e.ClockJumped, ...] = ()

    def look(self, reading: ClockReading, at_us: int, timed: tuple[str, ...]) -> tuple[Told, ...]:
        """Return what happened since the last look; ``timed`` are the sessions it concerns."""
        before, self._before = self._before, reading
        passed_us = reading.counting_us - before.counting_us
        if before.boot != reading.boot or passed_us < 0:
            self._forget_drift(reading)
            return ()
        found: list[Told] = [*_zone_changed(before, reading, at_us)]
        parted = parted_us(before, reading)
        if is_healthy(parted, passed_us):
            found += self._drift(parted, reading, at_us, timed)
        else:
            self._held += (jump(before, reading, at_us, timed),)
        return (*found, *self._let_out(reading))

    def _let_out(self, reading: ClockReading) -> tuple[e.ClockJumped, ...]:
        """Return the jumps that may be told now; what is held for an hour comes out as one."""
        full = len(self._told) == MOST_AN_HOUR and reading.counting_us - self._told[0] < HOUR_US
        if not self._held or full:
            return ()
        held, self._held = self._held, ()
        self._told.append(reading.counting_us)
        return (_in_one(held),)

    def _drift(
        self, parted: int, reading: ClockReading, at_us: int, timed: tuple[str, ...]
    ) -> tuple[e.ClockDrifted, ...]:
        """Add up what the clocks parted, and return a drift where it is too much for its time."""
        self._drifted_us += parted
        now = _Mark(reading.counting_us, self._drifted_us)
        for marks, (over_us, most_us) in zip(self._marks, DRIFTS, strict=True):
            found = (mark for mark in marks if _is_drift(mark, now, over_us, most_us))
            since = next(found, None)
            if since is not None:
                self._forget_drift(reading)
                return (_drift(since, now, reading, at_us, timed),)
            _slide(marks, now, over_us)
        return ()

    def _forget_drift(self, reading: ClockReading) -> None:
        """Begin to add up anew."""
        self._drifted_us = 0
        self._marks = [deque((_Mark(reading.counting_us, 0),)) for _ in DRIFTS]


def _is_drift(mark: _Mark, now: _Mark, over_us: int, most_us: int) -> bool:
    passed_us = max(over_us, now.counting_us - mark.counting_us)
    return abs(now.drifted_us - mark.drifted_us) > most_us * passed_us // over_us


def _slide(marks: deque[_Mark], now: _Mark, over_us: int) -> None:
    """Keep a few marks of the time that is looked back on, and no older ones."""
    if now.counting_us - marks[-1].counting_us >= over_us // _MARKS:
        marks.append(now)
    while now.counting_us - marks[0].counting_us > over_us and len(marks) > 1:
        marks.popleft()


def _drift(
    since: _Mark, now: _Mark, reading: ClockReading, at_us: int, timed: tuple[str, ...]
) -> e.ClockDrifted:
    return e.ClockDrifted(
        at_us=at_us,
        how=HowKnown.NOTICED,
        by_us=now.drifted_us - since.drifted_us,
        over_us=now.counting_us - since.counting_us,
        boot=reading.boot,
        sessions=timed,
    )


def jump(
    before: ClockReading, now: ClockReading, at_us: int, timed: tuple[str, ...], *, was_closed: bool = False
) -> e.ClockJumped:
    """Return the jump between two readings of one boot."""
    by_us = parted_us(before, now)
    return e.ClockJumped(
        at_us=at_us,
        how=HowKnown.NOTICED,
        by_us=by_us,
        from_us=now.wall_us - by_us,
        to_us=now.wall_us,
        boot=now.boot,
        was_closed=was_closed,
        sessions=timed,
    )


def _in_one(held: tuple[e.ClockJumped, ...]) -> e.ClockJumped:
    """Return some jumps as one, as far as all of them together."""
    if len(held) == 1:
        return held[0]
    by_us, last = sum(one.by_us for one in held), held[-1]
    timed = tuple(dict.fromkeys(name for one in held for name in one.sessions))
    return replace(last, by_us=by_us, from_us=last.to_us - by_us, times=len(held), sessions=timed)


def _zone_changed(before: ClockReading, now: ClockReading, at_us: int) -> tuple[e.ZoneChanged, ...]:
    if before.zone == now.zone:
        return ()
    changed = e.ZoneChanged(
        at_us=at_us,
        how=HowKnown.NOTICED,
        from_zone=before.zone,
        from_offset_s=before.offset_s,
        to_zone=now.zone,
        to_offset_s=now.offset_s,
    )
    return (changed,)


def since_closed(
    last: dict[str, ClockReading],
    log_last: ClockReading | None,
    now: ClockReading,
    at_us: int,
    *,
    is_behind: bool,
) -> tuple[Told, ...]:
    """Return what happened to the clocks while no program was open.

    ``last`` is what they said when each session that still needs moments was last touched, and
    ``log_last`` when something was last recorded of the clocks themselves.
    """
    here = {name: one for name, one in last.items() if is_same_run(one, now)}
    there = {name: one for name, one in last.items() if name not in here}
    found: list[Told] = [*_started_anew(there, now, at_us, is_behind=is_behind)]
    known = [*here.values()]
    known += [log_last] if log_last is not None and is_same_run(log_last, now) else []
    newest = max(known, key=lambda one: one.counting_us, default=None)
    if newest is None:
        return tuple(found)
    passed_us = now.counting_us - newest.counting_us
    if not is_healthy(parted_us(newest, now), passed_us):
        found.append(jump(newest, now, at_us, tuple(here), was_closed=True))
    return (*found, *_zone_changed(newest, now, at_us))


def _started_anew(
    there: dict[str, ClockReading], now: ClockReading, at_us: int, *, is_behind: bool
) -> tuple[Told, ...]:
    """Return what is to be said of sessions that were last touched in another start of the computer."""
    if not there:
        return ()
    last = max(there.values(), key=lambda one: one.present_us)
    if is_behind:
        behind = e.ClockBehind(
            at_us=at_us,
            how=HowKnown.NOTICED,
            record_us=last.present_us,
            wall_us=now.wall_us,
            boot=now.boot,
            sessions=tuple(there),
        )
        return (behind,)
    restarted = e.ClockRestarted(
        at_us=at_us,
        how=HowKnown.NOTICED,
        record_us=last.present_us,
        wall_us=now.wall_us,
        from_boot=last.boot,
        boot=now.boot,
        sessions=tuple(there),
    )
    return (restarted,)
