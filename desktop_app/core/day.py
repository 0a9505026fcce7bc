"""The day as billing sees it: where each of its sessions stands, what is left over, and the totals.

A session belongs to the day on which its patient sat down, on the wall of its own zone, and stands
in that day's list once::

    seated ... ended ... signed ... sent          a session on its way
    |------|   |-----|   |-----|   |---
    running    blocked   ready     sent           where it stands
               waiting   blocked   nothing to send
               held      held

Who is signed is blocked while nobody knows whether the batch went out that holds the lines. What
was seated by mistake and undone is no session; the list counts it, so that nothing is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import field
from enum import StrEnum

from desktop_app.core.ports import Listed
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.core.values import dataclass


class Standing(StrEnum):
    """Where a session is on its way to billing; each is at one place."""

    RUNNING = "still running"
    """The patient is here."""
    BLOCKED = "blocked"
    """Something stands in the way: of the signature, or of knowing whether its lines were sent."""
    WAITING = "waiting for review"
    HELD = "held"
    """Kept from billing by somebody, with a reason."""
    READY = "ready"
    """Signed, and its lines are still to be sent."""
    SENT = "sent"
    NOTHING = "nothing to send"
    """Signed without a line, or every line was taken back."""


SETTLED = frozenset({Standing.SENT, Standing.NOTHING})
"""Nothing is left to do."""


class Fate(StrEnum):
    """What became of the lines of a signed session."""

    DUE = "due"
    CORRECTION = "correction"
    """Due, in the place of lines that are known to have gone out earlier."""
    TAKING_BACK = "taking back"
    """Due: lines that went out earlier are taken back, and none stand in their place."""
    OPENED = "opened again"
    """Lines went out earlier, and nothing is due before it is signed anew."""
    SENT = "sent"
    IN_DOUBT = "in doubt"
    """They are in a batch of which nobody knows yet whether it went out."""
    NOTHING = "nothing"
    """There is none, and none that went out earlier stands."""


DUE = frozenset({Fate.DUE, Fate.CORRECTION, Fate.TAKING_BACK})
"""Something is left to send."""
IN_DOUBT_WORDS = "its batch was written, and that it was sent is not recorded yet"


@dataclass(frozen=True, slots=True)
class Told:
    """What the coder says of a session as it is on record; of a signed one what was sealed."""

    lines: int
    billable_hours: int
    infused_minutes: int
    blocker: str = ""
    """The first thing in the way of its signature, as a sentence; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session of the day's list."""

    session: Session
    standing: Standing
    why: str
    """What blocks or holds it; empty where nothing does."""
    told: Told
    fate: Fate | None = None
    """What became of its lines; none before the first signature."""


@dataclass(frozen=True, slots=True)
class Totals:
    """A day in numbers: the sums of its list."""

    sessions: int = 0
    signed: int = 0
    blocked: int = 0
    lines: int = 0
    billable_hours: int = 0
    infused_minutes: int = 0
    standings: Counter[Standing] = field(default_factory=Counter)
    """How many stand where."""
    unsigned_lines: int = 0
    """How many of the lines nobody has signed yet."""
    running: int = 0
    """In how many sessions something runs still: its lines and hours are in none of the sums."""


FateOf = Callable[[Session], Fate]
ToldOf = Callable[[Session], Told]


def day_list(sessions: Iterable[Session], fate_of: FateOf, told_of: ToldOf) -> tuple[Entry, ...]:
    """Return the list of some sessions, oldest first; only what was never one is not in it."""
    real = [session for session in sessions if session.stage is not Stage.CANCELLED]
    return tuple(entry_of(session, fate_of, told_of) for session in sessions_by_age(real))


def entry_of(session: Session, fate_of: FateOf, told_of: ToldOf) -> Entry:
    """Return one session with where it stands and why."""
    told = told_of(session)
    fate = fate_of(session) if session.signatures else None
    standing, why = standing_of(session, fate if session.signature else None, told.blocker)
    return Entry(session, standing, why, told, fate)


def standing_of(session: Session, fate: Fate | None, blocker: str) -> tuple[Standing, str]:
    """Return where a session stands, and what blocks or holds it."""
    if session.stage is Stage.OPEN:
        return Standing.RUNNING, ""
    if fate is not None:
        return _standing_of_signed(session, fate)
    if session.hold_reason:
        return Standing.HELD, session.hold_reason
    return (Standing.BLOCKED, blocker) if blocker else (Standing.WAITING, "")


def _standing_of_signed(session: Session, fate: Fate) -> tuple[Standing, str]:
    if fate is Fate.IN_DOUBT:
        return Standing.BLOCKED, IN_DOUBT_WORDS
    if fate not in DUE:
        return (Standing.SENT if fate is Fate.SENT else Standing.NOTHING), ""
    return (Standing.HELD, session.hold_reason) if session.hold_reason else (Standing.READY, "")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A session of an earlier day that is not settled, as the journal lists it, and where it stands."""

    listed: Listed
    standing: Standing
    why: str


def listed_standing(listed: Listed) -> tuple[Standing, str] | None:
    """Return where an open session stands as far as its row tells; None where it has to be looked into."""
    if listed.stage is Stage.OPEN:
        return Standing.RUNNING, ""
    if listed.hold_reason:
        return Standing.HELD, listed.hold_reason
    return (Standing.READY, "") if listed.stage is Stage.SIGNED else None


def totals_of(entries: Iterable[Entry]) -> Totals:
    """Return the sums of a list."""
    listed = list(entries)
    standings = Counter(entry.standing for entry in listed)
    return Totals(
        sessions=len(listed),
        signed=sum(1 for entry in listed if entry.session.signature is not None),
        blocked=standings[Standing.BLOCKED],
        lines=sum(entry.told.lines for entry in listed),
        billable_hours=sum(entry.told.billable_hours for entry in listed),
        infused_minutes=sum(entry.told.infused_minutes for entry in listed),
        standings=standings,
        unsigned_lines=sum(entry.told.lines for entry in listed if entry.session.signature is None),
        running=sum(1 for entry in listed if _runs(entry.session)),
    )


def _runs(session: Session) -> bool:
    return session.stage is Stage.OPEN and bool(session.open_services)
