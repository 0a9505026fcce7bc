"""From the signature to the files: what was held, sealed and sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop_app.core.events.event import Event
from desktop_app.core.orders import Setting
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld(Event):
    """Billing waits for something; the reason says for what."""

    KIND = "session-held"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReleased(Event):
    KIND = "hold-released"


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

    KIND = "session-signed"

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
    setting: Setting | None = None
    """Who billed; none in events of before this was kept."""
    place_of_service: str = ""


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

    KIND = "batch-prepared"

    batch: str
    folder: str
    sessions: tuple[str, ...]
    lines: tuple[str, ...]
    files: tuple[BatchFile, ...]
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSent(Event):
    KIND = "batch-sent"

    batch: str
    note: str = ""
    """What had become of its files by the time this was recorded; empty when they stood as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAbandoned(Event):
    """A prepared batch never got its final name; its lines are unsent again."""

    KIND = "batch-abandoned"

    batch: str
    reason: str


VOID_MARK = ".void"
"""Ends the id of a row that takes a sent line back, where a correction leaves no line at all."""
