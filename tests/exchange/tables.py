"""What each cell of a layout should say, made anew from the canonical table: the tests' own account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from desktop_app.core.layouts import Dates, DecimalMark, Layout, LayoutColumn, Times
from desktop_app.exchange.columns import CLOCK_NOTE
from tests.exchange.month import CHARGES

DAYS = {"date_of_service", "birth_date"}
INSTANTS = {"start", "stop", "signed_at"}
NUMBERS = {"version", "units", "minutes"}
AMOUNTS = {"ndc_quantity", "charge", "charge_per_unit"}


def expected_text(row: Mapping[str, str], column: LayoutColumn, layout: Layout) -> str:
    """Return what a text file should have for a row of the canonical table, without its apostrophe."""
    if not column.take:
        return column.fixed
    if column.take == "modifiers":
        return layout.modifiers_joined_by.join(filter(None, (row[f"modifier_{n}"] for n in range(1, 5))))
    if column.take.startswith("charge") or column.take == "revenue_code":
        return _of_charges(row, column.take, layout)
    # No clock was set while the month was timed; what one does is told in test_clock_notes.
    text = {**row, CLOCK_NOTE: ""}[column.take]
    if column.take in AMOUNTS and layout.decimal is DecimalMark.COMMA:
        return text.replace(".", ",")
    if text and column.take in DAYS:
        return _day(date.fromisoformat(text), layout)
    return _instant(text, layout) if text and column.take in INSTANTS else text


def _of_charges(row: Mapping[str, str], what: str, layout: Layout) -> str:
    day = date.fromisoformat(row["date_of_service"])
    if what == "revenue_code":
        return CHARGES.revenue(row["code"], day)
    cents = CHARGES.cents(row["code"], day)
    if cents is None:
        return ""
    cents *= int(row["units"]) if what == "charge" else 1
    mark = "," if layout.decimal is DecimalMark.COMMA else "."
    return f"{cents // 100}{mark}{cents % 100:02}"


def _day(day: date, layout: Layout) -> str:
    year, month, of_month = day.isoformat().split("-")
    return {
        Dates.ISO: f"{year}-{month}-{of_month}",
        Dates.US: f"{month}/{of_month}/{year}",
        Dates.DIGITS: f"{year}{month}{of_month}",
    }[layout.dates]


def _instant(text: str, layout: Layout) -> str:
    clock, offset = text[11:19], text[19:]
    day = _day(datetime.fromisoformat(text).date(), layout)
    if layout.dates is Dates.DIGITS:
        clock, offset = clock.replace(":", ""), offset.replace(":", "")
    between = {Dates.ISO: "T", Dates.US: " ", Dates.DIGITS: ""}[layout.dates]
    return day + between + clock + ("" if layout.times is Times.LOCAL else offset)
