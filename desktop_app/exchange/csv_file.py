"""A table as text (RFC 4180): by default commas, CRLF, quotes doubled, UTF-8; else as the layout says.

A cell that begins like a formula gets an apostrophe before it, so that no spreadsheet
computes what a patient's record says; a layout may leave that out.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence

from desktop_app.core.events import BatchFile
from desktop_app.core.layouts import Layout
from desktop_app.exchange.cells import Cells, unready
from desktop_app.exchange.charges import NO_CHARGES, Charges
from desktop_app.exchange.columns import Value
from desktop_app.exchange.formulas import neutral
from desktop_app.exchange.place import Place
from desktop_app.exchange.read_back import looking_through
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import STANDARD, Format, Sending
from desktop_app.exchange.steps import Closing, at_once
from desktop_app.exchange.table_checks import Expected, looks_at_csv

FILE_NAME = "lines.csv"


class CsvText:
    """The text of a table's lines."""

    def __init__(self, layout: Layout = STANDARD, charges: Charges = NO_CHARGES) -> None:
        self.layout = layout
        self._cells = Cells(layout, charges)

    def beginning(self) -> bytes:
        """Return what stands before the first row: a mark of order and the headings, where wanted."""
        mark = codecs.BOM_UTF8 if self.layout.mark else b""
        return mark + (self.line(self._cells.head) if self.layout.header else b"")

    @property
    def head(self) -> tuple[str, ...]:
        """The headings, where they are wanted."""
        return self._cells.head if self.layout.header else ()

    def cells(self, row: Row) -> tuple[str, ...]:
        """Return a row's cells as they are written."""
        return tuple(map(self._cell, self._cells.values(row)))

    def line(self, cells: Sequence[str]) -> bytes:
        """Return cells as a line. Raises UnicodeEncodeError for a text that UTF-8 cannot hold."""
        text = io.StringIO()
        # Ended by CRLF, every cell with either of the two is quoted, whatever the layout ends lines with.
        csv.writer(text, delimiter=self.layout.delimiter.sign).writerow(cells)
        return (text.getvalue().removesuffix("\r\n") + self.layout.line_ends.sign).encode()

    def _cell(self, value: Value) -> str:
        text = self._cells.text(value)
        return neutral(text) if self.layout.guard and isinstance(value, str) else text


class CsvWriter:
    """Writes the headings at once and each session's rows as they come."""

    def __init__(self, place: Place, sending: Sending) -> None:
        self._path = place.folder / FILE_NAME
        self._text = CsvText(sending.layout, sending.practice.charges)
        self._expected = Expected(len(sending.layout.columns), self._text.head)
        self._out = place.create(FILE_NAME)
        self._out.write(self._text.beginning())

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows. Raises UnicodeEncodeError when a text is none that can be written as UTF-8."""
        for row in rows:
            cells = self._text.cells(row)
            self._out.write(self._text.line(cells))
            self._expected.add(cells)

    def close(self) -> tuple[BatchFile, ...]:
        """Return the file, durable, once it was read back and checked. Raises OSError and CannotBeSent."""
        return at_once(self.closing())

    def closing(self) -> Closing:
        """Do what ``close`` does, a row at a time."""
        file = self._out.finish(self._expected.count)
        looks = looks_at_csv(self._path, self._text.layout, self._expected)
        yield from looking_through(file.name, looks, file.rows)
        return (file,)


CSV = Format(
    title="CSV",
    about="A table as text, a row a line: code, units, modifiers, times, minutes and the reason.",
    begin=CsvWriter,
    unready=lambda rows, sending: unready(rows, sending.layout, sending.practice.charges),
    has_layout=True,
)
