"""The rows of each kind of file: every one is checked, those that can ever matter are kept.

Each function takes rows of the cells its layout picks, in the layout's order, and yields rows of
a table. A cell that does not hold what it should raises CellFault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date

from desktop_app.cms.cells import (
    Cells,
    Wanted,
    cents_in,
    code_in,
    day_in,
    is_drug_code,
    number_in,
    one_of,
    ordinal_day_in,
    revenue_in,
)
from desktop_app.cms.faults import CellFault
from desktop_app.cms.unit_amounts import unit_amount
from desktop_app.coding.ndc import NdcFault, resolve
from desktop_app.coding.tables import TableRow
from desktop_app.core.values import dataclass

Pair = tuple[str, str]

_PAIR = re.compile(r"[0-9A-Z]{5} [0-9A-Z]{5} [0-9]{8} (?:\*|[0-9]{8})? [019]")
DELETED_AT_ONCE = "9"
"""The indicator of a pair that was taken back on the day it began."""
_NEVER = date(9999, 12, 31)
_OTHER_NUMBER = re.compile(r"[0-9-]{12,20}")
"""A product number of a device, longer than any NDC: crosswalks hold a few."""


@dataclass(slots=True)
class Reading:
    """What is known of a file while it is read."""

    wanted: Wanted
    since: date | None = None
    """From when the file holds, where its rows have no dates of their own."""
    rows: int = 0
    newest: date | None = None
    """The latest day on which a row of it begins."""
    ends: list[Pair] = field(default_factory=list)
    """The first and the last pair of it, in the order of codes."""
    passed_over: int = 0
    """Rows of a product that is no drug."""

    def begins(self, day: date) -> date:
        """Note the day a row begins on, and return it."""
        if self.newest is None or day > self.newest:
            self.newest = day
        return day


def drug_codes(rows: Iterator[Cells], reading: Reading) -> Iterator[TableRow]:
    """Yield the drug codes of the HCPCS file; a code's name may run over several records."""
    code, name = "", ""
    dates: tuple[date, date | None] = (_NEVER, None)
    for number, record, text, added, acted, ended in rows:
        if record in {"4", "8"}:
            name = f"{name} {text}"
            continue
        yield from _drug_code(code, name, dates)
        one_of("RECID", record, ("3", "4", "7", "8"))
        code, name, dates = number, text, (_NEVER, None)
        if record == "3":
            code_in("HCPC", number)
            begins = day_in("ADD DT", added)
            reading.begins(day_in("ACT EFF DT", acted))
            dates = begins, _end(begins, "TERM DT", ended)
    yield from _drug_code(code, name, dates)


def _drug_code(code: str, name: str, dates: tuple[date, date | None]) -> Iterator[TableRow]:
    if is_drug_code(code):
        yield TableRow((code,), unit_amount(name), *dates)


def _end(begins: date, column: str, text: str) -> date | None:
    if not text or text == "*":
        return None
    end = day_in(column, text)
    if end < begins:
        raise CellFault(column, f"{begins:%Y%m%d} or later", text)
    return end


def crosswalk(rows: Iterator[Cells], reading: Reading) -> Iterator[TableRow]:
    """Yield which drug code each NDC is billed under."""
    for hcpcs, written, units in rows:
        code_in("the code", hcpcs)
        if not re.fullmatch(r"[0-9]{0,9}\.?[0-9]{1,9}", units):
            raise CellFault("BILLUNITSPKG", "a number", units)
        try:
            ndc = resolve(written)
        except NdcFault:
            if not _OTHER_NUMBER.fullmatch(written):
                raise CellFault("NDC", "an NDC such as 12345-6789-01", written) from None
            reading.passed_over += 1
            continue
        yield TableRow((ndc,), (hcpcs,), reading.since or _NEVER)


def limits(rows: Iterator[Cells], reading: Reading) -> Iterator[TableRow]:
    """Yield the most units of each code, and whether that is by line (1) or by day (2, 3)."""
    for code, most, said in rows:
        code_in("HCPCS/CPT Code", code)
        units = number_in("MUE Values", most)
        indicator = one_of("MUE Adjudication Indicator", said.partition(" ")[0], ("1", "2", "3"))
        if code in reading.wanted:
            yield TableRow((code,), (str(units), indicator), reading.since or _NEVER)


def charges(rows: Iterator[Cells], reading: Reading) -> Iterator[TableRow]:
    """Yield what the practice charges for one unit of each code, in cents, and under which revenue code."""
    for code, amount, *revenue in rows:
        code_in("the code", code)
        cents = cents_in("the charge", amount)
        account = revenue_in("the revenue code", revenue[0] if revenue else "")
        if code in reading.wanted:
            yield TableRow((code,), (str(cents), account), reading.since or _NEVER)


def add_ons(rows: Iterator[Cells], reading: Reading) -> Iterator[TableRow]:
    """Yield what each add-on code stands behind; a deleted code ends its rows."""
    for kind, add_on, add_on_gone, primary, primary_gone, since, until in rows:
        one_of("AOC_Edit_Type", kind, ("1", "2", "3"))
        code_in("Add-On_Code", add_on)
        code_in("Primary_Code", primary)
        begins = reading.begins(ordinal_day_in("AOC_Edit_EffDT", since))
        named = ("AOC_DelDT", add_on_gone), ("Primary_Code_DelDT", primary_gone), ("AOC_Edit_DelDT", until)
        ends = [ordinal_day_in(column, text) for column, text in named if text]
        end = min(ends) if ends else None
        if add_on in reading.wanted and (end is None or end >= begins):
            yield TableRow((add_on,), (primary, kind), begins, end)


def pairs(rows: Iterator[Cells], reading: Reading) -> Iterator[TableRow]:
    """Yield the pairs of codes that are not paid together; both must be codes of ours."""
    wanted, newest = reading.wanted, date.min
    first, last = ("~", "~"), ("", "")
    for first_code, second_code, since, until, indicator in rows:
        if not _PAIR.fullmatch(f"{first_code} {second_code} {since} {until} {indicator}"):
            _say_which(first_code, second_code, until, indicator)
        begins = day_in("Effective Date", since)
        newest = max(newest, begins)
        pair = first_code, second_code
        first, last = min(first, pair), max(last, pair)
        end = _end(begins, "Deletion Date", until)
        if indicator != DELETED_AT_ONCE and first_code in wanted and second_code in wanted:
            yield TableRow(pair, (indicator,), begins, end)
    if last[0]:
        reading.begins(newest)
        reading.ends += [first, last]


def _say_which(first_code: str, second_code: str, until: str, indicator: str) -> None:
    """Raise the fault of a row that does not look like a pair; a bad date is found by its reader."""
    code_in("Column 1", first_code)
    code_in("Column 2", second_code)
    one_of("Modifier", indicator, ("0", "1", "9"))
    if until != "*":
        day_in("Deletion Date", until)
