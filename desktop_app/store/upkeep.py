"""What is done behind the touches, so that none of them waits for it.

Once a touch is answered there are seconds until the next: time to sign where the journal stands, to
follow the sessions that were touched and to write the log back into the database. Whoever never calls
it loses nothing but that time: the touch that needs one of these does it then.
"""

from __future__ import annotations

from contextlib import suppress

from desktop_app.store.database import Database, SqlError
from desktop_app.store.heads import Heads
from desktop_app.store.journal import SqlJournal

EVENTS_A_WRITE_BACK = 100
"""So many events fill a third of the log that the engine writes back by itself, within a touch."""


class Upkeep:
    """Keeps up an open journal."""

    def __init__(self, database: Database, journal: SqlJournal, heads: Heads) -> None:
        self._database = database
        self._journal = journal
        self._heads = heads
        self._written_back = 0

    def do_due(self) -> None:
        """Do what is due; what the disk does not take now is due again."""
        self._heads.sign_due()
        self._journal.catch_up()
        if self._journal.appended - self._written_back >= EVENTS_A_WRITE_BACK:
            self._write_back()

    def _write_back(self) -> None:
        """Write the log back as far as no reader needs it; the next touch begins it anew."""
        # A disk that is full or gone is told of by the touch that it does not take.
        with suppress(SqlError):
            self._database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            self._written_back = self._journal.appended
