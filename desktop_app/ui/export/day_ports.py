"""What the list of a day needs from outside: where its sessions stand, and what was sent."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from typing import Protocol

from desktop_app.core.day import Entry, Leftover
from desktop_app.core.day_book import DayPage
from desktop_app.core.session import Session


class Days(Protocol):
    """The lists of days. Every method raises JournalError where the journal cannot be read."""

    def version(self) -> int:
        """Return a number that is another one once more was sent."""
        ...

    def page(self, day: date) -> DayPage:
        """Return the list of a day: every session of it once."""
        ...

    def leftovers(self, before: date, but: date) -> Sequence[Leftover]:
        """Return what is not settled of the days before one, but for one of them, oldest first."""
        ...

    def entry(self, session: str) -> Entry | None:
        """Return one session with where it stands; None where there is none."""
        ...

    def is_due(self, session: Session) -> bool:
        """Return whether a signed session has something left to send."""
        ...

    def checking(self, batch: str) -> Generator[int, None, str]:
        """Read the files of a batch again, step by step; return what differs, or nothing."""
        ...
