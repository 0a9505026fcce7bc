"""What every format is told of the batch it is part of: its names, who sends, and what is written so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Protocol

from desktop_app.coding.clock_findings import clock_note
from desktop_app.core.events import BatchFile
from desktop_app.core.layouts import Layout, LayoutColumn
from desktop_app.core.values import dataclass
from desktop_app.exchange.charges import NO_CHARGES, Charges
from desktop_app.exchange.columns import NAMES
from desktop_app.exchange.day_sessions import NO_RECORDS, Records
from desktop_app.exchange.paper import Paper
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Action, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Who bills: what a claim or a message says of the sender. Each of it may be missing."""

    name: str = ""
    npi: str = ""
    tax_id: str = ""
    """Nine digits: the employer identification number."""
    taxonomy: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    contact: str = ""
    phone: str = ""
    submitter_id: str = ""
    """What the receiver calls the sender."""
    receiver: str = ""
    receiver_id: str = ""
    bill_type: str = "13"
    """How the type of bill of a hospital's claim begins: kind of facility and of bill."""
    test_claims: bool = False
    """Whether the receiver is to check the claims and not to pay them."""
    charges: Charges = NO_CHARGES
    charge_receiver: tuple[str, str] = ("", "")
    """Which application of which facility receives charge messages."""
    credit: str = "CD"
    """What the receiver of charge messages calls a credit."""
    charge_days: bool = False
    """Whether a charge says only its day, for receivers that take no start and stop."""


NOBODY = Practice()

STANDARD = Layout(columns=tuple(LayoutColumn(head=name, take=name) for name in NAMES))
"""The canonical table as it is, where no layout was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One batch while it is written."""

    batch: str
    name: str
    number: int
    """Counts the batches of this journal from 1: a control number for formats that need one."""
    made_at: datetime
    by: str
    head: str
    """The journal's last hash when the batch was begun."""
    signed_head: Mapping[str, object] = field(default_factory=dict)
    """The journal's newest signed head, with the keys it names."""
    practice: Practice = NOBODY
    layout: Layout = STANDARD
    """How tables are laid out."""
    records: Records = NO_RECORDS
    """What else is on record, for what tells more than the lines."""


class Writer(Protocol):
    """A format at work: it is given one session after the other and closed once."""

    def add(self, rows: Sequence[Row]) -> None:
        """Write the rows of one session.

        Raises OSError when the place does not take them, CannotBeSent when the format cannot
        say them.
        """
        ...

    def close(self) -> Sequence[BatchFile]:
        """Write what stands at the end and return every file.

        Raises OSError, and CannotBeSent when what was written does not stand its own check.
        """
        ...


class CannotBeSent(ValueError):
    """Something a format cannot say; ``str`` is the end of a sentence about a session.

    Raised when a writer is closed, it is a whole sentence part about the file.
    """


def takes_all(_rows: Sequence[Row]) -> str:
    """Return nothing: the format is for every session."""
    return ""


def nothing_lacks(_rows: Sequence[Row], _practice: Practice) -> str:
    """Return nothing: the format takes every session."""
    return ""


def nothing_missed(_rows: Sequence[Row], _sending: Sending) -> str:
    """Return nothing: what was asked of the batch can be had of every session."""
    return ""


@dataclass(frozen=True, slots=True)
class Unset:
    """What the practice has not said, and a format cannot do without."""

    field: str
    """Of the practice."""
    words: str


def nothing_unset(_practice: Practice) -> Sequence[Unset]:
    """Return nothing: the format can do with what it is told."""
    return ()


def no_papers(_sessions: Sequence[Sequence[Row]], _sending: Sending) -> Sequence[Paper]:
    """Return nothing: the format is none of paper."""
    return ()


def as_lines(written: bytes) -> Sequence[str]:
    """Return a text file as lines."""
    return written.decode("utf-8-sig", "replace").splitlines()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write a batch."""

    title: str
    """What people read where they choose it."""
    about: str = ""
    """What it is, in a sentence beside the title."""
    begin: Callable[[Place, Sending], Writer]
    unset: Callable[[Practice], Sequence[Unset]] = nothing_unset
    """Returns what the practice has to say before any session can be sent so."""
    shown: Callable[[bytes], Sequence[str]] = as_lines
    """Returns a file of it as lines for a person to look at."""
    papers: Callable[[Sequence[Sequence[Row]], Sending], Sequence[Paper]] = no_papers
    """Returns what it puts on paper of some sessions, for a person to look at."""
    passes_over: Callable[[Sequence[Row]], str] = takes_all
    """Returns why a session is none for this format, as the end of a sentence, or nothing.

    It then goes out in the batch's other formats, and not at all where none of them takes it.
    """
    lacks: Callable[[Sequence[Row], Practice], str] = nothing_lacks
    """Returns what is missing for a session to be sent so, as the end of a sentence, or nothing."""
    unready: Callable[[Sequence[Row], Sending], str] = nothing_missed
    """Returns what this batch asks for that a session has not, as the end of a sentence, or nothing."""
    has_layout: bool = False
    """Whether it is a table, written as the layout says."""
    is_drawn: bool = False
    """Whether Qt draws it, so that an application must be there."""


@dataclass(slots=True)
class Tally:
    """What a batch holds, counted while it is written."""

    sessions: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    actions: Counter[Action] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    """Units billed by code, without those of lines taken back."""
    rulebooks: set[str] = field(default_factory=set)
    again: bool = False
    passed_over: dict[str, list[str]] = field(default_factory=dict)
    """Which sessions are not in a format's files, because they are none for it."""
    clock_notes: dict[str, str] = field(default_factory=dict)
    """What happened to the computer's clock while a session was timed, where something did."""

    def add(self, rows: Sequence[Row], passed_over: Iterable[str] = ()) -> None:
        """Count the rows of one session, and note the formats it does not go out in."""
        for name in passed_over:
            self.passed_over.setdefault(name, []).append(rows[0].session.id)
        self.sessions.append(rows[0].session.id)
        if told := clock_note(rows[0].session):
            self.clock_notes[rows[0].session.id] = told
        for row in rows:
            self.lines.append(row.id)
            self.actions[row.action] += 1
            self.rulebooks.add(row.signature.rulebook)
            self.again = self.again or row.sent_before
            if row.action is not Action.VOID:
                self.units[row.line.code] += row.line.units
