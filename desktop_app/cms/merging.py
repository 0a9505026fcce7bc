"""What a file changes in a table: which rows are new, changed, ended or as before.

A file whose rows have dates replaces what it covers. A file without dates says what holds from
one day on: what it no longer says ends the day before, what it says differently begins anew, and
what was there before stays for visits of that time.

    limit of a code      2 from January     2 from April      3 from July
    imported             2, no end          2, no end         2 until 30 June; 3 from 1 July
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from desktop_app.cms.cells import ONE_DAY
from desktop_app.cms.faults import ImportRefused
from desktop_app.cms.reading import Found
from desktop_app.coding.tables import Key, TableKind, TableRow
from desktop_app.core.values import dataclass

Identity = tuple[Key, Key, date | None]

_NAMED_BY_VALUE = {TableKind.CROSSWALK, TableKind.ADD_ON}
"""Tables in which one key has many rows, told apart by the first thing they say."""


SOME_SIZE = 20
"""Rows from which on a table may be said to shrink."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A table after an import, and how it differs from before."""

    kind: TableKind
    rows: tuple[TableRow, ...]
    held: int
    """How many things it said before that had no end."""
    lost: int
    """Of how many of them it says nothing any more."""
    added: int
    changed: int
    ended: int
    unchanged: int

    @property
    def shrinks(self) -> bool:
        """Whether more than a quarter of a table of some size ends at once."""
        return self.held >= SOME_SIZE and 4 * self.lost > self.held


def merged(before: tuple[TableRow, ...], latest: date | None, found: list[Found]) -> Merged:
    """Return a table with the rows of some files of one kind in it.

    ``latest`` is the day from which the newest file of the table holds. Raises ImportRefused where a
    file without dates is older than that, or says two things of one code.
    """
    kind, dated = found[0].kind, found[0].dated
    rows = _dated(before, found) if dated else _undated(before, latest, found)
    rows.sort(key=lambda row: (row.key, row.value[:1], row.since))
    held = _told_apart(kind, before, dated=False).keys()
    lost = held - _told_apart(kind, rows, dated=False).keys()
    return Merged(kind, tuple(rows), len(held), len(lost), *_differences(kind, before, rows, dated=dated))


def _dated(before: tuple[TableRow, ...], found: list[Found]) -> list[TableRow]:
    """Put rows that have their own dates in the place of what the files cover."""
    new = list(dict.fromkeys(row for file in found for row in file.rows))
    named = {_identity(file.kind, row) for file in found for row in file.rows}
    kept = []
    for row in before:
        covering = [file for file in found if _covers(file, row)]
        if not covering:
            kept.append(row)
        elif _identity(covering[0].kind, row) not in named:
            kept += _ended(row, max(file.since for file in covering))
    return [*kept, *new]


def _covers(file: Found, row: TableRow) -> bool:
    return not file.ends or file.ends[0] <= row.key <= file.ends[1]


def _ended(row: TableRow, since: date) -> Iterator[TableRow]:
    """Yield a row that a file no longer has, ended before that file; one that began with it never was."""
    if row.until is not None and row.until < since:
        yield row
    elif row.since < since:
        yield replace(row, until=since - ONE_DAY)


def _undated(before: tuple[TableRow, ...], latest: date | None, found: list[Found]) -> list[TableRow]:
    kind, name, since = found[0].kind, found[0].name, found[0].since
    if any(file.since != since for file in found):
        raise ImportRefused(f"{found[1].name} and {name} are not of one quarter; import the older one first.")
    if latest is not None and latest > since:
        raise ImportRefused(f"{name} holds from {since}, and the table here is from {latest} already.")
    history: dict[Identity, list[TableRow]] = {}
    for row in before:
        history.setdefault(_identity(kind, row, dated=False), []).extend(_ended(row, since))
    for row in _once(kind, found):
        _append(history.setdefault(_identity(kind, row, dated=False), []), row)
    return [row for rows in history.values() for row in rows]


def _once(kind: TableKind, found: list[Found]) -> Iterable[TableRow]:
    rows: dict[Identity, TableRow] = {}
    for file in found:
        for row in file.rows:
            said = rows.setdefault(_identity(kind, row, dated=False), row)
            if said != row:
                raise ImportRefused(f"{file.name} says two things of {row.key[0]}.")
    return rows.values()


def _append(rows: list[TableRow], row: TableRow) -> None:
    """Add a row to the ones before it, as one with the last where it says the same without a break."""
    last = rows[-1] if rows else None
    if last and last.value == row.value and last.until == row.since - ONE_DAY:
        rows[-1] = replace(last, until=None)
    else:
        rows.append(row)


def _identity(kind: TableKind, row: TableRow, *, dated: bool = True) -> Identity:
    return row.key, row.value[:1] if kind in _NAMED_BY_VALUE else (), row.since if dated else None


def _differences(
    kind: TableKind, before: Iterable[TableRow], after: Iterable[TableRow], *, dated: bool
) -> tuple[int, ...]:
    """Return how many rows were added, changed and ended, and how many are as before.

    In a table without dates of its own a row is what holds of a code at the end.
    """
    old, new = _told_apart(kind, before, dated=dated), _told_apart(kind, after, dated=dated)
    added = len(new.keys() - old.keys())
    gone = len(old.keys() - new.keys())
    both = [(old[name], new[name]) for name in old.keys() & new.keys()]
    ended = sum(was.until is None and row.until is not None for was, row in both)
    unchanged = sum(was.value == row.value and was.until == row.until for was, row in both)
    return added, len(both) - ended - unchanged, gone + ended, unchanged


def _told_apart(kind: TableKind, rows: Iterable[TableRow], *, dated: bool) -> dict[Identity, TableRow]:
    return {_identity(kind, row, dated=dated): row for row in rows if dated or row.until is None}
