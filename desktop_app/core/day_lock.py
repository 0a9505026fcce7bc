"""Deciding whether a day is locked, and unlocked again.

A day is locked once nobody of it sits in a chair any more, so that a lock never keeps a timer from
its stop. What it leaves over (not signed, or held) is told, and has to be confirmed by whoever locks it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_app.core import events as e
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.locked_days import state_of
from desktop_app.core.moments import local_date
from desktop_app.core.recordable import line_fault, unheld, unheld_line
from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Suite
from desktop_app.core.told import chairs_words
from desktop_app.core.values import dataclass

LONGEST_INITIALS = 40

IsDue = Callable[[Session], bool]
"""Says whether a signed session has something left to send."""


def always_due(_session: Session) -> bool:
    """Take every signed session for one that is not sent."""
    return True


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What a day would be locked with: sessions by what they wait for."""

    running: tuple[Session, ...] = ()
    unsigned: tuple[Session, ...] = ()
    held: tuple[Session, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of all that a lock would leave over."""
        return tuple(session.id for session in (*self.unsigned, *self.held))

    @property
    def words(self) -> str:
        """How many are left over for what, for example: 1 not signed, 2 held."""
        told = ((len(self.unsigned), "not signed"), (len(self.held), "held"))
        return ", ".join(f"{count} {what}" for count, what in told if count)


def left_over(suite: Suite, day: date, is_due: IsDue = always_due) -> LeftOver:
    """Return what a day of the suite still waits for; every session of the day must be at hand."""
    found = [session for session in suite.sessions.values() if session.day == day]
    ended = [session for session in found if session.stage is Stage.ENDED]
    signed = [s for s in found if s.stage is Stage.SIGNED and s.hold_reason and is_due(s)]
    return LeftOver(
        running=tuple(session for session in found if session.stage is Stage.OPEN),
        unsigned=tuple(session for session in ended if not session.hold_reason),
        held=(*(session for session in ended if session.hold_reason), *signed),
    )


def lock_day(
    suite: Suite,
    when: When,
    *,
    day: date,
    zone: str,
    by: str,
    is_confirmed: bool,
    is_due: IsDue = always_due,
) -> Decision:
    """Decide to lock a day; where something is left over that has to be confirmed."""
    state, left = state_of(suite, day), left_over(suite, day, is_due)
    if state.is_locked:
        return Refusal(f"{day} is locked already, by {state.by}")
    if day > local_date(when.now_us, zone):
        return Refusal(f"{day} has not come yet")
    if refusal := _nameless(by, "locked"):
        return refusal
    if left.running:
        where = chairs_words(sorted((session.chair for session in left.running), key=suite.place_of))
        return Refusal(f"somebody of that day is still here, in {where}: end the session first")
    if left.names and not is_confirmed:
        return Refusal(f"something of that day is left over ({left.words}): settle it, or confirm the lock")
    return (e.DayLocked(at_us=when.at_us, how=when.how, day=day, by=by.strip(), left_over=left.names),)


def unlock_day(suite: Suite, when: When, *, day: date, by: str, reason: str) -> Decision:
    """Decide to let the sessions of a locked day be changed again, with the reason."""
    if not state_of(suite, day).is_locked:
        return Refusal(f"{day} is not locked")
    if refusal := _nameless(by, "unlocked"):
        return refusal
    if not reason.strip():
        return Refusal("unlocking a day needs its reason")
    if refusal := unheld_line("the reason", reason):
        return refusal
    return (e.DayUnlocked(at_us=when.at_us, how=when.how, day=day, by=by.strip(), reason=reason.strip()),)


def _nameless(by: str, done: str) -> Refusal | None:
    if not by.strip():
        return Refusal(f"a day is {done} with the initials of who does it")
    return unheld(line_fault("the initials", by, longest=LONGEST_INITIALS))
