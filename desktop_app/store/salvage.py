"""What can be kept of a damaged journal: the events that follow, link by link, on a backup's last one.

Every row is looked for on every page that is whole, so that neither the head of the file nor the
way to a page is needed. A row counts only if it is what its hash says and follows on the one
before it; behind the first gap nothing does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from desktop_app.store.chain import EventRow, first_link, is_whole
from desktop_app.store.database import Database, DatabaseKey
from desktop_app.store.journal import SqlJournal
from desktop_app.store.raw_pages import RawPages, cells, values

_ORIGIN_BITS = 40
_SEQ = (1 << _ORIGIN_BITS) - 1
_STORED = len(EventRow._fields) - 1
"""A row keeps its place in one number, which is the row's own, and so holds a column less."""


class End(NamedTuple):
    """Where a backup's events of one origin end."""

    origin: str
    seq: int
    hash: bytes


def ends_of(database: Database) -> dict[int, End]:
    """Return where the events of each origin end, by the origin's number. Raises SqlError."""
    last = (
        "SELECT place & 0xFFFFFFFFFF, hash FROM event WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1"
    )
    ends = {}
    for number, name in database.execute("SELECT number, name FROM origin ORDER BY number").fetchall():
        found = database.execute(last, (number << _ORIGIN_BITS, number << _ORIGIN_BITS | _SEQ)).fetchone()
        ends[number] = End(name, *(found or (0, first_link(name))))
    return ends


def salvage(path: Path, keys: Sequence[DatabaseKey], ends: dict[int, End]) -> list[EventRow]:
    """Return the rows of a database file, and of its log, that follow on some ends, in their order."""
    if not path.exists() or not ends:
        return []
    pages = next((raw for key in keys if (raw := RawPages(path, key)).is_theirs), None)
    if pages is None:
        return []
    found = _rows(pages, ends)
    return [row for number, end in ends.items() for row in _following(end, found.get(number, {}))]


def _rows(pages: RawPages, ends: dict[int, End]) -> dict[int, dict[int, EventRow]]:
    """Return every whole row behind an end, by its origin's number and its own."""
    found: dict[int, dict[int, EventRow]] = {}
    least = min(number << _ORIGIN_BITS | end.seq for number, end in ends.items())
    for page in pages.all():
        for cell in cells(page, after=least):
            number, seq = cell.number >> _ORIGIN_BITS, cell.number & _SEQ
            if number not in ends or seq <= ends[number].seq or seq in found.get(number, {}):
                continue
            row = _row(pages.content(page, cell), ends[number].origin, seq)
            if row is not None:
                found.setdefault(number, {})[seq] = row
    return found


def _row(content: bytes | None, origin: str, seq: int) -> EventRow | None:
    stored = values(content) if content is not None else None
    if stored is None or len(stored) != _STORED:
        return None
    # Whether each value is of its kind is seen by the hash of all of them.
    row = EventRow(origin, seq, *cast("tuple[Any, ...]", stored[1:]))
    try:
        return row if is_whole(row) else None
    except TypeError:
        return None


def _following(end: End, rows: dict[int, EventRow]) -> Iterator[EventRow]:
    seq, link = end.seq, end.hash
    while (row := rows.get(seq + 1)) is not None and row.previous_hash == link:
        yield row
        seq, link = row.origin_seq, row.hash


def take_all(journal: SqlJournal, rows: Sequence[EventRow]) -> None:
    """Store rows touch by touch, some hundred at a time. Raises JournalError."""
    for at in range(0, len(rows), _AT_ONCE):
        journal.take_rows(rows[at : at + _AT_ONCE])


_AT_ONCE = 500
