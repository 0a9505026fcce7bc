"""A table as an Excel workbook: the lines on one sheet, what the manifest says of the batch on another.

Codes, NDC, MRN and every other text are text cells: leading zeros stay and nothing is computed. Units,
minutes and amounts are numbers; days are dates where the layout says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # its hints are not published
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # as above

from desktop_app.core.events import BatchFile
from desktop_app.exchange import manifest
from desktop_app.exchange.cells import Cells, unready
from desktop_app.exchange.excel_cells import Stored, marked, require_cell, stored
from desktop_app.exchange.excel_checks import LINES, TOTALS, looks_at_workbook
from desktop_app.exchange.excel_sheet import Looks, Sheet
from desktop_app.exchange.place import Place
from desktop_app.exchange.read_back import looking_through
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import CannotBeSent, Format, Sending, Tally
from desktop_app.exchange.steps import Closing, Step, aside, at_once
from desktop_app.exchange.table_checks import Expected

FILE_NAME = "lines.xlsx"
MOST_ROWS = 1_048_576
HEADINGS = "headings"
"""Where a text stands that is of no column."""


class ExcelWriter:
    """Writes rows as they come and the totals at the end; the library keeps one row in memory."""

    def __init__(self, place: Place, sending: Sending) -> None:
        self._path = place.folder / FILE_NAME
        self._sending = sending
        self._tally = Tally()
        self._cells = Cells(sending.layout, sending.practice.charges)
        self._out = place.create(FILE_NAME)
        # What the library keeps aside has patients in it: it must not lie in a folder of everybody's.
        self._book = Workbook(self._out, {"constant_memory": True, "tmpdir": str(place.folder)})
        place.close_with(self._let_go)
        self._book.set_properties({"title": sending.name, "created": sending.made_at.replace(tzinfo=None)})
        self._looks = Looks(self._book, sending.layout.dates)
        self._lines = Sheet(self._book, LINES, self._looks)
        head = self._cells.head if sending.layout.header else ()
        for text in head:
            require_cell(text, HEADINGS)
        self._expected = Expected(len(self._cells.head), tuple(map(marked, head)))
        if head:
            self._lines.add_head(head)

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows, none when one cannot be. Raises CannotBeSent and UnicodeEncodeError."""
        every = [self._stored(row) for row in rows]
        if self._lines.count + len(every) > MOST_ROWS:
            raise CannotBeSent(f"does not fit any more: a sheet of Excel holds {MOST_ROWS:,} rows")
        for cells in every:
            self._lines.add(cells)
            self._expected.add([marked(cell) for cell in cells])
        self._tally.add(rows)

    def close(self) -> tuple[BatchFile, ...]:
        """Write the totals, read all of it back and check it. Raises OSError and CannotBeSent."""
        return at_once(self.closing())

    def closing(self) -> Closing:
        """Do what ``close`` does, a row at a time."""
        self._lines.finish()
        totals = tuple(told(self._sending, self._tally))
        _require_totals(totals)
        sheet = Sheet(self._book, TOTALS, self._looks)
        for total in totals:
            sheet.add(total)
        sheet.finish()
        try:
            # Packing a year's rows takes seconds, and the library has no steps.
            for _ in aside(self._book.close, self._out.be_deaf):
                yield Step(0, self._expected.count, FILE_NAME)
        except FileCreateError as fault:
            raise _as_it_was(fault) from fault
        file = self._out.finish(self._expected.count)
        looks = looks_at_workbook(self._path, self._expected, totals)
        yield from looking_through(file.name, looks, file.rows)
        return (file,)

    def _stored(self, row: Row) -> tuple[Stored, ...]:
        cells = tuple(stored(value, self._cells) for value in self._cells.values(row))
        for cell, head in zip(cells, self._cells.head, strict=True):
            require_cell(cell, head)
        return cells

    def _let_go(self) -> None:
        """Close the files the library keeps aside, so that their folder can be removed."""
        for sheet in self._book.worksheets():
            sheet._opt_close()  # noqa: SLF001 - it has no public way to give a workbook up


def _require_totals(totals: Iterable[tuple[str, str | int]]) -> None:
    """Raise CannotBeSent, about the file, for a total that no cell holds."""
    for name, total in totals:
        try:
            require_cell(total, name)
        except CannotBeSent as fault:
            raise CannotBeSent(f"{FILE_NAME} {fault}") from None


def told(sending: Sending, tally: Tally) -> Iterator[tuple[str, str | int]]:
    """Yield what the manifest says of a batch, a name and a value each: ``counts.lines``."""
    yield from _flat("", {**manifest.head(sending, tally), **manifest.counted(tally)})


def _flat(before: str, content: Mapping[str, Any]) -> Iterator[tuple[str, str | int]]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{before}{name}.", value)
        elif isinstance(value, bool):
            yield f"{before}{name}", "yes" if value else "no"
        else:
            yield f"{before}{name}", ", ".join(value) if isinstance(value, list) else value


def _as_it_was(fault: FileCreateError) -> OSError:
    """Return the fault of the disk that the library wraps into one of its own."""
    return next((cause for cause in fault.args if isinstance(cause, OSError)), OSError(str(fault)))


EXCEL = Format(
    title="Excel",
    about="The same table as a workbook; a second sheet has the totals.",
    begin=ExcelWriter,
    unready=lambda rows, sending: unready(rows, sending.layout, sending.practice.charges),
    has_layout=True,
)
