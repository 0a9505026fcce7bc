"""Finding sessions by words: a list of them in the database, brought up to date by whoever looks.

No touch writes it: an event's words are taken when somebody looks for the first time after it, a page
of events at a time, each page in one transaction with how far it has come. What cannot be written (a
folder that is only read, a full disk) is kept in memory for as long as the program runs.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from desktop_app.core import events as e
from desktop_app.core.ports import Listed
from desktop_app.core.record.found_by import WORDED, Sort, Word, session_of, sessions_named, words_of
from desktop_app.core.record.wanted import Found, Looked, Term, Wanted
from desktop_app.core.session import Stage
from desktop_app.store.codec import decode
from desktop_app.store.database import SqlError, immediate
from desktop_app.store.faults import UnreadableEvent

if TYPE_CHECKING:
    import sqlite3

PAGE = 1_000
"""So many events are read between two steps: some milliseconds."""
KEPT_AFTER = 10 * PAGE
"""After so many events their words are written, in one transaction."""
_ORIGIN_BITS = 40
_MARKS = ", ".join("?" * len(WORDED))
_EVENTS = f"""
    SELECT place, stream, kind, schema, actor, effective_us, CASE WHEN kind IN ({_MARKS}) THEN body END
    FROM event WHERE place > ? AND place < ? ORDER BY place LIMIT ?
"""  # noqa: S608 - the marks stand above
_LAST = "SELECT place FROM event WHERE place > ? AND place < ? ORDER BY place DESC LIMIT 1"
_LISTED = """
    SELECT session, stage, chair, mrn, initials, service_date, seated_us, signed_version,
        (SELECT count(*) FROM signed_line AS l
            WHERE l.session = session.session AND l.version = session.signed_version),
        hold_reason
    FROM session WHERE session = ?
"""
_NEWEST = """
    SELECT session FROM session WHERE service_date BETWEEN ? AND ?
    ORDER BY service_date DESC, seated_us DESC, session DESC
"""
_ANY_DAY = ("", "~")
Pairs = dict[str, set[Word]]
"""Sessions, each with its words."""


class Finder:
    """Keeps the words on one connection, which belongs to the journal. Every method raises SqlError."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._run = connection.execute
        self._beside: Pairs = {}
        self._beside_until: dict[int, int] = {}
        """What could not be written, and how far that has come in each origin."""

    def looking(self, wanted: Wanted, most: int) -> Generator[Looked, None, Found]:
        """Take the words of what is new, step by step, then return what is found."""
        yield from self.catching_up()
        return self._found(wanted, most)

    def catching_up(self) -> Generator[Looked, None, None]:
        """Take the words of every event that has none yet, a page at a step."""
        ends = {origin: self._end(origin) for (origin,) in self._run("SELECT number FROM origin").fetchall()}
        until = self._until()
        of, done = sum(seq - until.get(origin, 0) for origin, seq in ends.items()), 0
        for origin in sorted(ends):
            for taken in self._taking(origin, until.get(origin, 0)):
                done += taken
                yield Looked(done, of)

    def _end(self, origin: int) -> int:
        """Return the number of an origin's last event; 0 where it has none."""
        first = origin << _ORIGIN_BITS
        last = self._run(_LAST, (first, first + (1 << _ORIGIN_BITS))).fetchone()
        return last[0] - first if last else 0

    def _until(self) -> dict[int, int]:
        until: dict[int, int] = dict(self._run("SELECT origin, seq FROM found_until").fetchall())
        return {origin: max(until.get(origin, 0), self._beside_until.get(origin, 0)) for origin in
                until.keys() | self._beside_until.keys()}  # fmt: skip

    def _taking(self, origin: int, seq: int) -> Iterator[int]:
        """Yield how many events of each page were taken; what was taken is kept whenever it is given up."""
        first, pairs, since = origin << _ORIGIN_BITS, Pairs(), 0
        try:
            while page := self._page(first, seq):
                seq, since = page[-1][0] - first, since + len(page)
                _add_pairs(pairs, page)
                if since >= KEPT_AFTER:
                    self._keep(pairs, origin, seq)
                    pairs, since = Pairs(), 0
                yield len(page)
        finally:
            if since:
                self._keep(pairs, origin, seq)

    def _page(self, first: int, seq: int) -> list[tuple[Any, ...]]:
        values = (*WORDED, first + seq, first + (1 << _ORIGIN_BITS), PAGE)
        return self._run(_EVENTS, values).fetchall()

    def _keep(self, pairs: Pairs, origin: int, seq: int) -> None:
        """Write the words of a page, or keep them beside the list where it takes nothing."""
        if not self._beside_until:
            try:
                with immediate(self._connection):
                    put(self._connection, pairs, origin, seq)
            except SqlError:
                self._beside_until = self._until()
            else:
                return
        self._beside_until[origin] = seq
        for session, words in pairs.items():
            self._beside.setdefault(session, set()).update(words)

    def _found(self, wanted: Wanted, most: int) -> Found:
        days = [day.isoformat() for day in (wanted.first, wanted.last) if day] or _ANY_DAY
        names = [name for (name,) in self._run(_NEWEST, tuple(days)).fetchall()]
        for term in wanted.terms:
            meant = self._sessions_with(term)
            names = [name for name in names if name in meant]
        return Found(tuple(self._listed(name) for name in names[:most]), len(names))

    def _sessions_with(self, term: Term) -> set[str]:
        """Return the sessions that a word stands in, in the list or beside it."""
        likely = self._run("SELECT number, sort, word FROM found_word WHERE instr(word, ?)", (_needle(term),))
        numbers = [number for number, sort, word in likely.fetchall() if term.means(Word(Sort(sort), word))]
        found = {name for name, words in self._beside.items() if any(term.means(word) for word in words)}
        for number in numbers:
            found.update(
                name for (name,) in self._run("SELECT session FROM found_in WHERE word = ?", (number,))
            )
        return found

    def _listed(self, name: str) -> Listed:
        session, stage, chair, mrn, initials, day, seated_us, version, lines, held = self._run(
            _LISTED, (name,)
        ).fetchone()
        return Listed(
            session=session, stage=Stage(stage), chair=chair, mrn=mrn, initials=initials, day=day,
            seated_us=seated_us, version=version or 0, lines=lines, hold_reason=held,
        )  # fmt: skip


