"""The days as the window asks for them: their lists, what is left over, and the batches that were sent."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date

from desktop_app.core.day import DUE, Entry, Fate, Leftover, ToldOf
from desktop_app.core.day_book import DayBook, DayPage
from desktop_app.core.desk import Desk
from desktop_app.core.session import Session
from desktop_app.exchange.batch import Exporter
from desktop_app.exchange.due import fate_of
from desktop_app.exchange.sent_files import checking


class WindowDays:
    """Serves the export page. Its methods raise JournalError where the journal cannot be read."""

    def __init__(self, desk: Desk, exporter: Callable[[], Exporter], told_of: ToldOf) -> None:
        self._exporter = exporter
        self._book = DayBook(desk.shelf, fate_of=self._fate_of, told_of=told_of, doubtful=self._doubtful)
        desk.listen(lambda saved: self._book.forget(saved.session))

    def version(self) -> int:
        """Return a number that is another one once more was sent."""
        return self._exporter().ledger.version

    def page(self, day: date) -> DayPage:
        """Return the list of a day."""
        return self._book.page(day)

    def leftovers(self, before: date, but: date) -> Sequence[Leftover]:
        """Return what is not settled of the days before one, but for one of them, oldest first."""
        return self._book.leftovers(before, but)

    def entry(self, session: str) -> Entry | None:
        """Return one session with where it stands."""
        return self._book.entry(session)

    def is_due(self, session: Session) -> bool:
        """Return whether a signed session has something left to send."""
        return self._fate_of(session) in DUE

    def checking(self, batch: str) -> Generator[int, None, str]:
        """Read the files of a batch again, step by step; return what differs, or nothing."""
        found = [one for one in self._exporter().batches() if one.name == batch]
        if not found:
            return "nothing is recorded of it"
        return (yield from checking(found[-1]))

    def _fate_of(self, session: Session) -> Fate:
        return fate_of(session, self._exporter().ledger)

    def _doubtful(self) -> set[str]:
        return {session for batch in self._exporter().ledger.unsettled for session in batch.sessions}
