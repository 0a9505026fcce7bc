"""Signs where the journal stands: every hundred events, after each signature of a session, at quit.

It is done after a touch is answered, in a transaction of its own that also replaces the private key:
after any crash the key that is there is the one the last head names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from desktop_app.core.ports import NotSaved
from desktop_app.store.database import Database, SqlError, immediate
from desktop_app.store.journal import SqlJournal
from desktop_app.store.signed_head import SignedHead, new_key, public_of, sign
from desktop_app.store.standing import Standing

EVENTS_A_HEAD = 100
_HEADS = """
    SELECT o.name, h.place & 0xFFFFFFFFFF, h.hash, h.public, h.next, h.signature
    FROM signed_head AS h JOIN origin AS o ON o.number = h.place >> 40
"""
_LAST = f"{_HEADS} ORDER BY h.place DESC LIMIT 1"
_NEXT = "SELECT private FROM signing_key"
_APPLIED = """
    SELECT CAST(round((julianday(applied_at) - 2440587.5) * 86400) AS INTEGER)
    FROM _sqlite_migrations WHERE name LIKE '1 %' OR name = '3 signed heads' ORDER BY name
"""
_AT_ONCE_S = 60
"""Steps that are no further apart were taken by the program that made the database."""
_AWAITED = """
    SELECT count(*), coalesce(max(kind = 'session-signed'), 0), coalesce(max(kind = 'batch-prepared'), 0)
    FROM event AS e JOIN origin AS o ON o.number = e.origin
    WHERE o.number = (SELECT max(number) FROM origin WHERE own = 1) AND e.recorded_us > ?
        AND e.touch <> (SELECT touch FROM event ORDER BY recorded_us DESC, place DESC LIMIT 1)
"""
_PUT = "INSERT INTO signed_head (place, hash, public, next, signature) VALUES (?, ?, ?, ?, ?)"
_KEEP_KEY = """
    INSERT INTO signing_key (number, private) VALUES (1, ?)
    ON CONFLICT (number) DO UPDATE SET private = excluded.private
"""


class Heads:
    """The signed heads of an open journal."""

    def __init__(self, database: Database, journal: SqlJournal, standing: Standing) -> None:
        self._database = database
        self._journal = journal
        self._standing = standing
        self._looked_at = 0
        self._signed_to: int | None = None

    def sign_due(self) -> None:
        """Sign where the journal stands if it is time; what the disk does not take now waits for a touch."""
        journal = self._journal
        if journal.appended == self._looked_at:
            return
        self._looked_at = journal.appended
        if journal.wants_head or journal.appended - self._reach() >= EVENTS_A_HEAD:
            with suppress(NotSaved):
                self.sign()

    def sign_new(self) -> None:
        """Sign where the journal stands if anything was stored since it was opened, as at quit."""
        if self._journal.appended:
            with suppress(NotSaved):
                self.sign()

    def sign(self) -> SignedHead | None:
        """Return where the journal stands, signed; nothing for a journal without events.

        Raises NotSaved when the disk does not take it, JournalError.
        """
        try:
            with immediate(self._database.conn):
                head = self._signed()
                self._standing.require()
        except SqlError as error:
            raise self._database.fault(error) from error
        self._journal.wants_head = False
        self._signed_to = head.seq if head else 0
        return head

    def last(self) -> SignedHead | None:
        """Return the newest signed head. Raises JournalError."""
        try:
            return last_head(self._database)
        except SqlError as error:
            raise self._database.fault(error) from error

    def first_key(self) -> bytes | None:
        """Return the first public key of this workstation: the one whose fingerprint is noted."""
        first = next(self._fetched(f"{_HEADS} ORDER BY h.place LIMIT 1"), None)
        return first.public if first else None

    def awaited(self) -> str:
        """Return what is on record that is never there without a signed head after it, or nothing.

        Events from before the database had signed heads await none, nor do those that a restore brought
        back, nor the last touch: the program may be about to sign it, or was cut off before it could.
        """
        try:
            applied = [at_s for (at_s,) in self._database.execute(_APPLIED).fetchall()]
            is_old = len(applied) > 1 and applied[-1] - applied[0] > _AT_ONCE_S
            row = self._database.execute(_AWAITED, (applied[-1] * 1_000_000 if is_old else 0,)).fetchone()
        except SqlError as error:
            raise self._database.fault(error) from error
        events, is_signed, is_prepared = row
        if is_prepared:
            return "a batch was sent"
        if is_signed:
            return "a session was signed"
        return f"{events} events were recorded" if events > EVENTS_A_HEAD else ""

    def all_with_next(self) -> tuple[list[SignedHead], bytes | None]:
        """Return every signed head and the public key that signs next, of one moment. Raises JournalError."""
        from desktop_app.store.comparing import one_moment  # noqa: PLC0415 - only who verifies asks

        try:
            with one_moment(self._database.conn):
                heads = list(self.all())
                kept = self._database.execute(_NEXT).fetchone()
        except SqlError as error:
            raise self._database.fault(error) from error
        return heads, public_of(kept[0]) if kept else None

    def all(self) -> Iterator[SignedHead]:
        """Yield every signed head, oldest first."""
        yield from self._fetched(f"{_HEADS} ORDER BY h.place")

    def _reach(self) -> int:
        """Return the last signed event of the epoch at hand."""
        if self._signed_to is None:
            last = self.last()
            self._signed_to = last.seq if last and last.origin == self._journal.origin else 0
        return self._signed_to

    def _signed(self) -> SignedHead | None:
        """Store a signed head within a transaction, unless the last one is of the last event."""
        last, (seq, link) = self.last(), self._journal.last()
        if seq == 0 or (last and (last.origin, last.seq) == (self._journal.origin, seq)):
            return last
        run = self._database.execute
        kept = run(_NEXT).fetchone()
        # With a key that is none nobody could sign any more; verify tells that it is not the one named.
        private = kept[0] if kept and public_of(kept[0]) else new_key()[0]
        following, following_public = new_key()
        head = sign(
            private,
            origin=self._journal.origin,
            seq=seq,
            link=bytes.fromhex(link),
            following=following_public,
        )
        place = self._journal.place_of(seq)
        run(_PUT, (place, head.hash, head.public, head.next, head.signature))
        run(_KEEP_KEY, (following,))
        return head

    def _fetched(self, query: str) -> Iterator[SignedHead]:
        try:
            rows = self._database.execute(query).fetchall()
        except SqlError as error:
            raise self._database.fault(error) from error
        yield from map(_head, rows)


def last_head(database: Database) -> SignedHead | None:
    """Return the newest signed head of a database. Raises SqlError."""
    found = database.execute(_LAST).fetchone()
    return _head(found) if found else None


def _head(row: tuple[Any, ...]) -> SignedHead:
    origin, seq, link, public, following, signature = row
    return SignedHead(origin=origin, seq=seq, hash=link, public=public, next=following, signature=signature)