def put(connection: sqlite3.Connection, pairs: Pairs, origin: int, seq: int) -> None:
    """Add words to the list, and say up to which event of an origin it goes."""
    run = connection.execute
    words = sorted({(word.sort.value, word.text) for found in pairs.values() for word in found})
    numbers = {}
    for sort, text in words:
        run("INSERT INTO found_word (sort, word) VALUES (?, ?) ON CONFLICT DO NOTHING", (sort, text))
        numbers[sort, text] = run(
            "SELECT number FROM found_word WHERE sort = ? AND word = ?", (sort, text)
        ).fetchone()[0]
    rows = [(numbers[w.sort.value, w.text], name) for name, found in pairs.items() for w in found]
    connection.executemany("INSERT INTO found_in (word, session) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
    run(
        "INSERT INTO found_until (origin, seq) VALUES (?, ?) "
        "ON CONFLICT (origin) DO UPDATE SET seq = excluded.seq",
        (origin, seq),
    )


def first_false_word(connection: sqlite3.Connection) -> str:
    """Return a word of the list that the events up to where it goes do not make, or nothing."""
    right: set[tuple[str, str, str]] = set()
    for origin, until in connection.execute("SELECT origin, seq FROM found_until").fetchall():
        first = origin << _ORIGIN_BITS
        rows = connection.execute(_EVENTS, (*WORDED, first, first + until + 1, -1))
        pairs = Pairs()
        _add_pairs(pairs, rows)
        for name, words in pairs.items():
            right.update((word.sort.value, word.text, name) for word in words)
    query = "SELECT sort, found_word.word, session FROM found_in JOIN found_word ON number = found_in.word"
    differs = set(connection.execute(query).fetchall()) ^ right
    return min(differs)[1] if differs else ""


def _add_pairs(pairs: Pairs, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add the words of some events to the sessions they are of or name."""
    known: set[tuple[str, str, str]] = set()
    for _, stream, kind, schema, actor, at_us, body in rows:
        # Most events say no more than the one before: who touched the same session.
        if body is None and (stream, kind, actor) in known:
            continue
        known.add((stream, kind, actor))
        session = session_of(stream)
        if not session and stream != e.EXPORT_STREAM:
            continue
        event = _read(kind, schema, at_us, body)
        named = {session: words_of(kind, actor, event)} if session else sessions_named(event)
        for name, words in named.items():
            pairs.setdefault(name, set()).update(words)


def _read(kind: str, schema: int, at_us: int, body: str | None) -> e.Event | None:
    try:
        return decode(kind, schema, at_us, body, name="") if body is not None else None
    except UnreadableEvent:
        return None


def _needle(term: Term) -> str:
    """Return what stands in every word that a term can mean: its longest part without dots and spaces."""
    return max(term.text.replace(" ", ".").split("."), key=len)
