"""The rows of a table, found in its text by halving: it is in the order of their keys.

A table of some hundred thousand rows costs nothing until a visit asks it for a code, and then a
score of looks into the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from desktop_app.coding.tables import Key, TableRow

_KEPT = 4096


def row_in(line: str, width: int) -> TableRow:
    """Return the row on a line, whose key has ``width`` cells."""
    *cells, since, until = line.split(",")
    ends = date.fromisoformat(until) if until else None
    return TableRow(tuple(cells[:width]), tuple(cells[width:]), date.fromisoformat(since), ends)


class SortedRows(Mapping[Key, tuple[TableRow, ...]]):
    """The rows of a table by key; its text names the columns on the first line and ends with its last."""

    def __init__(self, text: str, width: int) -> None:
        """Take the text of a table and how many cells a key has."""
        self._text = text
        self._width = width
        self._begin = text.index("\n") + 1
        self._rows_of = lru_cache(_KEPT)(self._found)

    def __getitem__(self, key: Key) -> tuple[TableRow, ...]:
        """Return the rows of a key, in the order of the text. Raises KeyError."""
        rows = self._rows_of(key)
        if not rows:
            raise KeyError(key)
        return rows

    def __iter__(self) -> Iterator[Key]:
        """Yield every key once, in the order of the text."""
        last, at = None, self._begin
        while at < len(self._text):
            key, _line, at = self._line(at)
            if key != last:
                yield key
            last = key

    def __len__(self) -> int:
        """Return how many keys there are."""
        return sum(1 for _key in self)

    def _found(self, key: Key) -> tuple[TableRow, ...]:
        rows, at = [], self._place_of(key)
        while at < len(self._text):
            other, line, at = self._line(at)
            if other != key:
                break
            rows.append(row_in(line, self._width))
        return tuple(rows)

    def _place_of(self, key: Key) -> int:
        """Return where the first line begins whose key is not before ``key``."""
        low, high = self._begin, len(self._text)
        while low < high:
            middle = (low + high) // 2
            start = self._text.rfind("\n", low, middle) + 1 or low
            other, _line, after = self._line(start)
            low, high = (after, high) if other < key else (low, start)
        return low

    def _line(self, start: int) -> tuple[Key, str, int]:
        """Return the key of a line, the line, and where the next one begins."""
        end = self._text.index("\n", start)
        line = self._text[start:end]
        return tuple(line.split(",", self._width)[: self._width]), line, end + 1
