"""Deciding about the clocks: what the program noticed, what somebody has seen, what the true time was.

What was noticed goes onto the clocks' own stream, and into the history of every session that was timed
meanwhile. No reading and no moment is changed by any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop_app.core import events as e
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.jump_watch import Told
from desktop_app.core.moments import HOUR_US, ClockReading, instant_us, local_time, told_twice
from desktop_app.core.plans import Decided, Plan
from desktop_app.core.ports import Write
from desktop_app.core.recordable import line_fault, unheld, unheld_line
from desktop_app.core.session import Stage
from desktop_app.core.steady import is_healthy
from desktop_app.core.suite import Suite

LONGEST_BY = 40
FARTHEST_US = 20 * 366 * 24 * HOUR_US
"""A clock with an empty battery shows a year long past; what is farther off is a slip of the hand."""


def noting(told: tuple[Told, ...]) -> Plan:
    """Return the touch that records what happened to the clocks, and of which sessions it is to be known."""
    notes: dict[str, tuple[e.Event, ...]] = {}
    for event in told:
        for name in getattr(event, "sessions", ()):
            notes[name] = (*notes.get(name, ()), _note(event))
    return lambda suite: _recorded(suite, told, notes)


def _recorded(suite: Suite, told: tuple[e.Event, ...], notes: Mapping[str, tuple[e.Event, ...]]) -> Decided:
    """Return what goes onto the clocks' own stream and into the histories of who is not signed by now."""
    sessions = ((name, suite.sessions.get(name)) for name in notes)
    writes = (
        Write(e.session_stream(name), session.version, notes[name])
        for name, session in sessions
        if session is not None and session.stage in {Stage.OPEN, Stage.ENDED}
    )
    return Decided((Write(e.CLOCK_STREAM, suite.clock.version, told), *writes))


def _note(event: Told) -> e.TimingNoted:
    """Return what of it stands in a session's own history. Raises TypeError for what concerns none."""
    what, from_us, to_us = _told(event)
    return e.TimingNoted(at_us=event.at_us, how=event.how, what=what, from_us=from_us, to_us=to_us)


def _told(event: Told) -> tuple[e.Trouble, int, int]:
    match event:
        case e.ClockJumped(from_us=from_us, to_us=to_us):
            return e.Trouble.JUMPED, from_us, to_us
        case e.ClockDrifted(at_us=at_us, by_us=by_us):
            return e.Trouble.DRIFTED, at_us, at_us + by_us
        case e.ClockBehind(record_us=from_us, wall_us=to_us):
            return e.Trouble.BEHIND, from_us, to_us
        case e.ClockRestarted(record_us=from_us, wall_us=to_us):
            return e.Trouble.RESTARTED, from_us, to_us
    message = f"{event.KIND} concerns no session"
    raise TypeError(message)


def seeing(when: When) -> Plan:
    """Return the touch that says that somebody has read all that is told of the clocks."""

    def plan(suite: Suite) -> Decided | Refusal:
        unseen = suite.clock.unseen
        if not unseen:
            return Refusal("all that is told of the clock was seen already")
        seen = e.ClockSeen(at_us=when.at_us, how=when.how, up_to=unseen[-1].version)
        return Decided((Write(e.CLOCK_STREAM, suite.clock.version, (seen,)),))

    return plan


def telling_true_time(when: When, reading: ClockReading, true_us: int, *, known: str, by: str) -> Plan:
    """Return the touch that says what time it truly is, how that is known, and who says so.

    Who is timed goes on as before, and has it noted where the two times are not the same.
    """

    def plan(suite: Suite) -> Decided | Refusal:
        if refusal := _untold(reading, true_us, known=known, by=by):
            return refusal
        off = e.TimingNoted(
            at_us=when.at_us, how=when.how, what=e.Trouble.OFF, from_us=true_us, to_us=when.at_us
        )
        is_off = not is_healthy(off.by_us, 0)
        timed = tuple(s.id for s in suite.sessions.values() if s.needs_time and is_off)
        told = e.TrueTimeTold(
            at_us=when.at_us,
            how=when.how,
            true_us=true_us,
            wall_us=reading.wall_us,
            counting_us=reading.counting_us,
            boot=reading.boot,
            known=known.strip(),
            by=by.strip(),
            sessions=timed,
        )
        return _recorded(suite, (told,), dict.fromkeys(timed, (off,)))

    return plan


def _untold(reading: ClockReading, true_us: int, *, known: str, by: str) -> Refusal | None:
    """Refuse what is not fully told, or cannot be meant."""
    if not known.strip():
        return Refusal("the true time needs a word on how it is known, such as radio clock")
    if not by.strip():
        return Refusal("the true time is told with the initials of who says so")
    if abs(reading.wall_us - true_us) > FARTHEST_US:
        return Refusal("that is more than twenty years from what the clock shows")
    fault = line_fault("the initials", by, longest=LONGEST_BY)
    return unheld_line("how the time is known", known) or unheld(fault)


def read_true_time(text: str, near_us: int, zone: str) -> int | None:
    """Return the instant of a time such as 09:31:05, the one nearest to what the clock shows.

    With its day, 2026-03-02T09:31:05, it may be any. None where it is no time, or one that the zone's
    clock shows twice and that does not say which.
    """
    try:
        given = datetime.fromisoformat(text.strip()) if "-" in text else _on_day(text, near_us, zone)
    except ValueError:
        return None
    at_us = instant_us(given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone)))
    return at_us if given.tzinfo or not told_twice(at_us, zone) else None


def _on_day(text: str, near_us: int, zone: str) -> datetime:
    told = time.fromisoformat(text.strip().zfill(5))
    near = local_time(near_us, zone)
    days = (near.date() + timedelta(days=off) for off in (-1, 0, 1))
    moments = [datetime.combine(day, told, near.tzinfo) for day in days]
    return min(moments, key=lambda one: abs(instant_us(one) - near_us)).replace(tzinfo=None)
