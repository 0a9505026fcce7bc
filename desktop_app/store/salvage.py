"""What can be kept of a damaged journal: the events that follow, link by link, on a backup's last one.

Every row is looked for on every page that is whole, so that neither the head of the file nor the
way to a page is needed. A row counts only if it is what its hash says and follows on the one
before it; behind the first gap nothing does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from desktop_app.core.events import JournalRestored
from desktop_app.store.chain import EventRow, first_link, is_whole
from desktop_app.store.codec import decode
from desktop_app.store.database import Database, DatabaseKey
from desktop_app.store.faults import UnreadableEvent
from desktop_app.store.journal import SqlJournal
from desktop_app.store.raw_pages import RawPages, cells, highest, values

_ORIGIN_BITS = 40
_SEQ = (1 << _ORIGIN_BITS) - 1
_MOST_ORIGINS = 1 << 23
_STORED = len(EventRow._fields) - 1
"""A row keeps its place in one number, which is the row's own, and so holds a column less."""


Contents = dict[int, set[bytes]]
"""What rows of each number hold: an event's, and a row's of another table that is numbered as events are."""


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


class Epoch(NamedTuple):
    """An origin that is newer than the backup, as its row says."""

    number: int
    name: str
    own: int
    began_us: int


class Salvaged(NamedTuple):
    """What can be kept: the events, in their order, and the epochs of which the backup does not know."""

    rows: list[EventRow]
    epochs: list[Epoch]


def salvage(path: Path, keys: Sequence[DatabaseKey], ends: dict[int, End]) -> Salvaged:
    """Return what follows on some ends in a database file and its log, in its order."""
    pages = next((raw for key in keys if (raw := RawPages(path, key)).is_theirs), None)
    if pages is None or not ends:
        return Salvaged([], [])
    contents, epochs = _found(pages, ends)
    rows = [row for number, end in ends.items() for row in _following(end, contents.get(number, {}))]
    taken: list[Epoch] = []
    for epoch in sorted(epochs):
        end = End(epoch.name, 0, first_link(epoch.name))
        newer = list(_following(end, contents.get(epoch.number, {})))
        if not newer or not _goes_on(newer[0], sum(one.seq for one in ends.values()) + len(rows)):
            break
        taken.append(epoch)
        rows += newer
    return Salvaged(rows, taken)


def _goes_on(first: EventRow, events: int) -> bool:
    """Return whether an epoch begins where so many events were: its restore says how many it found."""
    try:
        event = decode(first.kind, first.schema, first.effective_us, first.body, name=first.id)
    except UnreadableEvent:
        return False
    return isinstance(event, JournalRestored) and event.events + event.salvaged == events


def _found(pages: RawPages, ends: dict[int, End]) -> tuple[dict[int, Contents], set[Epoch]]:
    """Return what every row behind an end holds, by its origin's number and its own, and newer epochs."""
    found: dict[int, Contents] = {}
    epochs: set[Epoch] = set()
    least = min(number << _ORIGIN_BITS | end.seq for number, end in ends.items())
    for page in pages.all():
        top = highest(page)
        if top > least:
            _add_rows(pages, page, ends, least, found)
        elif 0 < top < _MOST_ORIGINS:
            epochs.update(epoch for epoch in _epochs(pages, page) if epoch.number > max(ends))
    return found, epochs


def _add_rows(
    pages: RawPages, page: bytes, ends: dict[int, End], least: int, found: dict[int, Contents]
) -> None:
    for cell in cells(page, after=least):
        number, seq = cell.number >> _ORIGIN_BITS, cell.number & _SEQ
        of_origin = found.setdefault(number, {})
        if number in ends and seq <= ends[number].seq:
            continue
        if (content := pages.content(page, cell)) is not None:
            of_origin.setdefault(seq, set()).add(content)


def _epochs(pages: RawPages, page: bytes) -> Iterator[Epoch]:
    for cell in cells(page):
        content = pages.content(page, cell)
        match values(content) if content is not None else None:
            case (None, str(name), int(own), int(began_us)):
                yield Epoch(cell.number, name, own, began_us)


def _row(content: bytes, origin: str, seq: int) -> EventRow | None:
    stored = values(content)
    if stored is None or len(stored) != _STORED:
        return None
    # Whether each value is of its kind is seen by the hash of all of them.
    row = EventRow(origin, seq, *cast("tuple[Any, ...]", stored[1:]))
    try:
        return row if is_whole(row) else None
    except TypeError:
        return None


def _following(end: End, contents: Contents) -> Iterator[EventRow]:
    seq, link = end.seq, end.hash
    while (row := _next_row(end.origin, seq + 1, link, contents)) is not None:
        yield row
        seq, link = row.origin_seq, row.hash


def _next_row(origin: str, seq: int, link: bytes, contents: Contents) -> EventRow | None:
    rows = (_row(content, origin, seq) for content in contents.get(seq, ()))
    return next((row for row in rows if row is not None and row.previous_hash == link), None)


def take_all(journal: SqlJournal, rows: Sequence[EventRow]) -> None:
    """Store rows touch by touch, some hundred at a time. Raises JournalError."""
    for at in range(0, len(rows), _AT_ONCE):
        journal.take_rows(rows[at : at + _AT_ONCE])


_AT_ONCE = 500
