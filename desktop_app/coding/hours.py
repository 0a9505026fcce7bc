"""Step 9: a first unit and its added hours.

One unit covers the first hour and up to 30 minutes more; then each further full hour is a
unit, and so is a rest over 30 minutes:

    minutes   16 … 90   91 … 150   151 … 210
    added        0          1           2            (minutes - 31) div 60
"""

from __future__ import annotations

from dataclasses import field

from desktop_app.coding.ledger import Draft, Ledger, Measured, Rules, Run, minutes_text, units_text
from desktop_app.coding.options import Modifiers
from desktop_app.core.timeline import Spans, joined, whole_minutes
from desktop_app.core.values import dataclass

CUT_SHORT_MODIFIER = "53"


@dataclass(slots=True, kw_only=True, eq=False)
class Hours:
    """Running time to be reported as a first unit and added hours."""

    first_role: str
    more_role: str
    runs: list[Run]
    spans: Spans
    why: str
    rules: Rules
    place: tuple[int, ...]
    least: int
    """The fewest minutes that make the first unit."""
    modifiers: Modifiers = ()
    added: list[Run] = field(default_factory=list)
    """Later hangs of the same drug whose minutes are added to these."""

    def add(self, run: Run, own: Spans) -> None:
        """Count the time of a later hang of the same drug in."""
        self.added.append(run)
        self.spans = joined(self.spans, own)


def report_hours(ledger: Ledger, hours: Hours) -> None:
    """Write the line of the first unit and, where there are any, the line of its added hours."""
    minutes = whole_minutes(hours.spans)
    low, high = ledger.thresholds.same_units(minutes, hours.least)
    first = hours.runs[0]
    runs = (*hours.runs, *hours.added)
    ledger.compared.weigh(hours.spans, minutes, low, high)
    if not first.cut_short:
        ledger.measured.append(Measured(first, minutes, low, high))
    ledger.drafts.append(
        Draft(
            role=hours.first_role,
            units=1,
            runs=runs,
            why=hours.why,
            rules=hours.rules,
            place=hours.place,
            minutes=minutes,
            modifiers=hours.modifiers,
            spans=hours.spans,
        )
    )
    units = ledger.thresholds.added_hours(minutes)
    if units:
        _report_more(ledger, hours, runs, minutes, units)


def _report_more(ledger: Ledger, hours: Hours, runs: tuple[Run, ...], minutes: int, units: int) -> None:
    ledger.drafts.append(
        Draft(
            role=hours.more_role,
            units=units,
            runs=runs,
            why=_why_more(ledger, hours, minutes, units),
            rules=("added-hours", "same-drug-again") if hours.added else ("added-hours",),
            place=hours.place,
            minutes=minutes,
            spans=hours.spans,
            first_hour=1,
        )
    )


def _why_more(ledger: Ledger, hours: Hours, minutes: int, units: int) -> str:
    limits = ledger.thresholds
    hung = f" in {len(hours.added) + 1} hangs" if hours.added else ""
    return (
        f"of the {minutes_text(minutes)} of {names_of(hours.runs)}{hung}, "
        f"{ledger.clock.times(hours.spans)}, "
        f"{minutes - limits.hour_minutes} are past the first hour; each full {limits.hour_minutes} is a "
        f"unit, and so is a rest over {limits.added_hour_more_than_minutes}: {units_text(units)}"
    )


def names_of(runs: list[Run]) -> str:
    """Return what some runs are called, each name once."""
    return runs[0].name if len(runs) == 1 else " and ".join(dict.fromkeys(run.name for run in runs))
