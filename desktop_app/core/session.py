"""One patient's stay, from seated to signed, folded from its events.

``evolve`` is the only way a session comes to be or changes: replaying the same events gives
the same session, today and in ten years.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from desktop_app.core.events import SignedLine, Trouble
from desktop_app.core.moments import ClockReading, Moment, local_date
from desktop_app.core.orders import Setting
from desktop_app.core.people import NOTHING_KNOWN, Registration
from desktop_app.core.service import Correction, Service
from desktop_app.core.values import dataclass

SEATED = "seated"
"""The moment of a session that is of no service."""


class Stage(StrEnum):
    """How far a session has come."""

    OPEN = "open"
    ENDED = "ended"
    SIGNED = "signed"
    CANCELLED = "cancelled"
    """Seated by mistake and undone; nothing happened."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines a person signed, and what they were made with."""

    at: Moment
    version: int
    rulebook: str
    profile: str
    head: str
    lines: tuple[SignedLine, ...]
    not_billed: tuple[str, ...]
    findings: tuple[str, ...]
    setting: Setting | None = None
    """Who billed when it was signed; none in what was signed before this was kept."""
    place_of_service: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Free text of a session or of one of its services."""

    at: Moment
    text: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A further access site and the reason for it."""

    name: str
    at: Moment
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """A change of chair; every timer went on."""

    at: Moment
    from_chair: str
    to_chair: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A reminder that was seen: of which service, what it reminds of, and when it had been due."""

    service: str
    reminder: str
    due_us: int
    at: Moment


@dataclass(frozen=True, slots=True)
class TimingNote:
    """Something that happened to the clocks while the session was timed."""

    at_us: int
    what: Trouble
    from_us: int
    """What the wall would have shown; of another start of the computer the last instant on record."""
    to_us: int
    """What it showed."""

    @property
    def by_us(self) -> int:
        """By how much the wall was off: later is positive."""
        return self.to_us - self.from_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One patient's stay. Frozen: every touch makes a new one."""

    id: str
    version: int
    chair: str
    mrn: str
    initials: str
    zone: str
    setting: Setting
    place_of_service: str
    profile: str
    options: tuple[tuple[str, str], ...]
    seated: Moment
    seating_corrections: tuple[Correction, ...] = ()
    """How the time of the seating was corrected, oldest first."""
    stage: Stage = Stage.OPEN
    services: tuple[Service, ...] = ()
    sites: tuple[Site, ...] = ()
    notes: tuple[Note, ...] = ()
    moves: tuple[Move, ...] = ()
    """The chairs the patient has changed to, oldest first."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """The reminders that were seen, oldest first."""
    ended: Moment | None = None
    hold_reason: str = ""
    registration: Registration = NOTHING_KNOWN
    """What billing knows of the patient, the providers, the diagnoses and the payer."""
    reopened: tuple[Note, ...] = ()
    signatures: tuple[Signature, ...] = ()
    timing_notes: tuple[TimingNote, ...] = ()
    """What happened to the clocks while it was timed, oldest first."""
    touch: str = ""
    """The touch that made this session what it is; the next undo takes it back."""
    touch_seq: int = 0
    """The place of that touch in the workstation's journal; 0 when nothing can be undone."""
    touch_reading: ClockReading | None = None
    """What the clocks said when that touch was recorded."""
    touch_said: tuple[str, ...] = ()
    """The kinds of that touch's events."""
    before: Session | None = field(default=None, repr=False, compare=False)
    """The session as it was before that touch."""

    def service(self, service_id: str) -> Service | None:
        """Return the service of that id, or None."""
        return next((service for service in self.services if service.id == service_id), None)

    @property
    def open_services(self) -> tuple[Service, ...]:
        """The services that run or are paused: each still needs a stop."""
        return tuple(service for service in self.services if service.is_open)

    @property
    def missing_stops(self) -> tuple[Service, ...]:
        """The open services that must get a stop before signing: all but pumps that go home running."""
        return tuple(service for service in self.open_services if not service.order.goes_home_running)

    @property
    def needs_time(self) -> bool:
        """Whether moments are still to come: the patient is here, or a stop is missing."""
        return self.stage is Stage.OPEN or (self.stage is Stage.ENDED and bool(self.missing_stops))

    def has_ended_before(self, at_us: int) -> bool:
        """Return whether an instant lies after the end: the patient had left."""
        return self.ended is not None and at_us > self.ended.at_us

    @property
    def begun_services(self) -> tuple[Service, ...]:
        """The services that were started or given, in the order they were entered."""
        return tuple(service for service in self.services if service.has_begun)

    @property
    def signature(self) -> Signature | None:
        """The signature in force; None when unsigned or reopened."""
        return self.signatures[-1] if self.stage is Stage.SIGNED else None

    @property
    def next_service_id(self) -> str:
        """The lowest number not yet used as a service's id."""
        taken = {service.id for service in self.services}
        return next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)

    @property
    def last_moment_us(self) -> int:
        """The latest instant at which anything happened to the patient."""
        moments = (service.last_moment_us for service in self.services if not service.void_reason)
        return max([self.seated.at_us, *(us for us in moments if us is not None)])

    @property
    def day(self) -> date:
        """The day the session belongs to: when the patient sat down, on the wall of its zone."""
        return local_date(self.seated.at_us, self.zone)

    def is_of_day(self, day: date, zone: str) -> bool:
        """Whether the patient was seated on a day of a zone, or the session was signed on it."""
        moments = [self.seated] if self.signature is None else [self.seated, self.signature.at]
        return any(local_date(moment.at_us, zone) == day for moment in moments)

    @property
    def first_moment_us(self) -> int | None:
        """The earliest instant at which anything happened after the seating; None while nothing has."""
        starts = [s.start.at_us for s in self.services if s.start and not s.void_reason]
        moments = [*(move.at for move in self.moves), *(site.at for site in self.sites)]
        moments += [self.ended] if self.ended else []
        return min([*starts, *(moment.at_us for moment in moments)], default=None)

    def with_service(self, changed: Service) -> Session:
        """Return the session with one service replaced, or added at the end."""
        if self.service(changed.id) is None:
            return replace(self, services=(*self.services, changed))
        return replace(self, services=tuple(changed if s.id == changed.id else s for s in self.services))


def sessions_by_age(sessions: Iterable[Session]) -> list[Session]:
    """Return sessions in the order they were seated."""
    return sorted(sessions, key=lambda session: (session.seated.at_us, session.id))
