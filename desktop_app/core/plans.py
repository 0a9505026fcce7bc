"""Touches as they can be decided against any suite: what each comes to, in every stream it writes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_app.core import events as e
from desktop_app.core.corrections import undo_touch
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.downtime import begin_downtime, end_downtime, take_downtime_back
from desktop_app.core.marks import give_meaning, mark_instant, open_mark, return_marks, take_mark_back
from desktop_app.core.outages import Outage
from desktop_app.core.ports import Write
from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Mark, Suite, Touched
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Decided:
    """What a touch comes to: its events for each stream, and the session it is about."""

    writes: tuple[Write, ...]
    session: str = ""

    @property
    def events(self) -> tuple[e.Event, ...]:
        """Every event, in order."""
        return tuple(event for write in self.writes for event in write.events)


Plan = Callable[[Suite], Decided | Refusal]
"""A touch, its instant included, that can be decided against any suite."""


def of_session(session: str, version: int, decision: Decision) -> Decided | Refusal:
    """Return a decision of a session as what is to be stored."""
    if isinstance(decision, Refusal):
        return decision
    return Decided((Write(e.session_stream(session), version, decision),), session)


def of_suite(suite: Suite, decision: Decision) -> Decided | Refusal:
    """Return a decision about a mark as what is to be stored."""
    if isinstance(decision, Refusal):
        return decision
    return Decided((Write(e.SUITE_STREAM, suite.marks_version, decision),))


def acting(session: str, decide: Callable[[Suite, Session, When], Decision], when: When) -> Plan:
    """Return the touch that asks something of a session."""

    def plan(suite: Suite) -> Decided | Refusal:
        found = suite.sessions.get(session)
        if found is None:
            return Refusal(f"there is no session {session}")
        return of_session(session, found.version, decide(suite, found, when))

    return plan


def assigning(
    mark: str, session: str, meaning: str, action: Callable[[Session, When], Decision], now_us: int
) -> Plan:
    """Return the touch that gives a mark its meaning: an action at the marked instant."""

    def plan(suite: Suite) -> Decided | Refusal:
        found, target = open_mark(suite, mark), suite.sessions.get(session)
        if isinstance(found, Refusal):
            return found
        if target is None:
            return Refusal(f"there is no session {session}")
        at = mark_instant(found, now_us)
        meant = give_meaning(found, at, session=session, meaning=meaning)
        return _beside(suite, of_session(session, target.version, action(target, at)), meant)

    return plan


def beginning_downtime(when: When, *, outage: str, system: str, zone: str) -> Plan:
    """Return the touch that says that a record system went away."""
    return lambda suite: of_suite(suite, begin_downtime(suite, when, outage=outage, system=system, zone=zone))


def ending_downtime(when: When, *, zone: str) -> Plan:
    """Return the touch that says that the record system is back."""
    return lambda suite: of_suite(suite, end_downtime(suite, when, zone=zone))


def undoing(touched: Touched, when: When) -> Plan:
    """Return the touch that takes back the last touch of a session, a mark or a downtime, and no other."""
    if isinstance(touched, Outage):
        return lambda suite: _outage_undone(suite, touched, when)
    if isinstance(touched, Mark):
        return lambda suite: _mark_undone(suite, touched.id, when)
    return lambda suite: _session_undone(suite, touched.id, touched.touch, when)


def _mark_undone(suite: Suite, mark: str, when: When) -> Decided | Refusal:
    found = suite.marks.get(mark)
    if found is None:
        return Refusal("there is nothing to undo")
    return of_suite(suite, take_mark_back(suite, when, mark=found))


def _outage_undone(suite: Suite, touched: Outage, when: When) -> Decided | Refusal:
    found = suite.outages.get(touched.id)
    if found is None or found.is_taken_back or (found.over is None) != (touched.over is None):
        return Refusal("what was to be taken back is not the last touch there any more")
    return of_suite(suite, take_downtime_back(suite, when, outage=found))


def _session_undone(suite: Suite, session: str, touch: str, when: When) -> Decided | Refusal:
    found = suite.sessions.get(session)
    if found is None or found.touch != touch:
        return Refusal("what was to be taken back is not the last touch there any more")
    if refusal := _undo_blocked(suite, found):
        return refusal
    decided = of_session(session, found.version, undo_touch(found, when))
    return _beside(suite, decided, return_marks(suite, when, touch=found.touch))


def _undo_blocked(suite: Suite, session: Session) -> Refusal | None:
    """Refuse an undo that would put two patients in one chair."""
    was = session.before
    if was is None or was.stage is not Stage.OPEN:
        return None
    occupant = suite.occupant(was.chair)
    if occupant is None or occupant.id == session.id:
        return None
    return Refusal(f"chair {was.chair} is taken by another patient now")


def _beside(suite: Suite, decided: Decided | Refusal, decision: Decision) -> Decided | Refusal:
    """Return a touch with what it does to marks, stored together."""
    marks = of_suite(suite, decision) if decision else None
    if isinstance(decided, Refusal) or marks is None:
        return decided
    return marks if isinstance(marks, Refusal) else replace(decided, writes=(*decided.writes, *marks.writes))
