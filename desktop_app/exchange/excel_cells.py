"""What a value is in a cell of a workbook, and what no cell can hold."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from desktop_app.core.layouts import ExcelDates, Layout, Times
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.columns import Value
from desktop_app.exchange.sending import CannotBeSent

Stored = str | int | Decimal | date | datetime
"""A text, a number, a day, or an instant of the place's own clock; the empty text is an empty cell."""

LONGEST_CELL = 32_767
"""In code units of UTF-16, as Excel counts."""
FIRST_DATE = date(1900, 3, 1)
"""Before this day Excel counts a day that never was."""
_MOST_DIGITS = 15
_NO_XML = re.compile("[\ufffe\uffff]")
_MARKUP = re.compile(r"<r>.*</r>|.*_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_.*", re.DOTALL)
"""What the library that writes cells takes for its own signs."""


def stored(value: Value, cells: Cells) -> Stored:
    """Return what a cell is to hold; what a spreadsheet cannot count with is a text."""
    if value is None or isinstance(value, str | int):
        return "" if value is None else value
    return value if _is_exact(value, cells.layout) else cells.text(value)


def _is_exact(value: Decimal | date, layout: Layout) -> bool:
    """Say whether a spreadsheet's own number or date says all that a value says, as the layout wants it."""
    if isinstance(value, Decimal):
        return len(value.as_tuple().digits) <= _MOST_DIGITS
    if layout.excel_dates is not ExcelDates.DATES:
        return False
    if isinstance(value, datetime):
        return layout.times is Times.LOCAL
    return value >= FIRST_DATE


def marked(value: Stored) -> str:
    """Return a cell as the text it is compared by: its kind, then what it holds."""
    match value:
        case str():
            return f"text {value}" if value else ""
        case datetime():
            return f"date {value.replace(tzinfo=None, microsecond=0).isoformat()}"
        case date():
            return f"date {value.isoformat()}T00:00:00"
        case _:
            return f"number {Decimal(value).normalize():f}"


def require_cell(value: Stored, head: str) -> None:
    """Raise CannotBeSent for a text that no cell holds, and UnicodeEncodeError for what is no text."""
    if not isinstance(value, str):
        return
    length = len(value.encode("utf-16-le")) // 2
    if length > LONGEST_CELL:
        raise CannotBeSent(
            f"has {length:,} characters under “{head}”, and a cell of Excel holds {LONGEST_CELL:,}"
        )
    if found := _NO_XML.search(value):
        raise CannotBeSent(f"has the character U+{ord(found[0]):04X} under “{head}”, and Excel has none such")
    if _MARKUP.fullmatch(value):
        raise CannotBeSent(f"has a text under “{head}” that Excel would take for signs of its own")
