"""The lines of a superbill: what is billed and charged, for which diagnosis, why, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.core.events import SignedLine
from desktop_app.core.moments import time_words
from desktop_app.core.told import amount, count_words, day_words
from desktop_app.exchange.bill import Bill
from desktop_app.exchange.paper import Block, Column, Heading, Table, TableRow, Words, without_column
from desktop_app.exchange.rows import places_pointed_to
from desktop_app.exchange.sending import Practice
from desktop_app.exchange.superbill_services import ndc_words

NO_LINES = "No lines."
NO_CHARGE = "–"
_COLUMNS = (
    Column("#", 14, right=True),
    Column("Code", 38, bold=True),
    Column("Mod", 36),
    Column("Units", 34, right=True),
    Column("Min", 26, right=True),
    Column("Dx", 24),
    Column("Charge", 50, right=True),
    Column("Why"),
)
_CHARGE, _WHY = 6, 7


def lines_of(bill: Bill, practice: Practice) -> Iterator[Block]:
    """Yield the lines with their total; charges have a column where any is known."""
    if not bill.lines:
        yield Words(NO_LINES)
        return
    charges = [_cents(line, practice) for line in bill.lines]
    numbers = _source_numbers(bill.lines)
    rows = [
        TableRow(_cells(bill, place, line, charge), _under(bill, line, numbers))
        for place, (line, charge) in enumerate(zip(bill.lines, charges, strict=True), start=1)
    ]
    table = Table(_COLUMNS, (*rows, _total(bill.lines, charges)), under_from=_WHY)
    yield table if any(charge is not None for charge in charges) else without_column(table, _CHARGE)


def sources_of(lines: Sequence[SignedLine]) -> Iterator[Block]:
    """Yield where the rules can be read, under the numbers that the lines name."""
    numbers = _source_numbers(lines)
    if numbers:
        yield Heading("Where the rules can be read")
        yield Words("; ".join(f"[{number}] {source}" for source, number in numbers.items()))


def dollars(cents: int) -> str:
    """Write an amount of money."""
    return f"${cents // 100:,}.{cents % 100:02}"


def _cents(line: SignedLine, practice: Practice) -> int | None:
    each = practice.charges.cents(line.code, line.date)
    return None if each is None else each * line.units


def _cells(bill: Bill, place: int, line: SignedLine, charge: int | None) -> tuple[str, ...]:
    return (
        str(place),
        line.code,
        " ".join(line.modifiers),
        str(line.units),
        "" if line.minutes is None else str(line.minutes),
        " ".join(map(str, places_pointed_to(bill.session.registration, line))),
        NO_CHARGE if charge is None else dollars(charge),
        line.why,
    )


def _under(bill: Bill, line: SignedLine, numbers: dict[str, int]) -> str:
    zone = bill.session.zone
    times = [time_words(at_us, zone) for at_us in (line.start_us, line.stop_us) if at_us is not None]
    quantity = "" if line.ndc_quantity is None else amount(line.ndc_quantity, line.ndc_unit)
    cited = " ".join(str(numbers[source]) for source in line.sources)
    parts = (
        "" if line.date == bill.day else f"on {day_words(line.date)}",
        " to ".join(times),
        f"NDC {ndc_words(line.ndc)} {quantity}".rstrip() if line.ndc else "",
        f"{', '.join(line.rules)}{f' [{cited}]' if cited else ''}",
    )
    return " · ".join(filter(None, parts))


def _total(lines: Sequence[SignedLine], charges: Sequence[int | None]) -> TableRow:
    known = [charge for charge in charges if charge is not None]
    missing = len(charges) - len(known)
    without = f", {count_words(missing, 'line', 'lines')} without a charge" if known and missing else ""
    units, count = sum(line.units for line in lines), count_words(len(lines), "line", "lines")
    cells = ("", "Total", "", str(units), "", "", dollars(sum(known)), f"{count}{without}")
    return TableRow(cells, is_sum=True)


def _source_numbers(lines: Sequence[SignedLine]) -> dict[str, int]:
    sources = dict.fromkeys(source for line in lines for source in line.sources)
    return {source: number for number, source in enumerate(sources, start=1)}
