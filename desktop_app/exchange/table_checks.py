"""Own checks of a table, run on what was written before the batch gets its name.

The file is read as a receiver would read it and held against what was to be written, cell by
cell. Of that only a fingerprint a row is kept, so that a batch of any size can be checked.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from desktop_app.core.layouts import Layout
from desktop_app.core.values import dataclass
from desktop_app.exchange.read_back import RIGHT, first

_FINGERPRINT = 16
"""Bytes; as many as nobody finds two rows of one fingerprint for."""


@dataclass(slots=True)
class Expected:
    """What must be found in a table."""

    width: int
    """How many columns it has."""
    head: tuple[str, ...] = ()
    """Its headings; empty for a table without them."""
    _rows: bytearray = field(default_factory=bytearray)
    """The fingerprints of all rows, one behind the other: a year has tens of thousands."""

    def add(self, cells: Sequence[str]) -> None:
        """Note a row."""
        self._rows += _fingerprint(cells)

    @property
    def count(self) -> int:
        """How many rows were noted."""
        return len(self._rows) // _FINGERPRINT

    def is_row(self, place: int, cells: Sequence[str]) -> bool:
        """Return whether the row of a place, from 0, is the one that was noted there."""
        at = place * _FINGERPRINT
        return self._rows[at : at + _FINGERPRINT] == _fingerprint(cells)


def table_faults(found: Iterable[Sequence[str]], expected: Expected) -> Iterator[str]:
    """Yield of each row found, headings first, that it is right or how it is not what was to be written."""
    rows = iter(found)
    if expected.head and tuple(next(rows, ())) != expected.head:
        yield "its headings are not those of the layout"
    count = 0
    for count, cells in enumerate(rows, start=1):
        is_right = count > expected.count or expected.is_row(count - 1, cells)
        yield RIGHT if is_right else f"row {count} does not say what was to be written"
    if count != expected.count:
        yield f"it has {count} rows, of {expected.count}"


def faults_of_csv(path: Path, layout: Layout, expected: Expected) -> list[str]:
    """Return what is wrong with a text file of a layout; empty when all is right. Raises OSError."""
    return first(looks_at_csv(path, layout, expected))


def looks_at_csv(path: Path, layout: Layout, expected: Expected) -> Iterator[str]:
    """Yield, row by row, what is wrong with a text file of a layout, or that it is right. Raises OSError."""
    try:
        yield from _csv_faults(path, layout, expected)
    except (csv.Error, UnicodeDecodeError) as fault:
        yield f"it cannot be read as a table: {fault}"


def _csv_faults(path: Path, layout: Layout, expected: Expected) -> Iterator[str]:
    with path.open("rb") as raw:
        if raw.read(len(codecs.BOM_UTF8)).startswith(codecs.BOM_UTF8) != layout.mark:
            yield f"it {'begins without' if layout.mark else 'begins with'} a byte order mark"
    reading = _Reading(path, layout)
    yield from table_faults(reading.records(), expected)
    if reading.ended_otherwise:
        yield f"line {reading.ended_otherwise} does not end as the layout says"


class _Reading:
    """One reading of a text file, which notes how its lines end."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.ended_otherwise = 0
        """The first line that ends a row in another way than the layout's, from 1; 0 for none."""
        self._path = path
        self._layout = layout
        self._last = ""

    def records(self) -> Iterator[list[str]]:
        """Yield every row's cells. Raises csv.Error, UnicodeDecodeError and OSError."""
        end = self._layout.line_ends.sign
        other = "\r\n" if end == "\n" else ""
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(self._noting(file), delimiter=self._layout.delimiter.sign, strict=True)
            for record in reader:
                yield record
                as_said = self._last.endswith(end) and not (other and self._last.endswith(other))
                if not as_said and not self.ended_otherwise:
                    self.ended_otherwise = reader.line_num

    def _noting(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._last = line
            yield line


def _fingerprint(cells: Sequence[str]) -> bytes:
    """Return what tells a row from any other, with its cells' lengths: no two cells can run together."""
    digest = hashlib.blake2b(digest_size=_FINGERPRINT)
    for cell in cells:
        raw = cell.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.digest()
