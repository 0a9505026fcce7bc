"""The drugs the program knows by code: billing unit, kind, and the dates that hold for.

Our own collection of facts, given as the text of ``resources/drugs.csv``. A code may stand in
several rows with dates that follow each other: when a billing unit changes, the old row stays.
No two rows of a code hold on one day, and between its first day and its last none is missing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from desktop_app.coding.refusals import RulebookError
from desktop_app.core.orders import Category
from desktop_app.core.values import dataclass

COLUMNS = (
    "hcpcs",
    "drug",
    "unit_amount",
    "unit",
    "category",
    "category_varies",
    "single_dose",
    "valid_from",
    "valid_until",
    "source",
)

DRUG_CODE = re.compile(r"[A-Z](?:[0-9]{4}|XXXX)")
"""A letter and four digits; published guidance writes JXXXX where any drug is meant."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugEntry:
    """One drug code as it holds from one date until another."""

    hcpcs: str
    drug: str
    unit_amount: Decimal
    """How much of ``unit`` one billing unit is."""
    unit: str
    category: Category
    category_varies: bool
    """Whether payers differ on the category."""
    single_dose: bool
    """Whether it comes in single-dose containers alone and is paid for by itself, not in a package."""
    valid_from: date
    valid_until: date | None
    """The last day it holds, where it has ended."""
    source: str

    def holds_on(self, day: date) -> bool:
        """Say whether this row speaks for a date of service."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True, eq=False)
class DrugTable:
    """Every known drug row, found by code."""

    by_code: Mapping[str, tuple[DrugEntry, ...]]

    def find(self, hcpcs: str, day: date) -> DrugEntry | None:
        """Return the row of a code that holds on a date; none for an unknown code or date."""
        for entry in self.by_code.get(hcpcs, ()):
            if entry.holds_on(day):
                return entry
        return None

    def on(self, day: date) -> tuple[DrugEntry, ...]:
        """Return every row that holds on a date, in the order of the table."""
        return tuple(entry for rows in self.by_code.values() for entry in rows if entry.holds_on(day))


def read_drugs(file: str, text: str) -> DrugTable:
    """Return the drug table in a CSV text. Raises RulebookError naming line and column."""
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise RulebookError(file, 1, "the first line", "the columns " + ", ".join(COLUMNS))
    by_code: dict[str, list[DrugEntry]] = {}
    for row in rows:
        entry = _entry(file, rows.line_num, row)
        earlier = by_code.setdefault(entry.hcpcs, [])
        _check_follows(file, rows.line_num, earlier, entry)
        earlier.append(entry)
    return DrugTable({code: tuple(entries) for code, entries in by_code.items()})


def _check_follows(file: str, line: int, earlier: list[DrugEntry], entry: DrugEntry) -> None:
    """See that a row begins on the day after the row above it of the same code has ended."""
    if entry.valid_until is not None and entry.valid_until < entry.valid_from:
        raise RulebookError(file, line, "valid_until", f"{entry.valid_from} or later")
    if not earlier:
        return
    ended = earlier[-1].valid_until
    if ended is None:
        why = f"no second row of {entry.hcpcs}: the row above it of that code has no end"
        raise RulebookError(file, line, "valid_from", why)
    if entry.valid_from != ended + _ONE_DAY:
        why = f"{ended + _ONE_DAY}, the day after the row above it of {entry.hcpcs} has ended"
        raise RulebookError(file, line, "valid_from", why)


def _entry(file: str, line: int, row: dict[str, str]) -> DrugEntry:
    if None in row or None in row.values():
        raise RulebookError(file, line, "the row", f"{len(COLUMNS)} columns")
    if not DRUG_CODE.fullmatch(row["hcpcs"]):
        raise RulebookError(file, line, "hcpcs", "a drug code such as J1745")
    return DrugEntry(
        hcpcs=row["hcpcs"],
        drug=_word(file, line, "drug", row["drug"]),
        unit_amount=_amount(file, line, row["unit_amount"]),
        unit=_word(file, line, "unit", row["unit"]),
        category=_category(file, line, row["category"]),
        category_varies=_yes(file, line, "category_varies", row["category_varies"]),
        single_dose=_yes(file, line, "single_dose", row["single_dose"]),
        valid_from=_day(file, line, "valid_from", row["valid_from"]),
        valid_until=_day(file, line, "valid_until", row["valid_until"]) if row["valid_until"] else None,
        source=_word(file, line, "source", row["source"]),
    )


def _word(file: str, line: int, column: str, text: str) -> str:
    if not text.strip():
        raise RulebookError(file, line, column, "there")
    return text


def _yes(file: str, line: int, column: str, text: str) -> bool:
    if text not in {"", "yes"}:
        raise RulebookError(file, line, column, "yes or empty")
    return text == "yes"


def _amount(file: str, line: int, text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0:
        raise RulebookError(file, line, "unit_amount", "a number over 0")
    return amount


def _category(file: str, line: int, text: str) -> Category:
    try:
        return Category(text)
    except ValueError:
        raise RulebookError(file, line, "category", "one of " + ", ".join(Category)) from None


def _day(file: str, line: int, column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RulebookError(file, line, column, "a date such as 2026-01-01") from None
