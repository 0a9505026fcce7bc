"""What the sending of batches needs from outside: formats, layouts, what is due, and the batch itself."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.core.layouts import Layout
from desktop_app.core.values import dataclass
from desktop_app.ui.billing_ports import ExportResult

if TYPE_CHECKING:
    from desktop_app.ui.paper_ports import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A format to choose."""

    name: str
    title: str
    about: str
    has_layout: bool
    """Whether it is a table, written as a layout says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be sent, and as what."""

    sessions: tuple[str, ...]
    """By their ids, in their order."""
    formats: tuple[str, ...]
    layout: str
    """Of the tables among the formats."""
    again: bool = False
    """Whether lines that were sent go out once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What is to be known of a format before anything is sent."""

    format: str
    text: str
    """What is missing, in a sentence."""
    key: str = ""
    """The setting where it is said; empty where it is none."""
    session: str = ""
    """The first session that lacks it; empty where it is none's."""
    sessions: tuple[str, ...] = ()
    """Every session that keeps the others back."""
    keeps_back: bool = True
    """Whether nothing can be sent until it is there; else it is only told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come."""

    thousandths: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The beginning of one file as it would be written: a table, or lines of text."""

    format: str
    file: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    paper: Document | None = None
    """What it looks like, where it is a paper."""
    sessions: tuple[str, ...] = ()
    """Whose lines it shows, by their ids."""
    note: str = ""
    """What is to be known of it, in a sentence, or why there is nothing to show."""


class Due(Protocol):
    """What is due of some sessions, counted."""

    @property
    def sessions(self) -> int:
        """How many have something due."""
        ...

    @property
    def lines(self) -> int:
        """How many lines are due."""
        ...

    @property
    def corrected(self) -> int:
        """Of how many the lines take the place of others that were sent."""
        ...

    @property
    def taken_back(self) -> int:
        """Of how many all that was sent is taken back."""
        ...

    @property
    def sent_before(self) -> int:
        """How many go out once more."""
        ...


class Layouts(Protocol):
    """The layouts to choose from, and the way to keep the practice's own."""

    def all(self) -> Sequence[Layout]:
        """Return every layout, those of the program first."""
        ...

    def columns(self) -> Sequence[str]:
        """Return what a column can take, in the order of the canonical table."""
        ...

    def faults(self) -> Sequence[str]:
        """Return a sentence for each file that could not be read."""
        ...

    def is_own(self, name: str) -> bool:
        """Return whether a layout is the practice's own; the others cannot be changed."""
        ...

    def fault(self, layout: Layout) -> str:
        """Return in one sentence why a layout cannot be used as it is, or nothing."""
        ...

    def warnings(self, layout: Layout) -> Sequence[str]:
        """Return a sentence for each thing in a layout that is allowed and mostly a mistake."""
        ...

    def save(self, layout: Layout, instead_of: str = "") -> None:
        """Keep a layout durably, in the place of one of the practice's own where one is named.

        Raises JournalError with one sentence; nothing has changed then.
        """
        ...

    def delete(self, name: str) -> None:
        """Delete one of the practice's own. Raises JournalError with one sentence; it is still there then."""
        ...


class Sends(Protocol):
    """The way a batch is made of sessions."""

    @property
    def layouts(self) -> Layouts:
        """How tables may be laid out."""
        ...

    def offers(self) -> Sequence[Offer]:
        """Return every format."""
        ...

    def due(self, wanted: Wanted) -> Due:
        """Return what is due of the sessions."""
        ...

    def sessions_of(self, batch: str) -> tuple[str, ...]:
        """Return the ids of the sessions that went out in a batch, by its name."""
        ...

    def looking(self, wanted: Wanted) -> Generator[int, None, tuple[Lack, ...]]:
        """Look at the sessions one by one; return what is to be known before they are sent."""
        ...

    def table(self, layout: Layout, sessions: Sequence[str]) -> Shown:
        """Return how the first lines of some sessions would stand in a table, sent before or not."""
        ...

    def shown(self, wanted: Wanted) -> Sequence[Shown]:
        """Return the beginning of every file as it would be written. Nothing is sent."""
        ...

    def sending(self, wanted: Wanted, folder: Path) -> Generator[Progress, None, ExportResult]:
        """Write the batch whole, step by step; closed before its end, it leaves nothing behind.

        Raises ExportFailed or JournalError with one sentence; nothing was sent then.
        """
        ...


class Charges(Protocol):
    """What the practice charges for a unit of each code."""

    def told(self) -> str:
        """Return in a sentence what is charged, or why that cannot be read."""
        ...

    def take(self, file: Path, since: str, *, fewer: bool) -> str:
        """Take a table that holds from a day (ISO date) on; return what was taken, in a sentence.

        ``fewer`` says that it may end much of what is charged now. Raises CannotBeTaken with one
        sentence; the charges are as they were then.
        """
        ...


class CannotBeTaken(Exception):
    """A table of charges was not taken; ``str`` is one sentence for a person."""
