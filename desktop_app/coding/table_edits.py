"""Step 15 by imported tables: units, add-ons, pairs and drug codes, each by the date of its line.

All are findings; no line is changed. Where no table was imported nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import permutations

from desktop_app.coding.ledger import Ledger
from desktop_app.coding.reasons import Finding, Kind, Level, Line

ANSWERS = frozenset({"24", "25", "27", "57", "58", "59", "78", "79", "91", "XE", "XP", "XS", "XU"})
"""Modifiers that may say why both codes of a pair are paid, on lines such as ours."""
NEVER_TOGETHER, WITH_A_MODIFIER = "0", "1"


def edits_from_tables(ledger: Ledger, lines: Sequence[Line]) -> None:
    """Look at every line, administration and drug, by the tables the practice imported."""
    _units_above_limits(ledger, lines)
    _add_ons_without_primary(ledger, lines)
    _pairs(ledger, lines)
    _drug_codes(ledger, lines)


def _warn(ledger: Ledger, name: str, text: str, line: Line | None = None) -> None:
    service = line.services[0] if line else ""
    ledger.findings.append(Finding(level=Level.WARNING, name=name, text=f"{text}.", service=service))


def _units_above_limits(ledger: Ledger, lines: Iterable[Line]) -> None:
    """Units of a code above its limit: on one line, or of all its lines on one day."""
    by_day: dict[tuple[str, date], int] = {}
    for line in lines:
        key = line.code, line.date
        by_day[key] = by_day.get(key, 0) + line.units
        limit = ledger.rulebook.tables.limit(ledger.visit.setting, *key)
        if limit and limit.by_line and line.units > limit.units:
            told = f"{line.code} has {line.units} units on one line of {line.date}"
            _warn(ledger, "units-above-mue", f"{told}; the limit (MUE) is {limit.units} a line", line)
    for key, units in by_day.items():
        limit = ledger.rulebook.tables.limit(ledger.visit.setting, *key)
        if limit and not limit.by_line and units > limit.units:
            text = f"{key[0]} has {units} units on {key[1]}; the limit (MUE) is {limit.units} a day"
            _warn(ledger, "units-above-mue", text)


def _add_ons_without_primary(ledger: Ledger, lines: Iterable[Line]) -> None:
    """An add-on needs one of the codes its table names; a contractor may name others where it is open."""
    present = {line.code for line in lines} | {ledger.visit.evaluation}
    asked: set[str] = set()
    for line in lines:
        add_on = ledger.rulebook.tables.add_on(line.code, line.date)
        if add_on is None or add_on.open or line.code in asked or add_on.primaries & present:
            continue
        asked.add(line.code)
        text = f"{line.code} is an add-on, and none of the codes its table names stands beside it"
        _warn(ledger, "add-on-without-listed-primary", text, line)


def _pairs(ledger: Ledger, lines: Iterable[Line]) -> None:
    """Two codes on one day that are not paid together, or only with a modifier that says why.

    A modifier on either of the two answers. Of an evaluation no modifier is recorded, and the
    finding about its modifier 25 is there already.
    """
    by_day, answered = _codes_by_day(ledger, lines)
    for day, found in by_day.items():
        for first, second in permutations(found, 2):
            indicator = ledger.rulebook.tables.pair(ledger.visit.setting, first, second, day)
            where = found[second] or found[first]
            if indicator == NEVER_TOGETHER:
                text = f"{first} and {second} are not paid together on {day}, whatever modifier they carry"
                _warn(ledger, "pair-not-paid-together", text, where)
            elif indicator == WITH_A_MODIFIER and not answered & {(day, first), (day, second)}:
                told = (
                    f"{second} beside {first} on {day} is paid only with a modifier that says why, such as 59"
                )
                _warn(ledger, "pair-needs-modifier", f"{told}; see whether the record supports one", where)


def _codes_by_day(
    ledger: Ledger, lines: Iterable[Line]
) -> tuple[dict[date, dict[str, Line | None]], set[tuple[date, str]]]:
    """Return each day's codes with their first lines, and which of them carry an answer already."""
    by_day: dict[date, dict[str, Line | None]] = {}
    answered: set[tuple[date, str]] = set()
    for line in lines:
        by_day.setdefault(line.date, {}).setdefault(line.code, line)
        if not ANSWERS.isdisjoint(line.modifiers):
            answered.add((line.date, line.code))
    evaluation = ledger.visit.evaluation
    if evaluation and ledger.visit.date in by_day:
        by_day[ledger.visit.date].setdefault(evaluation, None)
        answered.add((ledger.visit.date, evaluation))
    return by_day, answered


def _drug_codes(ledger: Ledger, lines: Iterable[Line]) -> None:
    asked: set[tuple[str, date]] = set()
    for line in lines:
        key = line.code, line.date
        if line.kind is Kind.DRUG and key not in asked and not ledger.rulebook.tables.is_code(*key):
            asked.add(key)
            text = f"{line.code} is no valid drug code on {line.date} by the imported HCPCS table"
            _warn(ledger, "drug-code-not-valid", text, line)
