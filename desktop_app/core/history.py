"""What was recorded of a session, told again: each event, and every value that each moment has had.

Nothing is kept for this: it is read off the journal whenever somebody asks. A moment's values
are found by replaying the session and looking at the moment after each event, so that a
correction, a stop taken back and an undo all show, each with who did it, when and why::

    08:54:00  as on the pump   AK, recorded 09:12:40, "pump log"
    08:56:07  pressed          AK, recorded 08:56:07            struck out: corrected
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.core import events as e
from desktop_app.core.fold import evolve
from desktop_app.core.moments import Moment
from desktop_app.core.service import moment_named
from desktop_app.core.session import SEATED, Session
from desktop_app.core.values import dataclass

CORRECTED, TAKEN_BACK, UNDONE = "corrected", "taken back", "undone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a session, and whether it was undone."""

    recorded: e.Recorded
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value a moment had. ``ended`` is how it ceased to hold; empty while it stands."""

    moment: Moment
    reason: str = ""
    ended: str = ""
    ended_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is the value in force."""
        return not self.ended


def entries(history: Iterable[e.Recorded]) -> tuple[Entry, ...]:
    """Return every event of a session, newest first."""
    told = list(history)
    undone = {recorded.event.touch for recorded in told if isinstance(recorded.event, e.TouchUndone)}
    return tuple(Entry(recorded, recorded.stamp.touch in undone) for recorded in reversed(told))


def values_of(history: Iterable[e.Recorded], service: str, what: str, index: int = 0) -> tuple[Value, ...]:
    """Return every value that a start, stop, pause or resume of a service ever had, newest first.

    Of the session itself, named by no service, the seating is told.

    None stands where the moment is gone: a stop that was taken back, a start that was undone.
    """
    values: list[Value] = []
    session: Session | None = None
    before: Moment | None = None
    for recorded in history:
        session = evolve(session, recorded)
        after = _moment(session, service, what, index)
        if after != before:
            values = _changed(values, after, recorded)
        before = after
    return tuple(reversed(values))


def _moment(session: Session, service: str, what: str, index: int) -> Moment | None:
    if what == SEATED and not service:
        return session.seated
    found = session.service(service)
    return moment_named(found, what, index) if found else None


def _changed(values: list[Value], after: Moment | None, recorded: e.Recorded) -> list[Value]:
    ended, why = _ending(recorded.event)
    closed = [replace(v, ended=ended, ended_why=why) if v.stands else v for v in values]
    if after is None:
        return closed
    if ended != UNDONE:
        return [*closed, Value(moment=after, reason=_reason(recorded.event))]
    # An undo brings an earlier value back: the one that stands again is told last.
    back = next((v for v in reversed(closed) if v.moment == after), Value(moment=after))
    return [*(v for v in closed if v is not back), replace(back, ended="", ended_why="")]


def _ending(event: e.Event) -> tuple[str, str]:
    match event:
        case e.TouchUndone():
            return UNDONE, ""
        case e.StopRemoved(reason=reason):
            return TAKEN_BACK, reason
    return CORRECTED, ""


def _reason(event: e.Event) -> str:
    return event.reason if isinstance(event, e.MomentCorrected) else ""
