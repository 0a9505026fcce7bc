"""What every format is told of the batch it is part of: its names, who sends, and what is written so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from desktop_app.core.events import BatchFile
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


NOBODY = Practice()


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
    practice: Practice = NOBODY


class Writer(Protocol):
    """A format at work: it is given one session after the other and closed once."""

    def add(self, rows: Sequence[Row]) -> None:
        """Write the rows of one session.

        Raises OSError when the place does not take them, CannotBeSent when the format cannot
        say them.
        """
        ...

    def close(self) -> Sequence[BatchFile]:
        """Write what stands at the end and return every file. Raises OSError."""
        ...


class CannotBeSent(ValueError):
    """Something a format cannot say; ``str`` is the end of a sentence about a session."""


def nothing_lacks(_rows: Sequence[Row], _practice: Practice) -> str:
    """Return nothing: the format takes every session."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write a batch."""

    title: str
    """What people read where they choose it."""
    begin: Callable[[Place, Sending], Writer]
    lacks: Callable[[Sequence[Row], Practice], str] = nothing_lacks
    """Returns what is missing for a session to be sent so, as the end of a sentence, or nothing."""


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

    def add(self, rows: Sequence[Row]) -> None:
        """Count the rows of one session."""
        self.sessions.append(rows[0].session.id)
        for row in rows:
            self.lines.append(row.id)
            self.actions[row.action] += 1
            self.rulebooks.add(row.signature.rulebook)
            self.again = self.again or row.sent_before
            if row.action is not Action.VOID:
                self.units[row.line.code] += row.line.units
