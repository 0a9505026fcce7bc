"""One sheet of a workbook while it grows, a row at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # its hints are not published
from xlsxwriter.format import Format as Look  # type: ignore[import-untyped]  # as above

from desktop_app.core.layouts import Dates
from desktop_app.exchange.excel_cells import Stored

_NARROWEST, _WIDEST = 9, 48
_BUTTON = 3
"""How much wider a heading is with the filter's button beside it."""
_DAYS = {Dates.ISO: "yyyy-mm-dd", Dates.US: "mm/dd/yyyy", Dates.DIGITS: "yyyymmdd"}


class Looks:
    """How the cells of a workbook look, each way made once."""

    def __init__(self, book: Workbook, dates: Dates) -> None:
        self._book = book
        self._day = _DAYS[dates]
        self._made: dict[str, Look] = {}
        self.head: Look = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})

    def of(self, value: Stored) -> Look:
        """Return how a value looks: text stays text when somebody edits it, numbers keep their places."""
        match value:
            case str():
                return self._look("@")
            case datetime():
                return self._look(f"{self._day} hh:mm:ss")
            case date():
                return self._look(self._day)
            case _:
                return self._look(_places_of(Decimal(value)))

    def _look(self, number_format: str) -> Look:
        if number_format not in self._made:
            self._made[number_format] = self._book.add_format({"num_format": number_format, "valign": "top"})
        return self._made[number_format]


class Sheet:
    """Takes rows, and is finished once."""

    def __init__(self, book: Workbook, title: str, looks: Looks) -> None:
        self.count = 0
        """How many rows it has, headings included."""
        self._sheet = book.add_worksheet(title)
        self._looks = looks
        self._has_head = False
        self._widths: list[int] = []

    def add_head(self, head: Sequence[str]) -> None:
        """Write the headings; they stay in view and have filters."""
        for place, text in enumerate(head):
            self._sheet.write_string(self.count, place, text, self._looks.head)
        self._note_widths([len(text) + _BUTTON for text in head])
        self._has_head = True
        self.count += 1

    def add(self, cells: Sequence[Stored]) -> None:
        """Write a row."""
        for place, value in enumerate(cells):
            self._write(place, value)
        self._note_widths([len(str(value)) + 1 for value in cells])
        self.count += 1

    def finish(self) -> None:
        """Say how wide the columns are, what stays in view, and that digits may be text."""
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST))
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{max(self.count, 1)}"})
        if self._has_head:
            self._sheet.freeze_panes(1, 0)
            self._sheet.autofilter(0, 0, max(self.count - 1, 1), len(self._widths) - 1)

    def _write(self, place: int, value: Stored) -> None:
        at, look = (self.count, place), self._looks.of(value)
        match value:
            case "":
                # So that a row is there even where all of it is empty.
                if place == 0:
                    self._sheet.write_blank(*at, None, look)
            case str():
                self._sheet.write_string(*at, value, look)
            case datetime():
                self._sheet.write_datetime(*at, value.replace(tzinfo=None, microsecond=0), look)
            case date():
                self._sheet.write_datetime(*at, datetime.combine(value, datetime.min.time()), look)
            case _:
                self._sheet.write_number(*at, float(value), look)

    def _note_widths(self, widths: Sequence[int]) -> None:
        before = self._widths or [0] * len(widths)
        self._widths = [max(pair) for pair in zip(before, widths, strict=True)]


def _places_of(number: Decimal) -> str:
    """Return the format that shows a number with the decimal places it was said with."""
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"0.{'0' * places}" if places else "0"
