"""The rows of a table, found in its text by halving: it is in the order of their keys.

A table of some hundred thousand rows costs nothing until a visit asks it for a code, and then a
score of looks into the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby, takewhile

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
        for key, _same in groupby(self._lines(self._begin), self._key):
            yield key

    def __len__(self) -> int:
        """Return how many keys there are."""
        return sum(1 for _key in self)

    def _found(self, key: Key) -> tuple[TableRow, ...]:
        same = takewhile(lambda line: self._key(line) == key, self._lines(self._place_of(key)))
        return tuple([row_in(line, self._width) for line in same])

    def _place_of(self, key: Key) -> int:
        """Return where the first line begins whose key is not before ``key``."""
        places = range(self._begin, len(self._text))
        return self._begin + bisect_left(places, key, key=self._key_at)

    def _key_at(self, place: int) -> Key:
        """Return the key of the line that a place of the text is in."""
        start = self._text.rfind("\n", self._begin, place) + 1 or self._begin
        return self._key(self._text[start : self._text.index("\n", place)])

    def _lines(self, start: int) -> Iterator[str]:
        """Yield each line from a place on that is the beginning of one."""
        while start < len(self._text):
            end = self._text.index("\n", start)
            yield self._text[start:end]
            start = end + 1

    def _key(self, line: str) -> Key:
        return tuple(line.split(",", self._width)[: self._width])
