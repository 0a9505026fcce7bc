"""What the screens need from outside, as protocols: the coder, the settings, the billing, the drugs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from desktop_app.coding.projection import Change
from desktop_app.coding.reasons import Coding
from desktop_app.core.desk import Action
from desktop_app.core.orders import Category
from desktop_app.core.session import Session


class Coder(Protocol):
    """Turns a session into lines: as recorded, and as it would be."""

    def as_recorded(self, session: Session) -> Coding:
        """Code what is recorded; an open stop stays open."""
        ...

    def if_stopped(self, session: Session, at_us: int) -> Coding:
        """Code the session as if every open service stopped at an instant."""
        ...

    def at_plan_end(self, session: Session, now_us: int) -> tuple[int, Coding] | None:
        """Code the session as it will be at its planned end; None without a plan."""
        ...

    def next_change(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines, if every open service stopped then, are next others; None for never."""
        ...

    def next_change_at_plan_end(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines at the planned end, seen from then, are next others; None for never."""
        ...

    def signing(self, session: Session, head: str) -> Action:
        """Return the action that seals the session's lines."""
        ...


class Settings(Protocol):
    """The settings by key, as text."""

    def get(self, key: str) -> str:
        """Return a setting's value."""
        ...

    def set(self, key: str, text: str) -> None:
        """Change a setting durably. Raises ValueError or JournalError with one sentence."""
        ...

    def chairs(self) -> tuple[str, ...]:
        """Return the names of the suite's chairs, in their order."""
        ...


class Drug(Protocol):
    """A drug or fluid to choose."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def brand(self) -> str:
        """Its brand; empty for a plain name."""
        ...

    @property
    def hcpcs(self) -> str:
        """Its billing code; empty without one."""
        ...

    @property
    def unit_amount(self) -> Decimal | None:
        """How much of ``unit`` one billing unit is."""
        ...

    @property
    def unit(self) -> str:
        """The unit of a dose."""
        ...

    @property
    def category(self) -> Category:
        """What kind of substance it is."""
        ...


class Drugs(Protocol):
    """The drugs and fluids to choose from."""

    def all(self) -> Sequence[Drug]:
        """Return every drug, in the table's order."""
        ...


class SentBatch(Protocol):
    """What one export sent."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def sent_us(self) -> int:
        """When it was sent."""
        ...

    @property
    def sessions(self) -> int:
        """How many sessions it holds."""
        ...

    @property
    def lines(self) -> int:
        """How many lines it holds."""
        ...

    @property
    def folder(self) -> str:
        """Where it lies."""
        ...

    @property
    def note(self) -> str:
        """What was done to its files before it was recorded as sent; usually nothing."""
        ...


class ExportResult(Protocol):
    """What an export wrote, and where."""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        ...

    @property
    def note(self) -> str:
        """What a person must know while it is not recorded as sent; empty when it is."""
        ...

    @property
    def sessions(self) -> int:
        """How many sessions it holds."""
        ...

    @property
    def lines(self) -> int:
        """How many lines it holds."""
        ...


class ExportFailed(Exception):
    """The export wrote nothing; ``str`` is one sentence for a person."""


class Billing(Protocol):
    """The way signed lines leave the program."""

    def ready(self) -> Sequence[Session]:
        """Return the sessions that are signed and not yet sent, oldest first."""
        ...

    def export(self, sessions: Sequence[str] | None, folder: Path) -> ExportResult:
        """Write the batch whole, or raise ExportFailed and write nothing; None sends all that are ready."""
        ...

    def payers(self) -> Sequence[tuple[str, str]]:
        """Return the payer profiles that fit who bills, by name, each with its title; first the usual one."""
        ...

    def sent_batches(self) -> Sequence[SentBatch]:
        """Return what was sent, newest first."""
        ...
