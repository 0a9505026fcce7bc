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
from collections.abc import Callable
from datetime import date
from operator import attrgetter

from desktop_app.coding.ledger import Draft, Ledger, Run
from desktop_app.coding.reasons import Kind, Line
from desktop_app.coding.rulebook import sources_of
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.timeline import Spans, in_order, instant_after, shared


def dated_lines(ledger: Ledger) -> list[Line]:
    """Return the administration lines, primary first, each with its date."""
    lines: dict[tuple[str, tuple[str, ...], date], Line] = {}
    for draft in sorted(ledger.drafts, key=attrgetter("place")):
        for day, units in _days(ledger, draft):
            line = _line(ledger, draft, day, units)
            key = (line.code, line.modifiers, day)
            lines[key] = _as_one(ledger, lines[key], line) if key in lines else line
    return list(lines.values())


def _days(ledger: Ledger, draft: Draft) -> list[tuple[date, int]]:
    """Return the days a draft's units fall on, in order, with how many units each has."""
    only_day = ledger.clock.only_day
    if only_day is not None:
        return [(only_day, draft.units)]
    if not draft.spans:
        return [(ledger.clock.day(draft.runs[0].start_us), draft.units)]
    hours = range(draft.first_hour, draft.first_hour + draft.units)
    return sorted(Counter(_day_of_hour(ledger, draft, hour) for hour in hours).items())


def _day_of_hour(ledger: Ledger, draft: Draft, hour: int) -> date:
    at_us = instant_after(draft.spans, hour * ledger.thresholds.hour_minutes * MINUTE_US)
    ledger.compared.dated(at_us, draft.spans)
    if ledger.options.midnight_dates == "unit-hour":
        return ledger.clock.day(at_us)
    return ledger.clock.day(_began(draft, at_us))


def _began(draft: Draft, at_us: int) -> int:
    """Return when what runs at an instant began; a bag hung as another ran out goes on with it."""
    hung = in_order((run.start_us, run.spans[-1][1]) for run in draft.runs)
    return max(start for start, _stop in hung if start <= at_us)


def _line(ledger: Ledger, draft: Draft, day: date, units: int) -> Line:
    runs, code = draft.runs, ledger.era.codes[draft.role]
    why, rules = draft.why, _rules(draft)
    if units != draft.units or day != ledger.clock.day(runs[0].start_us):
        hours = "all" if units == draft.units else str(units)
        why += f"; {hours} of {'them' if draft.units > 1 else 'it'} on this day"
        rules += ("dates-" + ledger.options.midnight_dates,)
    ids, names, start_us, stop_us = _of_runs(runs)
    return Line(  # in the order of its fields: by name it takes twice as long, and there are many
        code.number,
        units,
        draft.modifiers,
        Kind.ADMINISTRATION,
        day,
        ids,
        draft.minutes,
        f"{why[:1].upper()}{why[1:]}.",
        rules,
        sources_of(ledger.rulebook, rules),
        draft.role,
        code.label,
        names,
        start_us,
        stop_us,
        counted=_counted(draft),
    )


def _counted(draft: Draft) -> tuple[tuple[str, Spans], ...]:
    """Return for each run of a draft the time that its units are hours of."""
    if len(draft.runs) == 1:
        return ((draft.runs[0].id, draft.spans),) if draft.spans else ()
    return tuple((run.id, shared(run.spans, draft.spans)) for run in draft.runs)


def _of_runs(runs: tuple[Run, ...]) -> tuple[tuple[str, ...], tuple[str, ...], int, int | None]:
    """Return the ids of some runs, their names, when the first began and the last stopped."""
    if len(runs) == 1:
        run = runs[0]
        return (run.id,), (run.name,), run.start_us, run.stop_us
    return (
        tuple(run.id for run in runs),
        _once(tuple(run.name for run in runs)),
        min(run.start_us for run in runs),
        max((run.stop_us for run in runs if run.stop_us is not None), default=None),
    )


def _rules(draft: Draft) -> tuple[str, ...]:
    """Return the rules that made the runs of a line, and those that made the line."""
    if len(draft.runs) == 1 and not draft.runs[0].rules:
        return draft.rules
    of_runs = [rule for run in draft.runs for rule in run.rules]
    return _once((*of_runs, *draft.rules)) if of_runs else draft.rules


def _as_one(ledger: Ledger, line: Line, more: Line) -> Line:
    """Return two lines of one code, modifiers and day as one, every sentence kept."""
    rules = _once(line.rules + more.rules)
    return Line(  # by position, as above
        line.code,
        line.units + more.units,
        line.modifiers,
        line.kind,
        line.date,
        _once(line.services + more.services),
        _known(sum, line.minutes, more.minutes),
        f"{line.why} {more.why}",
        rules,
        sources_of(ledger.rulebook, rules),
        line.role,
        line.label,
        _once(line.drugs + more.drugs),
        _known(min, line.start_us, more.start_us),
        _known(max, line.stop_us, more.stop_us),
        counted=line.counted + more.counted,
    )


def _known(chosen: Callable[[tuple[int, int]], int], one: int | None, other: int | None) -> int | None:
    """Return what is chosen from two numbers; the one that is known where the other is not."""
    if one is None or other is None:
        return other if one is None else one
    return chosen((one, other))


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return words if len(words) == 1 else tuple(dict.fromkeys(words))
