"""Layouts of tables for the tests: the ready ones and some that nobody would make; tables written in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.core.layouts import (
    Dates,
    DecimalMark,
    Delimiter,
    ExcelDates,
    Layout,
    LayoutColumn,
    LineEnds,
    Times,
)
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.columns import ALL_NAMES
from desktop_app.exchange.csv_file import CsvWriter
from desktop_app.exchange.excel import ExcelWriter
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import NOBODY
from desktop_app.layout_files import ready_layouts
from tests.exchange.claim_files import SENDING
from tests.exchange.month import CHARGES, correction_rows, first_rows
from tests.exchange.readers import as_text, plain, read, records, sheet
from tests.exchange.tables import AMOUNTS, expected_text

EVERYTHING = Layout(
    name="everything",
    title="Everything",
    columns=(
        *(LayoutColumn(take=name, head=f"The {name}") for name in ALL_NAMES),
        LayoutColumn(fixed="=01", head="Site"),
    ),
)
OTHERS = {
    "semicolons and commas": replace(
        EVERYTHING,
        delimiter=Delimiter.SEMICOLON,
        decimal=DecimalMark.COMMA,
        times=Times.LOCAL,
        dates=Dates.US,
        mark=True,
        modifiers_joined_by="",
    ),
    "tabs": replace(EVERYTHING, delimiter=Delimiter.TAB, line_ends=LineEnds.LF, dates=Dates.US),
    "pipes without headings": replace(
        EVERYTHING, delimiter=Delimiter.PIPE, header=False, dates=Dates.DIGITS, excel_dates=ExcelDates.DATES
    ),
    "dates to count with": replace(
        EVERYTHING, dates=Dates.DIGITS, times=Times.LOCAL, excel_dates=ExcelDates.DATES, guard=False
    ),
}
LAYOUTS = {name: kept.layout for name, kept in ready_layouts().items()} | OTHERS


def written(
    folder: Path, layout: Layout, sessions: Sequence[Sequence[Row]], charges: Charges = CHARGES
) -> tuple[bytes, Path]:
    """Write sessions as text and as a workbook; return the text and the workbook's place."""
    sending = replace(SENDING, layout=layout, practice=replace(NOBODY, charges=charges))
    for writer in (CsvWriter(Place(folder), sending), ExcelWriter(Place(folder), sending)):
        for rows in sessions:
            writer.add(rows)
        writer.close()
    return (folder / "lines.csv").read_bytes(), folder / "lines.xlsx"


def sessions_of_month(one_in: int = 1) -> tuple[tuple[Row, ...], ...]:
    """Return what the month sends at first, or one session in so many, and all that is put right later."""
    return first_rows()[::one_in] + correction_rows()


def canonical_rows(folder: Path) -> list[dict[str, str]]:
    """Return the month, and what was put right later, as the standard table has it."""
    writer = CsvWriter(Place(folder), SENDING)
    for rows in sessions_of_month():
        writer.add(rows)
    writer.close()
    return read((folder / "lines.csv").read_bytes())


def check_month(
    folder: Path, layout: Layout, canonical: Sequence[Mapping[str, str]], one_in: int = 1
) -> None:
    """Hold the month, or one session in so many, in a layout against the canonical table, cell by cell."""
    sessions = sessions_of_month(one_in)
    sent = {row.id for rows in sessions for row in rows}
    raw, book = written(folder, layout, sessions)
    by_hand, by_openpyxl = records(raw, layout), sheet(book)
    head = [column.head for column in layout.columns]
    if layout.header:
        assert (by_hand.pop(0), by_openpyxl.pop(0)) == (head, head)
    rows = [row for row in canonical if row["line"] in sent]
    assert len(by_hand) == len(by_openpyxl) == len(rows) == len(sent)
    for row, cells, seen in zip(rows, by_hand, by_openpyxl, strict=True):
        wanted = [expected_text(row, column, layout) for column in layout.columns]
        assert list(map(plain, cells)) == wanted if layout.guard else cells == wanted
        for column, text, value in zip(layout.columns, wanted, seen, strict=True):
            point = text.replace(",", ".") if column.take in AMOUNTS else text
            places = len(point.partition(".")[2]) if isinstance(value, float | int) else 0
            assert as_text(value, layout, places) == point, column
