"""Step 16: each unit gets its date, and drafts become lines.

A unit of running time stands for an hour: the first for the time from minute 0, the next from
minute 60. By `unit-hour` it is dated by the start of its hour, by `start-date` by the start of
the service that was running then.

    hydration 23:00 to 02:00      hour 1 at 23:00   hour 2 at 00:00   hour 3 at 01:00
    unit-hour                     first day         next day          next day
    start-date                    first day         first day         first day

Units of one code with the same modifiers on the same day are one line: that is how a claim
holds them, and every service's own sentence stays in it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from desktop_app.coding.ledger import Draft, Ledger, Rules, Run
from desktop_app.coding.reasons import Kind, Line
from desktop_app.coding.rulebook import sources_of
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.timeline import instant_after

_Key = tuple[str, tuple[str, ...], date]
_Part = tuple[Draft, int]
"""A draft and how many of its units fall on the day in question."""


def dated_lines(ledger: Ledger) -> list[Line]:
    """Return the administration lines, primary first, each with its date."""
    parts: dict[_Key, list[_Part]] = {}
    for draft in sorted(ledger.drafts, key=_place):
        code = ledger.era.codes[draft.role].number
        for day, units in _days(ledger, draft).items():
            parts.setdefault((code, draft.modifiers, day), []).append((draft, units))
    return [_line(ledger, key, found) for key, found in parts.items()]


def _place(draft: Draft) -> tuple[int, int, int]:
    return draft.place


def _days(ledger: Ledger, draft: Draft) -> dict[date, int]:
    start = ledger.clock.day(draft.runs[0].start_us)
    if not draft.spans or ledger.clock.day(draft.spans[-1][1] - 1) == start:
        return {start: draft.units}
    hours = range(draft.first_hour, draft.first_hour + draft.units)
    return dict(sorted(Counter(_day_of_hour(ledger, draft, hour) for hour in hours).items()))


def _day_of_hour(ledger: Ledger, draft: Draft, hour: int) -> date:
    at_us = instant_after(draft.spans, hour * ledger.thresholds.hour_minutes * MINUTE_US)
    if ledger.options.midnight_dates == "unit-hour":
        return ledger.clock.day(at_us)
    running = [run.start_us for run in draft.runs if any(start <= at_us < stop for start, stop in run.spans)]
    return ledger.clock.day(min(running, default=draft.runs[0].start_us))


def _line(ledger: Ledger, key: _Key, parts: list[_Part]) -> Line:
    code, modifiers, day = key
    first = parts[0][0]
    runs, rules = _runs_and_rules(ledger, parts)
    same = first.same if len(parts) == 1 else None
    return Line(
        code=code,
        units=sum(units for _draft, units in parts),
        modifiers=modifiers,
        kind=Kind.ADMINISTRATION,
        date=day,
        services=tuple(run.id for run in runs),
        minutes=_minutes(parts),
        why=" ".join(_sentence(draft, units) for draft, units in parts),
        rules=rules,
        sources=sources_of(ledger.rulebook, rules),
        role=first.role,
        label=ledger.era.codes[first.role].label,
        drugs=tuple(dict.fromkeys(run.name for run in runs)),
        start_us=min(run.start_us for run in runs),
        stop_us=max((run.stop_us for run in runs if run.stop_us is not None), default=None),
        same_from=same[0] if same else None,
        same_to=same[1] if same else None,
    )


def _runs_and_rules(ledger: Ledger, parts: list[_Part]) -> tuple[list[Run], Rules]:
    runs = list(dict.fromkeys(run for draft, _units in parts for run in draft.runs))
    rules = dict.fromkeys(rule for run in runs for rule in run.rules)
    rules |= dict.fromkeys(rule for draft, _units in parts for rule in draft.rules)
    if any(units != draft.units for draft, units in parts):
        rules["dates-" + ledger.options.midnight_dates] = None
    return runs, tuple(rules)


def _minutes(parts: list[_Part]) -> int | None:
    known = [draft.minutes for draft, _units in parts if draft.minutes is not None]
    return sum(known) if known else None


def _sentence(draft: Draft, units: int) -> str:
    why = draft.why if units == draft.units else f"{draft.why}; {units} of them on this day"
    return f"{why[:1].upper()}{why[1:]}."
