"""Step 9: a first unit and its added hours.

One unit covers the first hour and up to 30 minutes more; then each further full hour is a
unit, and so is a rest over 30 minutes:

    minutes   16 … 90   91 … 150   151 … 210
    added        0          1           2            (minutes - 31) div 60
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.coding.ledger import Draft, Ledger, Measured, Rules, Run, minutes_text, units_text
from desktop_app.coding.options import Modifiers
from desktop_app.coding.reasons import Margin
from desktop_app.core.timeline import Spans, joined, whole_minutes

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
    place: tuple[int, int, int]
    least: int
    """The fewest minutes that make the first unit."""
    below: str
    """What fewer minutes would make of it, as a clause."""
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
    units = ledger.thresholds.added_hours(minutes)
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
            margin=_first_margin(hours, minutes, high, units),
        )
    )
    if units:
        margin = Margin(first.name, minutes, low, high, _fewer(units), _more(units))
        _report_more(ledger, hours, runs, units, margin)


def _first_margin(hours: Hours, minutes: int, high: int, units: int) -> Margin:
    first = hours.runs[0]
    margin = _of_first_hour(hours, minutes, high, units).sooner(first.behind, LEADS)
    if first.ahead is None:
        return margin
    after, other = first.ahead
    return margin.sooner_below(after, f"{other} would lead instead")


LEADS = "it would lead, as the longest of its rank"


def _of_first_hour(hours: Hours, minutes: int, high: int, units: int) -> Margin:
    first = hours.runs[0]
    if first.cut_short:
        return Margin(first.name, minutes, 0, hours.least - 1, "", "it would not have been cut short")
    if units:
        return Margin(first.name, minutes, hours.least, None, hours.below)
    return Margin(first.name, minutes, hours.least, high, hours.below, "an added hour would come with it")


def _fewer(units: int) -> str:
    return "this line would fall away" if units == 1 else f"it would be {units_text(units - 1)}"


def _more(units: int) -> str:
    return f"it would be {units_text(units + 1)}"


def added_margin(run: Run, minutes: int, low: int, high: int, units: int) -> Margin:
    """Return how far minutes that are all added hours lie from another number of units."""
    fewer = "it would not be billed" if units == 1 else f"it would be {units_text(units - 1)}"
    return Margin(run.name, minutes, low, high, fewer, _more(units), "minute of its own")


def _report_more(ledger: Ledger, hours: Hours, runs: tuple[Run, ...], units: int, margin: Margin) -> None:
    ledger.drafts.append(
        Draft(
            role=hours.more_role,
            units=units,
            runs=runs,
            why=_why_more(ledger, hours, margin.minutes, units),
            rules=("added-hours", "same-drug-again") if hours.added else ("added-hours",),
            place=hours.place,
            minutes=margin.minutes,
            spans=hours.spans,
            first_hour=1,
            margin=margin,
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
