"""What the screens need of billing, as protocols: what was sent, patients from files, papers, charges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.core.day import ToldOf
    from desktop_app.core.orders import Setting
    from desktop_app.core.record.chronicle import Record
    from desktop_app.core.registering import Came
    from desktop_app.ui.export.day_ports import Days
    from desktop_app.ui.export.ports import Charges, Sends
    from desktop_app.ui.paper_ports import Papers


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

    @property
    def by(self) -> str:
        """Who sent it."""
        ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """What its files are, for example CSV and X12."""
        ...

    @property
    def checksum(self) -> str:
        """The checksum of its manifest, which has those of its files."""
        ...

    @property
    def again(self) -> bool:
        """Whether lines in it had gone out before."""
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


class CannotBeRead(Exception):
    """A file of patients cannot be read; ``str`` is one sentence for a person."""


class PatientFile(Protocol):
    """A file from a registration system, read and not yet taken."""

    @property
    def patients(self) -> int:
        """How many patients it tells of."""
        ...

    def result(self) -> Came:
        """Return what comes of it before the first patient: what cannot be read, what tells of nobody."""
        ...

    def looking(self, came: Came) -> Iterator[int]:
        """Find out what would come of it, patient by patient, and record nothing."""
        ...

    def taking(self, came: Came) -> Iterator[int]:
        """Take it, patient by patient; each is on disk when its number is given. Raises JournalError."""
        ...


class ExportFailed(Exception):
    """The export wrote nothing; ``str`` is one sentence for a person."""


class Billing(Protocol):
    """The way signed lines leave the program, and what is told of patients and payers for them."""

    @property
    def papers(self) -> Papers:
        """What can be printed."""
        ...

    @property
    def sends(self) -> Sends:
        """The way batches are made of them."""
        ...

    @property
    def record(self) -> Record:
        """Everything that was ever recorded, to look back at."""
        ...

    def days(self, told_of: ToldOf) -> Days:
        """Return the lists of days, with what a coder tells of each session."""
        ...

    @property
    def charges(self) -> Charges:
        """What the practice charges."""
        ...

    def payers(self, setting: Setting | None = None) -> Sequence[tuple[str, str]]:
        """Return the payer profiles for a setting, by name, each with its title; first the usual one.

        Without a setting they are those that fit who bills.
        """
        ...

    def read_patients(self, path: Path) -> PatientFile:
        """Return a file from a registration system as it was read.

        Raises CannotBeRead with one sentence; nothing has changed then, nor when it was read.
        """
        ...

    def sent_batches(self) -> Sequence[SentBatch]:
        """Return what was sent, newest first."""
        ...
