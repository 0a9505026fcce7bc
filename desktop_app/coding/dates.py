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

from desktop_app.coding.ledger import Draft, Ledger
from desktop_app.coding.reasons import Kind, Line
from desktop_app.coding.rulebook import sources_of
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.timeline import instant_after

_Key = tuple[str, tuple[str, ...], date]


def dated_lines(ledger: Ledger) -> list[Line]:
    """Return the administration lines, primary first, each with its date."""
    parts: dict[_Key, list[tuple[Draft, int]]] = {}
    for draft in sorted(ledger.drafts, key=lambda draft: draft.place):
        for day, units in _days(ledger, draft).items():
            code = ledger.era.codes[draft.role].number
            parts.setdefault((code, draft.modifiers, day), []).append((draft, units))
    return [_line(ledger, key, drafts) for key, drafts in parts.items()]


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


def _line(ledger: Ledger, key: _Key, parts: list[tuple[Draft, int]]) -> Line:
    code, modifiers, day = key
    drafts = [draft for draft, _units in parts]
    runs = list(dict.fromkeys(run for draft in drafts for run in draft.runs))
    rules = tuple(dict.fromkeys(rule for part in (*runs, *drafts) for rule in part.rules))
    if any(len(_days(ledger, draft)) > 1 for draft in drafts):
        rules += ("dates-" + ledger.options.midnight_dates,)
    return Line(
        code=code,
        units=sum(units for _draft, units in parts),
        modifiers=modifiers,
        kind=Kind.ADMINISTRATION,
        date=day,
        services=tuple(run.id for run in runs),
        minutes=_minutes(drafts),
        why=" ".join(_sentence(draft, units) for draft, units in parts),
        rules=rules,
        sources=sources_of(ledger.rulebook, rules),
        role=drafts[0].role,
        label=ledger.era.codes[drafts[0].role].label,
        drugs=tuple(dict.fromkeys(run.name for run in runs)),
        start_us=min(run.start_us for run in runs),
        stop_us=max((run.stop_us for run in runs if run.stop_us is not None), default=None),
        same_from=drafts[0].same[0] if len(drafts) == 1 and drafts[0].same else None,
        same_to=drafts[0].same[1] if len(drafts) == 1 and drafts[0].same else None,
    )


def _minutes(drafts: list[Draft]) -> int | None:
    known = [draft.minutes for draft in drafts if draft.minutes is not None]
    return sum(known) if known else None


def _sentence(draft: Draft, units: int) -> str:
    why = draft.why if units == draft.units else f"{draft.why}; {units} of them on this day"
    return f"{why[:1].upper()}{why[1:]}."
