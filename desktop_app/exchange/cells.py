"""From a row to the cells of a layout: the one way for text files, workbooks and the preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from desktop_app.core.layouts import Dates, DecimalMark, Layout, LayoutColumn, Times
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.columns import CHARGED, COLUMNS, Value, further_columns
from desktop_app.exchange.rows import Row

_DAYS = {Dates.ISO: "%Y-%m-%d", Dates.US: "%m/%d/%Y", Dates.DIGITS: "%Y%m%d"}
_CLOCKS = {Dates.ISO: "T%H:%M:%S", Dates.US: " %H:%M:%S", Dates.DIGITS: "%H%M%S"}


class Cells:
    """Makes the cells of rows as a layout wants them."""

    def __init__(self, layout: Layout, charges: Charges) -> None:
        self.layout = layout
        self.head = tuple(column.head for column in layout.columns)
        known = (*COLUMNS, *further_columns(charges, layout.modifiers_joined_by))
        by_name = {column.name: column.value for column in known}
        self._values = tuple(_value_of(column, by_name) for column in layout.columns)

    def values(self, row: Row) -> tuple[Value, ...]:
        """Return the row's values."""
        return tuple(value(row) for value in self._values)

    def texts(self, row: Row) -> tuple[str, ...]:
        """Return the row's values as text."""
        return tuple(map(self.text, self.values(row)))

    def text(self, value: Value) -> str:
        """Return a value as text; a text is as it is."""
        match value:
            case None:
                return ""
            case datetime():
                return self._instant(value)
            case date():
                return _day(value, self.layout.dates)
            case Decimal():
                return self._decimal(value)
            case _:
                return str(value)

    def empty_heads(self, row: Row) -> list[str]:
        """Return the headings of the columns that are needed and empty in a row."""
        columns = zip(self.layout.columns, self._values, strict=True)
        return [column.head for column, value in columns if column.needed and value(row) in {None, ""}]

    def _instant(self, at: datetime) -> str:
        """Return a time of day to the second, with its offset where the layout has it."""
        dates = self.layout.dates
        text = _day(at, dates) + at.strftime(_CLOCKS[dates])
        if self.layout.times is Times.LOCAL:
            return text
        offset = at.isoformat(timespec="seconds")[-6:]
        return text + (offset.replace(":", "") if dates is Dates.DIGITS else offset)

    def _decimal(self, number: Decimal) -> str:
        text = f"{number:f}"
        return text.replace(".", ",") if self.layout.decimal is DecimalMark.COMMA else text


def unready(rows: Sequence[Row], layout: Layout, charges: Charges) -> str:
    """Return why a session cannot be sent in a layout, as the end of a sentence, or nothing."""
    faults = list(_faults(rows, layout, charges))
    return f"cannot be sent as “{layout.title}” yet: {'; '.join(faults)}" if faults else ""


def _faults(rows: Sequence[Row], layout: Layout, charges: Charges) -> Iterator[str]:
    if charges.fault and layout.taken & CHARGED:
        yield charges.fault
        return
    cells = Cells(layout, charges)
    empty: dict[str, dict[str, None]] = {}
    for row in rows:
        for head in cells.empty_heads(row):
            empty.setdefault(head, {})[row.line.code] = None
    for head, codes in empty.items():
        yield f"“{head}” of {', '.join(codes)} is empty"


def _day(day: date, dates: Dates) -> str:
    """Return a day as text; ``strftime`` alone writes years before 1000 with fewer digits on some systems."""
    return day.strftime(_DAYS[dates].replace("%Y", f"{day.year:04}"))


def _value_of(column: LayoutColumn, by_name: dict[str, Callable[[Row], Value]]) -> Callable[[Row], Value]:
    return by_name[column.take] if column.take else lambda _row: column.fixed
