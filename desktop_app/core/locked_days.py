"""The locks of days: what each day's own stream says, and what a locked day takes still.

From its lock on the sessions of a day stay as they are: no touch changes them, signs them, holds or
releases them, and nobody is seated on that day or moved to it. What is signed may go on to billing, and
what billing knows of a patient may be told still: neither changes a time or a line.

Each day has a stream of its own, so that of years of locked days only those are read that a touch is
about. What it takes to lock a day is decided in ``day_lock``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from desktop_app.core import events as e
from desktop_app.core.decisions import Decision, Refusal
from desktop_app.core.moments import local_date
from desktop_app.core.plans import Decided, Plan
from desktop_app.core.ports import Write
from desktop_app.core.session import SEATED, Session
from desktop_app.core.suite import DayState, Suite

TAKEN_STILL = (e.PatientShown, e.PatientRegistered, e.TimingNoted)
"""What a locked day takes: neither changes a time, a line or where a session stands."""


def state_of(suite: Suite, day: date) -> DayState:
    """Return whether a day is locked, as far as the suite knows it."""
    return suite.days.get(day) or DayState(day)


def of_day(suite: Suite, day: date, decision: Decision) -> Decided | Refusal:
    """Return a decision about a day as what is to be stored."""
    if isinstance(decision, Refusal):
        return decision
    return Decided((Write(e.day_stream(day), state_of(suite, day).version, decision),))


def keeping_locks(plan: Plan) -> Plan:
    """Return a touch that is refused where it would change a locked day, whatever else it decides."""

    def kept(suite: Suite) -> Decided | Refusal:
        decided = plan(suite)
        if isinstance(decided, Refusal) or not suite.days:
            return decided
        return _locked(suite.days, days_changed(suite, decided)) or decided

    return kept


def days_changed(suite: Suite, decided: Decided | Refusal) -> set[date]:
    """Return the days of which a touch would change a session, those it comes from and goes to."""
    writes = () if isinstance(decided, Refusal) else decided.writes
    return {day for write in writes for day in _days_of(suite, write)}


def _days_of(suite: Suite, write: Write) -> Iterator[date]:
    if not write.stream.startswith(e.SESSION_STREAM_PREFIX):
        return
    session = suite.sessions.get(write.stream.removeprefix(e.SESSION_STREAM_PREFIX))
    for event in write.events:
        if isinstance(event, TAKEN_STILL):
            continue
        if isinstance(event, e.PatientSeated):
            yield local_date(event.at_us, event.zone)
        if session is not None:
            yield session.day
            yield from _days_after(session, event)


def _days_after(session: Session, event: e.Event) -> Iterator[date]:
    """Yield the day to which an event would take a session, where it may be another."""
    if isinstance(event, e.MomentCorrected) and event.what == SEATED:
        yield local_date(event.to_us, session.zone)
    if isinstance(event, e.TouchUndone) and session.before is not None:
        yield session.before.day


def _locked(days: Mapping[date, DayState], changed: set[date]) -> Refusal | None:
    locked = [days[day] for day in sorted(changed) if day in days and days[day].is_locked]
    if not locked:
        return None
    return Refusal(f"{locked[0].day} is locked by {locked[0].by}: unlock the day with its reason first")


def fold_day(day: date, history: tuple[e.Recorded, ...]) -> DayState:
    """Replay what was recorded of a day, oldest first."""
    state = DayState(day)
    for recorded in history:
        state = evolve_day(state, recorded)
    return state


def evolve_day(state: DayState, recorded: e.Recorded) -> DayState:
    """Return a day after one more event. Raises ValueError for an event of another stream."""
    event, version = recorded.event, recorded.version
    if isinstance(event, e.DayLocked):
        return DayState(event.day, version, event.at_us, event.by, left_over=event.left_over)
    if isinstance(event, e.DayUnlocked):
        return replace(state, version=version, locked_us=None, by=event.by, reason=event.reason)
    message = f"event {recorded.id} ({event.KIND}) does not belong to a day"
    raise ValueError(message)
