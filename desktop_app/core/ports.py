"""What the inside needs from outside, as protocols: clocks, identities, the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from desktop_app.core.events import Event, Recorded, Stamp
from desktop_app.core.moments import ClockReading
from desktop_app.core.session import Stage
from desktop_app.core.values import dataclass


class Clock(Protocol):
    """The workstation's clocks."""

    def now(self) -> ClockReading:
        """Read every clock once, as close together as the machine allows."""
        ...


class Identities(Protocol):
    """A source of new names that no other workstation will ever make."""

    def new(self) -> str:
        """Return a new name; names made later sort later."""
        ...


@dataclass(frozen=True, slots=True)
class Write:
    """Events for one stream, and the version the writer believes the stream to have (0: new)."""

    stream: str
    after_version: int
    events: tuple[Event, ...]


class JournalError(Exception):
    """The journal could not take or give events; ``str`` is one sentence for a person."""


class NotSaved(JournalError):
    """Nothing of this append is on disk; the same append may be tried again (disk full, busy)."""


class StaleVersion(JournalError):
    """Someone else has written to the stream since it was read; nothing was stored."""


class Emergency(Protocol):
    """A second place for touches that the journal cannot take now."""

    def keep(self, touch: str, writes: Sequence[Write], stamp: Stamp) -> bool:
        """Keep a touch that waits, durable on return; False where nothing takes it."""
        ...

    def settle(self, touch: str) -> None:
        """Forget a touch that waits no longer."""
        ...


class NotAllowed(JournalError):
    """Whoever works here may not do that; ``str`` says who may."""


class SecretRefused(JournalError):
    """A passphrase, PIN or badge cannot be taken; ``str`` says why and never which it was."""


class MustWait(JournalError):
    """Too many wrong tries: none is taken for a while. ``seconds`` says for how long.

    ``is_for_badges``: badges wait that were nobody's, and no person does.
    """

    def __init__(self, text: str, seconds: int, *, is_for_badges: bool = False) -> None:
        super().__init__(text)
        self.seconds = seconds
        self.is_for_badges = is_for_badges


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A session as the journal lists it: how far it has come, told without replaying it."""

    session: str
    stage: Stage
    chair: str
    mrn: str
    initials: str
    day: str
    """When the patient sat down, as an ISO date of the session's zone."""
    seated_us: int
    version: int
    """Of the signature in force; 0 without one."""
    lines: int
    """How many lines that signature has."""
    hold_reason: str


class Journal(Protocol):
    """The append-only record of everything that happened."""

    @property
    def origin(self) -> str:
        """The workstation and epoch whose events this journal records."""
        ...

    def append(self, writes: Sequence[Write], stamp: Stamp) -> tuple[Recorded, ...]:
        """Store all events of one touch, in all their streams, or none; return them as stored.

        Returns only after the events are durable on disk. Raises StaleVersion when a stream
        has moved on, NotSaved when the disk did not take them.
        """
        ...

    def load(self, stream: str) -> tuple[Recorded, ...]:
        """Return the events of one stream, oldest first; empty for an unknown stream."""
        ...

    def tail(self, stream: str, most: int) -> tuple[Recorded, ...]:
        """Return at most so many of the last events of one stream, oldest first; however long it is."""
        ...

    def since(self, origin_seq: int) -> Iterator[Recorded]:
        """Yield this workstation's events with a higher sequence number, oldest first."""
        ...

    def everything(self) -> Iterator[Recorded]:
        """Yield every event of this workstation, those before a restore too, oldest first."""
        ...

    def newest(self, kinds: Sequence[str], most: int) -> tuple[Recorded, ...]:
        """Return at most so many of this workstation's events of some kinds, newest first."""
        ...

    def head(self) -> str:
        """Return the hash of the last event, or the origin's first link when there is none."""
        ...

    def open_sessions(self) -> tuple[str, ...]:
        """Return the ids of sessions that are not settled: not yet signed, or signed and not yet sent."""
        ...

    def unsigned_sessions(self) -> tuple[str, ...]:
        """Return the ids of sessions that are not signed: the patient is here, or a signature is missing."""
        ...

    def unsettled(self, before: str = "") -> tuple[Listed, ...]:
        """Return the open sessions as they are listed, oldest first; those seated before a day, or all."""
        ...

    def all_sessions(self) -> tuple[str, ...]:
        """Return the ids of every session, oldest first."""
        ...

    def sessions_on(self, day: str) -> tuple[str, ...]:
        """Return the ids of the sessions seated on a day (ISO date, in the session's zone), oldest first."""
        ...

    def signed_since(self, at_us: int) -> tuple[str, ...]:
        """Return the ids of the sessions whose signature in force was given at an instant or later."""
        ...

    def found(self, text: str, most: int) -> tuple[str, ...]:
        """Return the ids of at most so many sessions by initials or a part of the MRN, newest first."""
        ...
