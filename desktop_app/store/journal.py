"""The append-only record of everything that happened, one encrypted file per workstation.

A touch is one transaction: its events in all their streams and the lists that follow from
them are durable when ``append`` returns, or nothing is. The cost does not grow: the versions,
the last link and the open sessions each come from the end of an index.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, Any

from desktop_app.core.events import Recorded, SessionSigned, Stamp
from desktop_app.core.ports import Identities, JournalError, Listed, StaleVersion, Write
from desktop_app.core.session import Stage
from desktop_app.store.chain import EventRow, Place, first_link, make_row, read_row, recorded
from desktop_app.store.database import Database, SqlError, immediate
from desktop_app.store.standing import Standing
from desktop_app.store.tables import Tables

if TYPE_CHECKING:
    import sqlite3

    from desktop_app.core.record.stored import Stored
    from desktop_app.core.record.wanted import Found, Looked, Wanted
    from desktop_app.store.finding import Finder

_ORIGIN_BITS = 40
"""An event's place is its origin's number shifted by this, plus its own number within the origin."""
_STORED = ("place", *EventRow._fields[2:])
_INSERT = f"INSERT INTO event ({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))})"  # noqa: S608
_SELECT = (
    "SELECT o.name, "  # noqa: S608 - the names stand in EventRow
    + ", ".join(f"e.{name}" for name in EventRow._fields[1:])
    + " FROM event AS e JOIN origin AS o ON o.number = e.origin "
)
_LAST = "SELECT origin_seq, hash FROM event WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1"
_VERSION = "SELECT version FROM event WHERE stream = ? ORDER BY version DESC LIMIT 1"
_OPEN = "SELECT session FROM session WHERE settled = 0"
_BY_AGE = "ORDER BY seated_us, session"
_LISTED = """
    SELECT session, stage, chair, mrn, initials, service_date, seated_us, hold_reason, signed_version,
        (SELECT count(*) FROM signed_line AS l
            WHERE l.session = session.session AND l.version = session.signed_version)
    FROM session WHERE settled = 0 AND service_date < ? ORDER BY seated_us, session
"""
_FOUND = """
    SELECT session FROM session WHERE instr(lower(mrn), ?) OR lower(replace(initials, '.', '')) = ?
    ORDER BY seated_us DESC, session DESC LIMIT ?
