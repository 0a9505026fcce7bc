"""What can happen, in the past tense: the only facts the program keeps.

Each event is frozen and typed, and carries the stable word (``KIND``) and the ``SCHEMA``
number it is stored under; neither may ever change its meaning. A field added later needs a
default or an upcast in ``store/codec.py``. Instants are in microseconds since 1970 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from desktop_app.core.moments import ClockReading, HowKnown
from desktop_app.core.orders import Dose, Order, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. ``at_us`` says when, ``how`` says how that is known."""

    KIND: ClassVar[str]
    SCHEMA: ClassVar[int] = 1

    at_us: int
    how: HowKnown = HowKnown.PRESSED


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSeated(Event):
    """A patient took a chair: the session begins. Everything that decides its coding is fixed here."""

    KIND: ClassVar[str] = "patient-seated"

    chair: str
    mrn: str
    initials: str
    zone: str
    setting: Setting
    place_of_service: str = ""
    profile: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Rule options set for this session alone, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanned(Event):
    """A service was ordered for the session and waits for its start."""

    KIND: ClassVar[str] = "service-planned"

    service: str
    order: Order
    protocol: str = ""
    """The name of the protocol it was planned from; empty when it was ordered by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReordered(Event):
    """The services that wait for their start were put in another order."""

    KIND: ClassVar[str] = "plan-reordered"

    services: tuple[str, ...]
    """Every planned service, the next one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStarted(Event):
    """A running service began (an infusion, hydration, observation)."""

    KIND: ClassVar[str] = "service-started"

    service: str
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGiven(Event):
    """A service of one instant was given (a push, an injection, a flush, a tablet)."""

    KIND: ClassVar[str] = "service-given"

    service: str
    order: Order
    until_us: int | None = None
    """When a push with a charted length ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePaused(Event):
    KIND: ClassVar[str] = "service-paused"

    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResumed(Event):
    KIND: ClassVar[str] = "service-resumed"

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStopped(Event):
    KIND: ClassVar[str] = "service-stopped"

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopProposed(Event):
    """A second stop arrived; the first stands until a person corrects it."""

    KIND: ClassVar[str] = "stop-proposed"

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsSettled(Event):
    """The later stops of a service were answered: one was taken, or the first stands."""

    KIND: ClassVar[str] = "proposals-settled"

    service: str
    taken_us: int | None = None
    """Which later stop was taken; none where the first stands."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotWitnessed(Event):
    """Nobody saw the service stop, and nobody will claim to have."""

    KIND: ClassVar[str] = "stop-not-witnessed"

    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentCorrected(Event):
    """An instant was corrected with a reason. ``at_us`` is when the correction was made."""

    KIND: ClassVar[str] = "moment-corrected"

    service: str
    """Empty for a moment of the session itself."""
    what: str
    """``start``, ``stop``, ``pause`` or ``resume`` of a service; ``seated`` of the session."""
    index: int = 0
    """Which pause, counted from 0."""
    from_us: int
    to_us: int
    to_how: HowKnown
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRemoved(Event):
    """A stop was taken back: the service runs on from its first start."""

    KIND: ClassVar[str] = "stop-removed"

    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged(Event):
    """What was given was described anew (drug, planned minutes, flags); times stay as they are."""

    KIND: ClassVar[str] = "order-changed"

    service: str
    order: Order
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRecorded(Event):
    KIND: ClassVar[str] = "dose-recorded"

    service: str
    dose: Dose


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChanged(Event):
    KIND: ClassVar[str] = "rate-changed"

    service: str
    rate_ml_h: str
    """A decimal number as text, so that nothing is rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagChanged(Event):
    """A new bag of the same infusion; running time goes on."""

    KIND: ClassVar[str] = "bag-changed"

    service: str
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOpened(Event):
    """A further access site, with the reason an auditor will ask for."""

    KIND: ClassVar[str] = "site-opened"

    site: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    KIND: ClassVar[str] = "note-added"

    text: str
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderAcknowledged(Event):
    """Somebody saw what a service reminds of, and it falls silent until it is next due."""

    KIND: ClassVar[str] = "reminder-acknowledged"

    service: str
    reminder: str
    """What it reminds of, such as ``plan-end`` or ``vitals``: see ``core.reminders``."""
    due_us: int
    """When it was due: the next time it is due it speaks again."""


MRN = "mrn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientShown(Event):
    """Somebody looked at what is hidden of the patient. It changes nothing and cannot be undone."""

    KIND: ClassVar[str] = "patient-shown"

    what: str
    """What was looked at: ``MRN`` for the whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceVoided(Event):
    """A service that never happened was struck out; it stays readable."""

    KIND: ClassVar[str] = "service-voided"

    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairChanged(Event):
    KIND: ClassVar[str] = "chair-changed"

    chair: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchUndone(Event):
    """The last touch of the session was taken back, with all its events."""

    KIND: ClassVar[str] = "touch-undone"

    touch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    KIND: ClassVar[str] = "session-ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReopened(Event):
    """An ended or signed session was opened again for a change, with a reason."""

    KIND: ClassVar[str] = "session-reopened"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld(Event):
    """Billing waits for something; the reason says for what."""

    KIND: ClassVar[str] = "session-held"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReleased(Event):
    KIND: ClassVar[str] = "hold-released"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """A coded line as it was signed: sealed words and numbers, never computed again."""

    id: str
    """Stable for ever: the session, the signed version, the line's place in it."""
    code: str
    units: int
    modifiers: tuple[str, ...]
    kind: str
    date: date
    services: tuple[str, ...]
    drugs: tuple[str, ...]
    minutes: int | None
    start_us: int | None
    stop_us: int | None
    ndc: str
    why: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    ndc_quantity: Decimal | None = None
    ndc_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSigned(Event):
    """A person put their name to the lines. They are sealed with what they were made with."""

    KIND: ClassVar[str] = "session-signed"

    version: int
    """1 for the first signature, one more after each reopening."""
    rulebook: str
    profile: str
    head: str
    """The journal's last hash before this event."""
    lines: tuple[SignedLine, ...]
    not_billed: tuple[str, ...] = ()
    """One sentence for each service that is on no line."""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMade(Event):
    """An instant was stamped; what it was will be said later. On the suite's own stream."""

    KIND: ClassVar[str] = "mark-made"

    mark: str
    chair: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAssigned(Event):
    """A mark was given its meaning; the events it made stand in the session's stream."""

    KIND: ClassVar[str] = "mark-assigned"

    mark: str
    session: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReturned(Event):
    """The touch that gave a mark its meaning, or dropped it, was undone; the mark is open again."""

    KIND: ClassVar[str] = "mark-returned"

    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDropped(Event):
    KIND: ClassVar[str] = "mark-dropped"

    mark: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFile:
    """A file of a batch: its name in the batch folder and what it holds."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPrepared(Event):
    """These lines are about to be sent; told before the files get their final name.

    After a crash this event says which folder to look at: there it is whole, or nowhere.
    """

    KIND: ClassVar[str] = "batch-prepared"

    batch: str
    folder: str
    sessions: tuple[str, ...]
    lines: tuple[str, ...]
    files: tuple[BatchFile, ...]
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSent(Event):
    KIND: ClassVar[str] = "batch-sent"

    batch: str
    note: str = ""
    """What had become of its files by the time this was recorded; empty when they stood as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAbandoned(Event):
    """A prepared batch never got its final name; its lines are unsent again."""

    KIND: ClassVar[str] = "batch-abandoned"

    batch: str
    reason: str


