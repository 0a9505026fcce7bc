"""What is done behind the touches, so that none of them waits for it.

Once a touch is answered there are seconds until the next: time to sign where the journal stands, to
follow the sessions that were touched and to write the log back into the database. Whoever never calls
it loses nothing but that time: the touch that needs one of these does it then. Once a minute the key file
is told where the journal stands, so that the next start misses what somebody took away of a left log.
"""

from __future__ import annotations

from contextlib import suppress

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.ports import Clock, JournalError
from desktop_app.store.database import Database, SqlError
from desktop_app.store.heads import Heads
from desktop_app.store.journal import SqlJournal
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import Head

EVENTS_A_WRITE_BACK = 60
"""So many events fill a fifth of the log that the engine writes back by itself, within a touch."""


class Upkeep:
    """Keeps up an open journal."""

    def __init__(
        self, database: Database, journal: SqlJournal, heads: Heads, keys: KeyFile, clock: Clock
    ) -> None:
        self._database = database
        self._journal = journal
        self._heads = heads
        self._keys = keys
        self._clock = clock
        self._written_back = 0
        self._noted = 0
        """The last event that the key file was told of meanwhile."""
        self._notes_at_us: int | None = None
        """When it is told of those since, by the counting clock."""

    def do_due(self) -> None:
        """Do what is due; what the disk does not take now is due again.

        Of what waits for the disk one thing at a time, so that no frame of the window waits for two.
        """
        self._heads.sign_due()
        self._journal.catch_up()
        if self._journal.appended - self._written_back >= EVENTS_A_WRITE_BACK:
            self._write_back()
        elif self._journal.appended != self._noted:
            self._note_in_time()

    def _write_back(self) -> None:
        """Write the log back as far as no reader needs it; the next touch begins it anew."""
        # A disk that is full or gone is told of by the touch that it does not take.
        with suppress(SqlError):
            self._database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            self._written_back = self._journal.appended

    def _note_in_time(self) -> None:
        """Tell the key file a minute after the first touch it does not know, and a minute after it failed."""
        now_us = self._clock.now().counting_us
        if self._notes_at_us is None:
            self._notes_at_us = now_us + MINUTE_US
        if now_us < self._notes_at_us:
            return
        self._notes_at_us = now_us + MINUTE_US
        # Whatever is in the way of it is told by who looks after the key file.
        with suppress(JournalError):
            seq, link = self._journal.last()
            self._keys.note_head(Head(self._journal.origin, seq, link))
            self._noted, self._notes_at_us = self._journal.appended, None