"""
_NO_DAY = "~"
"""Sorts behind every date."""
_PAGE = 500


class SqlJournal:
    """Implements ``core.ports.Journal`` on an open database.

    One journal serves one thread; whoever works in another opens a connection of their own.
    """

    def __init__(self, database: Database, names: Identities, origin: str, standing: Standing) -> None:
        self.origin = origin
        self.appended = 0
        """The number of the last event stored since the journal was opened; 0 before the first."""
        self.wants_head = False
        """Whether a session was signed since a head was."""
        self._run = database.conn.execute
        self._connection: sqlite3.Connection = database.conn
        self._database = database
        self._names = names
        self._standing = standing
        self._tables = Tables(database.conn, self._history)
        self._finder: Finder | None = None
        self._first_place = self._first_place_of(origin)

    def append(self, writes: Sequence[Write], stamp: Stamp) -> tuple[Recorded, ...]:
        """Store all events of one touch, in all their streams, or none; return them as stored.

        Returns only after the events are durable on disk. Raises StaleVersion when a stream
        has moved on, NotSaved when the disk did not take them or the file is not in its place.
        """
        stored: tuple[Recorded, ...] = ()
        try:
            with immediate(self._connection):
                followed = tuple(self._insert(writes, stamp))
                self._tables.follow(followed)
                self._standing.require()
            stored = followed
        except SqlError as error:
            raise self._database.fault(error) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise JournalError("A number or a text of this touch is none that can be stored.") from error
        finally:
            if not stored:
                self._tables.forget()
        self._note(stored)
        return stored

    def take_rows(self, rows: Sequence[EventRow]) -> None:
        """Store events that were recorded before, as they were, with the lists that follow; or none.

        Whoever gives them has verified that they follow on what is here. Raises JournalError.
        """
        try:
            with immediate(self._connection):
                for row in rows:
                    self._run(_INSERT, (self._first_place_of(row.origin) + row.origin_seq, *row[2:]))
                self._tables.follow(tuple(map(read_row, rows)))
        except SqlError as error:
            raise self._database.fault(error) from error

    def catch_up(self) -> None:
        """Follow the sessions that were touched, which the next touch would have to do."""
        self._tables.catch_up()

    def load(self, stream: str) -> tuple[Recorded, ...]:
        """Return the events of one stream, oldest first; empty for an unknown stream. Raises JournalError."""
        try:
            return self._history(stream)
        except UnicodeEncodeError:
            return ()  # no stream has a name that cannot be written
        except SqlError as error:
            raise self._database.fault(error) from error

    def tail(self, stream: str, most: int) -> tuple[Recorded, ...]:
        """Return at most so many of the last events of one stream, oldest first. Raises JournalError."""
        query = _SELECT + "WHERE e.stream = ? ORDER BY e.version DESC LIMIT ?"
        rows = self._fetch(query, (stream, most))
        return tuple(map(read_row, starmap(EventRow, reversed(rows))))

    def since(self, origin_seq: int) -> Iterator[Recorded]:
        """Yield this workstation's events with a higher sequence number, oldest first."""
        for row in self.rows(origin_seq):
            yield read_row(row)

    def everything(self) -> Iterator[Recorded]:
        """Yield every event of this workstation, those before a restore too, oldest first."""
        for origin in self._names_of("SELECT name FROM origin WHERE own = 1 ORDER BY number"):
            for row in self.rows(origin=origin):
                yield read_row(row)

    def newest(self, kinds: Sequence[str], most: int) -> tuple[Recorded, ...]:
        """Return at most so many of this workstation's events of some kinds, newest first."""
        marks = ", ".join("?" * len(kinds))
        query = _SELECT + f"WHERE o.own = 1 AND e.place < ? AND e.kind IN ({marks}) ORDER BY e.place DESC"
        values = (_next_origin(self._first_place), *kinds, most)
        return tuple(map(read_row, starmap(EventRow, self._fetch(f"{query} LIMIT ?", values))))

    def rows(self, origin_seq: int = 0, *, origin: str = "") -> Iterator[EventRow]:
        """Yield the raw rows of an origin (its own by default) after a sequence number, a page at a time."""
        first = self._first_place_of(origin or self.origin)
        query = _SELECT + "WHERE e.place > ? AND e.place < ? ORDER BY e.place LIMIT ?"
        while page := self._fetch(query, (first + origin_seq, _next_origin(first), _PAGE)):
            yield from starmap(EventRow, page)
            origin_seq = page[-1][1]

    def head(self) -> str:
        """Return the hash of the last event, or the origin's first link when there is none."""
        return self.last()[1]

    def last(self) -> tuple[int, str]:
        """Return the sequence number and the hash of the last event; 0 and the first link at the start.

        Raises JournalError.
        """
        try:
            seq, link = self._last()
        except SqlError as error:
            raise self._database.fault(error) from error
        return seq, link.hex()

    def last_recorded_us(self, origin: str) -> int | None:
        """Return when an origin's last event was recorded; None where it has none. Raises JournalError."""
        first = self._first_place_of(origin)
        query = "SELECT recorded_us FROM event WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1"
        return next((int(at_us) for (at_us,) in self._fetch(query, (first, _next_origin(first)))), None)

    def count(self) -> int:
        """Return how many events of every origin there are, from the ends of the index."""
        last = "SELECT coalesce(max(place), ?) FROM event WHERE place > ? AND place < ?"
        firsts = map(self._first_place_of, self.origins())
        ends = ((first, self._fetch(last, (first, first, _next_origin(first)))[0][0]) for first in firsts)
        return sum(end - first for first, end in ends)

    def hash_of(self, origin: str, seq: int) -> bytes | None:
        """Return the hash of an event, or None where there is none."""
        query = "SELECT hash FROM event WHERE place = (SELECT number << 40 FROM origin WHERE name = ?) + ?"
        found = self._fetch(query, (origin, seq))
        return bytes(found[0][0]) if found else None

    def events_with_hash(self, begins: str) -> tuple[int, ...]:
        """Return the numbers of the events whose hash in hex begins so; every event is looked at."""
        query = "SELECT origin_seq FROM event WHERE lower(hex(hash)) GLOB ? ORDER BY place"
        return tuple(seq for (seq,) in self._fetch(query, (f"{begins}*",)))

    def bad_page(self) -> str:
        """Return in half a sentence which page of the file is not what was written, or nothing."""
        from desktop_app.store.pages import first_bad_page  # noqa: PLC0415 - as below

        try:
            return first_bad_page(self._database)
        except SqlError as error:
            raise self._database.fault(error) from error

    def misshape(self) -> str:
        """Return in half a sentence which table or guard is gone or was changed, or nothing."""
        from desktop_app.store.shape import first_misshape  # noqa: PLC0415 - as below

        try:
            return first_misshape(self._connection)
        except SqlError as error:
            raise self._database.fault(error) from error

    def origins(self) -> tuple[str, ...]:
        """Return the name of every workstation and epoch whose events are here, oldest first."""
        return self._names_of("SELECT name FROM origin ORDER BY number")

    def open_sessions(self) -> tuple[str, ...]:
        """Return the ids of sessions that are not settled: not yet signed, or signed and not yet sent."""
        return self._names_of(f"{_OPEN} {_BY_AGE}")

    def unsigned_sessions(self) -> tuple[str, ...]:
        """Return the ids of sessions that are not signed: the patient is here, or a signature is missing."""
        return self._names_of(f"{_OPEN} AND stage <> 'signed' {_BY_AGE}")

    def unsettled(self, before: str = "") -> tuple[Listed, ...]:
        """Return the open sessions as they are listed, oldest first; those seated before a day, or all."""
        rows = self._fetch(_LISTED, (before or _NO_DAY,))
        return tuple(_listed(row) for row in rows)

    def all_sessions(self) -> tuple[str, ...]:
        """Return the ids of every session, oldest first."""
        return self._names_of("SELECT session FROM session ORDER BY seated_us, session")

    def sessions_on(self, day: str) -> tuple[str, ...]:
        """Return the ids of the sessions seated on a day (ISO date, in the session's zone), oldest first."""
        query = "SELECT session FROM session WHERE service_date = ? ORDER BY seated_us, session"
        return self._names_of(query, day)

    def signed_since(self, at_us: int) -> tuple[str, ...]:
        """Return the ids of the sessions whose signature in force was given at an instant or later."""
        return self._names_of("SELECT session FROM session WHERE signed_us >= ?", at_us)

    def found(self, text: str, most: int) -> tuple[str, ...]:
        """Return the ids of at most so many sessions by initials or a part of the MRN, newest first.

        Nothing is found by nothing, and no list is kept for it: who looks somebody up waits for one scan.
        """
        wanted = text.strip().lower()
        initials = wanted.replace(".", "").replace(" ", "")
        return self._names_of(_FOUND, wanted, initials, most) if initials else ()

    def stored(self, stream: str) -> tuple[Stored, ...]:
        """Return the events of one stream as they are stored, oldest first. Raises JournalError."""
        return self._stored_where("e.stream = ? ORDER BY e.version", stream)

    def naming(self, stream: str, text: str) -> tuple[Stored, ...]:
        """Return those of a stream in whose body a text stands, oldest first. Raises JournalError."""
        return self._stored_where("e.stream = ? AND instr(e.body, ?) ORDER BY e.version", stream, text)

    def looking(self, wanted: Wanted, most: int) -> Generator[Looked, None, Found]:
        """Find the sessions that are wanted, the newest of them, step by step. Raises JournalError."""
        from desktop_app.store.finding import Finder  # noqa: PLC0415 - only who looks back asks

        self._finder = self._finder or Finder(self._connection)
        try:
            return (yield from self._finder.looking(wanted, most))
        except SqlError as error:
            raise self._database.fault(error) from error

    def rebuild(self) -> None:
        """Make the lists again from the events alone. Raises NotSaved and leaves them as they were."""
        try:
            with immediate(self._connection):
                self._tables.rebuild()
        except SqlError as error:
            raise self._database.fault(error) from error

    def false_list(self) -> str:
        """Return in half a sentence where a list is not what the events make, or nothing; changes nothing."""
        from desktop_app.store.comparing import first_difference  # noqa: PLC0415 - only who verifies asks

        try:
            return first_difference(self._connection, self._history, self._database.path)
        except SqlError as error:
            raise self._database.fault(error) from error

    def _insert(self, writes: Sequence[Write], stamp: Stamp) -> Iterator[Recorded]:
        seq, previous = self._last()
        for write in writes:
            self._require_version(write)
            for version, event in enumerate(write.events, write.after_version + 1):
                seq += 1
                place = Place(self._names.new(), self.origin, seq, write.stream, version)
                row = make_row(place, event, stamp, previous)
                self._run(_INSERT, (self._first_place + seq, *row[2:]))
                previous = row.hash
                yield recorded(row, event)

    def _note(self, stored: tuple[Recorded, ...]) -> None:
        """Remember of stored events what decides when a head is signed next."""
        if stored:
            self.appended = stored[-1].origin_seq
            self.wants_head |= any(isinstance(one.event, SessionSigned) for one in stored)

    def _require_version(self, write: Write) -> None:
        found = self._run(_VERSION, (write.stream,)).fetchone()
        if (found[0] if found else 0) != write.after_version:
            raise StaleVersion("This was changed elsewhere in the meantime; nothing was stored.")

    def _last(self) -> tuple[int, bytes]:
        found = self._run(_LAST, (self._first_place, _next_origin(self._first_place))).fetchone()
        return found or (0, first_link(self.origin))

    def _first_place_of(self, origin: str) -> int:
        ((number,),) = self._fetch("SELECT number FROM origin WHERE name = ?", (origin,))
        return int(number) << _ORIGIN_BITS

    def _stored_where(self, condition: str, *values: str) -> tuple[Stored, ...]:
        from desktop_app.store.stored_rows import stored_of  # noqa: PLC0415 - as the finder

        try:
            rows = self._fetch(f"{_SELECT} WHERE {condition}", values)
        except UnicodeEncodeError:
            return ()
        return tuple(map(stored_of, starmap(EventRow, rows)))

    def place_of(self, seq: int) -> int:
        """Return under which number an event of this workstation stands in the table."""
        return self._first_place + seq

    def _history(self, stream: str) -> tuple[Recorded, ...]:
        rows = self._run(_SELECT + "WHERE e.stream = ? ORDER BY e.version", (stream,)).fetchall()
        return tuple(map(read_row, starmap(EventRow, rows)))

    def _fetch(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._run(query, values).fetchall()
        except SqlError as error:
            raise self._database.fault(error) from error

    def _names_of(self, query: str, *values: object) -> tuple[str, ...]:
        return tuple(name for (name,) in self._fetch(query, values))


def _listed(row: tuple[Any, ...]) -> Listed:
    session, stage, chair, mrn, initials, day, seated_us, hold_reason, version, lines = row
    return Listed(
        session=session,
        stage=Stage(stage),
        chair=chair,
        mrn=mrn,
        initials=initials,
        day=day,
        seated_us=seated_us,
        version=version or 0,
        lines=lines,
        hold_reason=hold_reason,
    )


def _next_origin(first_place: int) -> int:
    return first_place + (1 << _ORIGIN_BITS)
