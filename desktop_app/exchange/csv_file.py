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
from collections.abc import Iterable
from typing import BinaryIO

from desktop_app.exchange.columns import NAMES, cells
from desktop_app.exchange.rows import Row

FILE_NAME = "lines.csv"

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - the wide forms begin formulas too


def neutral(text: str) -> str:
    """Return a cell's text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(out: BinaryIO, rows: Iterable[Row], *, mark: bool = False) -> int:
    """Write a header and the rows; return how many rows. ``mark`` puts a byte order mark first.

    Raises UnicodeEncodeError when a text is none that can be written as UTF-8.
    """
    if mark:
        out.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(NAMES)
    count = 0
    for row in rows:
        writer.writerow(map(neutral, cells(row)))
        count += 1
    text.detach()
    return count