KINDS: dict[str, type[Event]] = {
    kind.KIND: kind
    for kind in (
        PatientSeated,
        ServicePlanned,
        PlanReordered,
        ServiceStarted,
        ServiceGiven,
        ServicePaused,
        ServiceResumed,
        ServiceStopped,
        StopProposed,
        ProposalsSettled,
        StopNotWitnessed,
        MomentCorrected,
        StopRemoved,
        OrderChanged,
        DoseRecorded,
        RateChanged,
        BagChanged,
        SiteOpened,
        NoteAdded,
        ReminderAcknowledged,
        PatientShown,
        ServiceVoided,
        ChairChanged,
        TouchUndone,
        SessionEnded,
        SessionReopened,
        SessionHeld,
        HoldReleased,
        SessionSigned,
        MarkMade,
        MarkAssigned,
        MarkReturned,
        MarkDropped,
        BatchPrepared,
        BatchSent,
        BatchAbandoned,
    )
}
"""Every kind of event by its stable word."""

VOID_MARK = ".void"
"""Ends the id of a row that takes a sent line back, where a correction leaves no line at all."""

SUITE_STREAM = "suite"
EXPORT_STREAM = "exports"
SESSION_STREAM_PREFIX = "session/"


def session_stream(session: str) -> str:
    """Return the name of the stream that holds one session's events."""
    return SESSION_STREAM_PREFIX + session


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What is true of a whole touch: when it was recorded, by whom, and its own id."""

    touch: str
    actor: str
    reading: ClockReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as it stands in the journal."""

    id: str
    origin: str
    """The workstation (and epoch) that recorded it."""
    origin_seq: int
    """Gapless from 1 within an origin."""
    stream: str
    version: int
    """Gapless from 1 within a stream."""
    stamp: Stamp
    event: Event
    hash: str = field(default="", compare=False)
    previous_hash: str = field(default="", compare=False)
