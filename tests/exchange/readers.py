"""Tables read back by others than the program: RFC 4180 by hand, and workbooks by openpyxl."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.utils.escape import unescape

from desktop_app.core.layouts import Dates, Layout
from desktop_app.exchange.sending import STANDARD

NASTY = [
    "=1+1",
    "+49 30",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=quoted",
    "＝1",  # noqa: RUF001 - the wide form
    'said "no"',
    "a, b; c|d^e~f\\g&h*i:j",
    "two\r\nlines",
    "שלום",
    "💉🩸",
    "x" * 10_000,
    "",
]


def read(raw: bytes) -> list[dict[str, str]]:
    """Read a table with headings by hand: the second reader, beside Python's own."""
    header, *rows = records(raw)
    return [dict(zip(header, row, strict=True)) for row in rows]


def records(raw: bytes, layout: Layout = STANDARD) -> list[list[str]]:
    """Read RFC 4180, or its like with other separators and line ends, by hand."""
    delimiter, end = layout.delimiter.sign, layout.line_ends.sign
    found: list[list[str]] = []
    record: list[str] = []
    cell, quoted, was_quoted = "", False, False
    text = raw.decode("utf-8-sig" if layout.mark else "utf-8")
    place = 0
    while place < len(text):
        sign, following = text[place], text[place + 1 : place + 2]
        if quoted and sign == '"' and following == '"':
            cell, place = cell + '"', place + 1
        elif sign == '"' and (quoted or not cell):
            quoted, was_quoted = not quoted, True
        elif not quoted and sign == delimiter:
            record, cell, was_quoted = [*record, cell], "", False
        elif not quoted and text.startswith(end, place):
            found.append([*record, cell])
            record, cell, was_quoted, place = [], "", False, place + len(end) - 1
        else:
            assert quoted or (sign not in '\r\n"' and not was_quoted), f"stray {sign!r}"
            cell += sign
        place += 1
    assert (record, cell) == ([], ""), "the last line has no end"
    return found


def plain(text: str) -> str:
    """Take away the apostrophe that keeps a cell from being a formula."""
    return text[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", text) else text  # noqa: RUF001 - the wide forms


def sheet(path: Path, title: str = "Lines") -> list[list[object]]:
    """Return the rows of a sheet by openpyxl, not streamed, each cell as the value a person sees."""
    # From memory: of a file that is no workbook the library leaves the handle open.
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    rows = [[_seen(value) for value in row] for row in book[title].iter_rows(values_only=True)]
    book.close()
    return rows


def as_text(value: object, layout: Layout, places: int = 0) -> str:
    """Return a cell of a workbook as the text file of the same layout has it, written anew here."""
    if isinstance(value, datetime):
        day = {Dates.ISO: "%Y-%m-%d", Dates.US: "%m/%d/%Y", Dates.DIGITS: "%Y%m%d"}[layout.dates]
        clock = {Dates.ISO: "T%H:%M:%S", Dates.US: " %H:%M:%S", Dates.DIGITS: "%H%M%S"}[layout.dates]
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.strftime(day if midnight else day + clock)
    return f"{value:.{places}f}" if places else str(value)


def _seen(value: object) -> object:
    """Return what a spreadsheet shows: its escapes of control characters undone, nothing as no text."""
    return "" if value is None else unescape(value) if isinstance(value, str) else value
