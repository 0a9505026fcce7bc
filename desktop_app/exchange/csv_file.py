"""The canonical table as CSV (RFC 4180): commas, CRLF, quotes doubled, UTF-8.

A cell that begins like a formula gets an apostrophe before it, so that no spreadsheet
computes what a patient's record says. One that already begins with apostrophes and then like
a formula gets one more, so that taking one away always gives the text back.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence

from desktop_app.core.events import BatchFile
from desktop_app.exchange.columns import NAMES, cells
from desktop_app.exchange.place import GrowingFile
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Format

FILE_NAME = "lines.csv"

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - the wide forms begin formulas too


def neutral(text: str) -> str:
    """Return a cell's text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


class CsvWriter:
    """Writes the header at once and each session's rows as they come."""

    def __init__(self, out: GrowingFile, *, mark: bool = False) -> None:
        self._out = out
        self._rows = 0
        if mark:
            out.write(codecs.BOM_UTF8)
        self._put([NAMES])

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows. Raises UnicodeEncodeError when a text is none that can be written as UTF-8."""
        self._put(map(neutral, cells(row)) for row in rows)
        self._rows += len(rows)

    def close(self) -> tuple[BatchFile, ...]:
        """Return the file, durable."""
        return (self._out.finish(self._rows),)

    def _put(self, lines: Iterable[Iterable[str]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(lines)
        self._out.write(text.getvalue().encode())


CSV = Format(title="CSV", begin=lambda place, _sending: CsvWriter(place.create(FILE_NAME)))
